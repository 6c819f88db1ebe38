"""What is read of texts, as frozen values that know where they were written: notes, translations, their bodies."""

from __future__ import annotations

from collections.abc import Mapping
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
