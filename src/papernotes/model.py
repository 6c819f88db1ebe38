"""What is read from a vault, as frozen values that know where they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from papernotes.diagnostics import Fix
from papernotes.text import Location, Source, Span

if TYPE_CHECKING:
    from papernotes.matter import FrontMatter, Path, TranslationMatter

NO_SPANS: Mapping[Path, Span] = {}


class Place(StrEnum):
    """Which folder of `notes/` a text stands in, and so which page it becomes."""

    NOTE = "note"
    TOPIC = "topic"
    HOME = "home"


@dataclass(frozen=True)
class Fault:
    """Something that could not be read; `rule` is the name of the rule that reports it."""

    rule: str
    location: Location
    message: str
    help: str = ""
    related: tuple[Location, ...] = ()
    fix: Fix | None = None


class Citation(NamedTuple):
    """One `@key` as written; says nothing about whether the key exists. `span` covers the `@` and the key."""

    citekey: str
    prefix: str
    locator: str
    span: Span


class CitationGroup(NamedTuple):
    """One pair of brackets (or one narrative `@key`) with the sentence that it stands in."""

    citations: tuple[Citation, ...]
    span: Span
    narrative: bool
    context: str
    heading: str


class LinkKind(StrEnum):
    """How a link is written."""

    INLINE = "inline"
    WIKI = "wiki"
    IMAGE = "image"
    REFERENCE = "reference"
    AUTO = "auto"  # <https://…>
    BARE = "bare"  # https://… as it stands in the text


class Link(NamedTuple):
    """A link as written: `span` is its destination, `label` its text or alt text; `whole` begins where it does."""

    kind: LinkKind
    destination: str
    label: str
    span: Span
    whole: Span
    context: str
    heading: str


class Heading(NamedTuple):
    """A heading; `anchor` is the id that the page gives it."""

    level: int
    text: str
    anchor: str
    span: Span


class Formula(NamedTuple):
    """TeX between delimiters; `span` covers the TeX alone."""

    tex: str
    display: bool
    span: Span


class Admonition(NamedTuple):
    """A marked statement: `kind` is takeaway, question, opinion, correction, example, …; `text` is its Markdown."""

    kind: str
    title: str
    text: str
    span: Span
    heading: str


class Definition(NamedTuple):
    """Where `[^name]: …` says a footnote, or `[name]: …` the address of links; `span` covers the name."""

    footnote: bool
    name: str
    used: bool
    span: Span


class Dangling(NamedTuple):
    """A use of a footnote, or of the address of links, that nothing defines; `span` covers the brackets of the name."""

    footnote: bool
    name: str
    span: Span


class Tag(NamedTuple):
    """An HTML tag as written: its name and attributes in lower case, their values decoded."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    span: Span


class TokenKind(StrEnum):
    """What a word or sign of running text is, by its look."""

    NUMBER = "number"
    WIDTH = "width"  # punctuation between letters of the other width
    REMINDER = "reminder"


class Token(NamedTuple):
    """A word or sign of running text: not of code, formulas, addresses, citations."""

    kind: TokenKind
    span: Span


@dataclass(frozen=True)
class Body:
    """What a note's Markdown holds; spans are offsets in the note's source.

    `dollars` are the `$$ … $$` that the page shows as they are written, since they begin no block.
    `unreadable` says why nothing of it was read, and where.
    """

    start: int
    headings: tuple[Heading, ...] = ()
    groups: tuple[CitationGroup, ...] = ()
    links: tuple[Link, ...] = ()
    formulas: tuple[Formula, ...] = ()
    admonitions: tuple[Admonition, ...] = ()
    definitions: tuple[Definition, ...] = ()
    dangling: tuple[Dangling, ...] = ()
    tags: tuple[Tag, ...] = ()
    tokens: tuple[Token, ...] = ()
    dollars: tuple[Span, ...] = ()
    anchors: frozenset[str] = frozenset()
    words: int = 0
    unreadable: tuple[str, int] | None = None


class Reading(Protocol):
    """What was read of a text; `where` is the place of every front matter value, `keys` of every field name.

    `digest` is a hash of the text, `face` of its front matter and headings, `ties` of what it points to.
    """

    @property
    def digest(self) -> bytes: ...
    @property
    def face(self) -> bytes: ...
    @property
    def ties(self) -> bytes: ...
    @property
    def meta(self) -> FrontMatter | TranslationMatter: ...
    @property
    def where(self) -> Mapping[Path, Span]: ...
    @property
    def keys(self) -> Mapping[Path, Span]: ...
    @property
    def front(self) -> Span: ...
    @property
    def body(self) -> Body: ...


@dataclass(frozen=True, eq=False)
class Document:
    """A Markdown file of the vault, and what was read of it, which may be read or remembered only when it is asked."""

    slug: str
    place: Place
    lang: str
    source: Source
    reading: Reading

    @cached_property
    def where(self) -> Mapping[Path, Span]:
        """The place of every front matter value."""
        return self.reading.where

    @cached_property
    def keys(self) -> Mapping[Path, Span]:
        """The place of every field name of the front matter."""
        return self.reading.keys

    @cached_property
    def front(self) -> Span:
        """Where the front matter stands."""
        return self.reading.front

    @cached_property
    def body(self) -> Body:
        """What the Markdown below the front matter holds."""
        return self.reading.body

    @property
    def address(self) -> str:
        """The permalink inside its language, without slashes at its ends: `dpo`, `topics/alignment`, or nothing."""
        return {Place.NOTE: self.slug, Place.TOPIC: f"topics/{self.slug}", Place.HOME: ""}[self.place]

    @property
    def head(self) -> Location:
        """Where a finding about the file as a whole is shown: at its beginning, and no line of it."""
        return Source(self.source.path, "").at(0)

    def at(self, span: Span) -> Location:
        return Location(self.source, span)

    def field(self, *path: str | int) -> Location:
        """Where a front matter value stands; failing that its nearest container, failing that the front matter."""
        for length in range(len(path), 0, -1):
            if span := self.where.get(path[:length]):
                return self.at(span)
        return self.at(self.front)


