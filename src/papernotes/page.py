"""A page before it is text, and the edition (one language of the site) that pages are made from."""

from __future__ import annotations

import datetime
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import quote

from papernotes.config import Config
from papernotes.diagnostics import Diagnostic, Rule
from papernotes.graph import CitationGraph
from papernotes.languages import phrases
from papernotes.library import Library
from papernotes.model import Document, Note, Place, Translation


@dataclass(frozen=True)
class Findable:
    """What search knows of a page besides its text. `names` are all that it may be called, in every language.

    `written` are the anchors of its author's own headings: what the site adds below them is not searched.
    """

    kind: str
    status: str
    year: str = ""
    topics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    written: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """A page to be: `path` is its Markdown file inside the site, `template` fills it from `data`.

    `address` is its permalink without the language (so that editions can find each other's pages), `source` the path in
    the vault of the file that a reader would edit, `meta` what the theme knows, `findable` what search does, if it may,
    `updated` the day of its last change, where it is known.
    """

    path: str
    template: str
    title: str
    data: Mapping[str, object]
    lang: str
    address: str
    summary: str = ""
    source: str = ""
    meta: Mapping[str, object] = field(default_factory=dict[str, object])
    findable: Findable | None = None
    updated: datetime.date | None = None


@dataclass(frozen=True)
class DataFile:
    """A file that scripts of the site fetch when asked to: `path` inside the site, `text` as it is."""

    path: str
    text: str


@dataclass(frozen=True, eq=False)
class Edition:
    """Everything that pages of one language are made from; `narrowed` to some addresses, only their pages are."""

    library: Library
    graph: CitationGraph
    diagnostics: tuple[Diagnostic, ...]
    rules: tuple[Rule, ...]
    config: Config
    lang: str
    narrowed: frozenset[str] | None = None

    def wants(self, address: str) -> bool:
        """Whether a page is to be made: all are, unless the edition is narrowed to some."""
        return self.narrowed is None or address in self.narrowed

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The interface's phrases in this language."""
        return phrases(self.lang)

    def path(self, address: str) -> str:
        """The Markdown file of a page of this edition, by its permalink inside the language."""
        return page_path(address, self.lang, self.config.language)

    def text_of(self, note: Note) -> Note | Translation:
        """The note's text in this language, or its original."""
        if self.lang == note.lang:
            return note
        return self.library.translation_of.get((self.lang, note.place, note.slug)) or note

    def title_of(self, note: Note) -> str:
        return self.text_of(note).title

    def summary_of(self, note: Note) -> str:
        return self.text_of(note).meta.summary or note.meta.summary

    def document_path(self, document: Document) -> str:
        """The page of a text. Topics and home have a page in every edition; notes only where they are translated."""
        lang = document.lang if document.place is Place.NOTE else self.lang
        return page_path(document.address, lang, self.config.language)

    def note_path(self, slug: str) -> str:
        """The page of a note in this edition, or its original's."""
        return self.document_path(self.text_of(self.library.by_slug[slug]))

    def is_foreign(self, slug: str) -> bool:
        """Whether a link to this note leads out of this edition, for want of a translation."""
        return self.text_of(self.library.by_slug[slug]).lang != self.lang

    def work_path(self, citekey: str) -> str:
        """The page of a work: its note's, or its entry's."""
        slug = self.graph.note_of.get(citekey)
        return self.note_path(slug) if slug and slug in self.published else self.path(entry_address(citekey))

    @cached_property
    def published(self) -> Mapping[str, Note]:
        """The notes that readers see: final ones, by slug."""
        return {slug: note for slug, note in self.library.by_slug.items() if note.meta.status == "final"}

    def notes_on(self, topic: str) -> Sequence[Note]:
        """The published notes of a topic, newest work first."""
        return self.newest_first(note for note in self.published.values() if topic in note.meta.topics)

    def newest_first(self, notes: Iterable[Note]) -> Sequence[Note]:

        return sorted(notes, key=lambda note: (self.date_key(note), note.slug), reverse=True)

    def date_key(self, note: Note) -> int:
        """The month, counted from year 0, of a note's newest work, or of the note's own date."""
        dates = [self.library.by_citekey[p].date for p in note.meta.papers if p in self.library.by_citekey]
        months = [date.first for date in dates if date]
        return max(months) if months else note.meta.created.year * 12 + note.meta.created.month


@lru_cache(maxsize=50_000)
def page_path(address: str, lang: str, first: str) -> str:
    """`dpo` in the first language is `dpo.md`, in Chinese `zh/dpo.md`; the home pages are `index.md`."""
    name = f"{address}.md" if address else "index.md"
    return name if lang == first else f"{lang}/{name}"


@lru_cache(maxsize=50_000)
def entry_address(citekey: str) -> str:
    """`papers/<citekey>`; characters that no path should have are replaced, and a hash keeps such keys apart."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", citekey).strip(".-")
    if safe != citekey:
        safe = f"{safe or 'entry'}-{hashlib.sha256(citekey.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"papers/{safe}"


def feed_path(topic: str, lang: str, first: str) -> str:
    """The file of the feed of a topic, or of all notes, in a language."""
    folder = "" if lang == first else f"{lang}/"
    return f"{folder}topics/{topic}/feed.xml" if topic else f"{folder}feed.xml"


def relative(path: str, start: str, anchor: str = "") -> str:
    """The link from the page `start` to the page `path`, both Markdown files of the site."""
    if path == start and anchor:
        return f"#{anchor}"
    return _between(path, posixpath.dirname(start)) + (f"#{anchor}" if anchor else "")


@lru_cache(maxsize=100_000)
def _between(path: str, folder: str) -> str:
    """The way from a folder of the site to a file of it; neither has dots in it, so no normalising is needed."""
    steps, goal = folder.split("/") if folder else [], path.split("/")
    shared = 0
    while shared < min(len(steps), len(goal) - 1) and steps[shared] == goal[shared]:
        shared += 1
    return "/".join([".."] * (len(steps) - shared) + goal[shared:])


def address_of(path: str) -> str:
    """Where the page with this Markdown file is served, inside the site: `zh/dpo.md` at `zh/dpo/`."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    parts = [part for part in (folder, name if name != "index" else "") if part]
    return quote("".join(f"{part}/" for part in parts))