class Note(Document):
    """A note in the vault's first language."""

    @cached_property
    def meta(self) -> FrontMatter:
        """The typed fields of the front matter."""
        return cast("FrontMatter", self.reading.meta)

    @property
    def title(self) -> str:
        return self.meta.title or self.slug


class Translation(Document):
    """A note's text in another language; what it does not say itself, its original says."""

    @cached_property
    def meta(self) -> TranslationMatter:
        """The typed fields of the front matter."""
        return cast("TranslationMatter", self.reading.meta)

    @property
    def title(self) -> str:
        return self.meta.title or self.slug


class Person(NamedTuple):
    """A name as a bibliography has it; organisations have only a family name."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class WorkDate(NamedTuple):
    """When a work first appeared; without a month it is anywhere in the year."""

    year: int
    month: int | None

    @property
    def first(self) -> int:
        """The earliest month it can be, counted from year 0."""
        return self.year * 12 + (self.month or 1)

    @property
    def last(self) -> int:
        """The latest month it can be, counted from year 0."""
        return self.year * 12 + (self.month or 12)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


NEW_ARXIV = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.\d{4,5}(v\d+)?")
OLD_ARXIV = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/(\d{2})(0[1-9]|1[0-2])\d{3}(v\d+)?")
CITED_KEY = re.compile(r"[^\s,;{}]+")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def arxiv_month(eprint: str) -> WorkDate | None:
    """The month that an arXiv identifier names: 2305.18290 is May 2023, cs/0309041 September 2003."""
    if match := NEW_ARXIV.fullmatch(eprint) or OLD_ARXIV.fullmatch(eprint):
        year = int(match[1])
        return WorkDate(1900 + year if year > 90 else 2000 + year, int(match[2]))
    return None


def month_number(text: str) -> int | None:
    """`jun`, `June`, `6` or `06` as 6."""
    word = text.strip().lower()
    if not word:
        return None
    if word.isascii() and word.isdigit() and 1 <= int(word) <= 12:
        return int(word)
    return next((i for i, name in enumerate(MONTHS, 1) if word.startswith(name)), None)


@dataclass(frozen=True, eq=False)
class Entry:
    """One BibTeX record. `fields` have their LaTeX decoded, `written` keeps it; @string names are replaced in both.

    `cites` is None where nobody recorded what the work cites.
    """

    citekey: str
    type: str
    fields: Mapping[str, str]
    authors: tuple[Person, ...]
    cites: tuple[str, ...] | None
    source: Source
    span: Span
    key_span: Span
    field_spans: Mapping[str, Span]
    written: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.fields.get("title", self.citekey)

    @property
    def eprint(self) -> str:
        """The arXiv identifier, if it has one."""
        eprint = self.fields.get("eprint", "")
        # Publishers put the address of a PDF into `eprint` and name no archive.
        unnamed = "arxiv" if "://" not in eprint or "arxiv.org/" in eprint else ""
        kind = self.fields.get("archiveprefix", self.fields.get("eprinttype", unnamed))
        return eprint if kind.lower() == "arxiv" else ""

    @cached_property
    def date(self) -> WorkDate | None:
        if from_arxiv := arxiv_month(self.eprint):
            return from_arxiv
        year = self.fields.get("year") or self.fields.get("date", "")[:4]
        if not re.fullmatch(r"[0-9]{4}", year):
            return None
        return WorkDate(int(year), month_number(self.fields.get("month", "")))

    @property
    def location(self) -> Location:
        return Location(self.source, self.key_span)

    def field(self, name: str) -> Location:
        """Where a field's value stands, failing that the citekey."""
        return Location(self.source, self.field_spans.get(name, self.key_span))

    def part(self, name: str, start: int, end: int) -> Location:
        """Where characters of a field's text (as `written`) stand; the whole value where `#` or a @string makes it."""
        at = self._text_starts.get(name)
        if at is None:
            at = self._text_starts[name] = self._text_start(name)
        return self.field(name) if at < 0 else self.source.at(at + start, at + end)

    def cited(self) -> Iterator[tuple[str, Location]]:
        """Every key of `cites` with its place, repetitions kept."""
        at = self._text_start("cites")
        for match in CITED_KEY.finditer(self.written.get("cites", "")):
            place = self.field("cites") if at < 0 else self.source.at(at + match.start(), at + match.end())
            yield match[0], place

    @cached_property
    def _text_starts(self) -> dict[str, int]:
        """What `_text_start` found, since many places of one long value may be asked for."""
        return {}

    def _text_start(self, name: str) -> int:
        """Where a field's text begins, after its brace or quote and space; -1 where it is not in the file as it is."""
        value, text = self.field(name), self.written.get(name, "")
        at, inner = value.span.start, value.text
        for _ in range(3):
            if inner == text:
                return at
            if inner[:1] not in ("{", '"'):
                return -1
            at, inner = at + 1, inner[1:-1]
            at, inner = at + len(inner) - len(inner.lstrip()), inner.strip()
        return -1
