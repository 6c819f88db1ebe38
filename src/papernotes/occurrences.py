"""Library → every place that names a work, a note or a topic: what references show and what a rename changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from papernotes.entries import Entry
from papernotes.library import Library
from papernotes.links import resolve_note
from papernotes.model import Citation, Link, LinkKind, Note, Place, Translation
from papernotes.text import Location, Span

# Fields of other entries that hold a citekey, besides `cites`.
ENTRY_FIELDS = ("crossref", "xref", "xdata")
FACTS = ("models", "results")


class Sort(StrEnum):
    """What can be named."""

    WORK = "work"
    NOTE = "note"
    TOPIC = "topic"


@dataclass(frozen=True)
class Subject:
    """A work by its citekey, or a note or topic by its slug; whether it exists is another question."""

    sort: Sort
    name: str


@dataclass(frozen=True)
class Occurrence:
    """A place that names a subject. `location` covers what was written for it, `name` the name alone if it is there.

    A wiki link by title or alias has no `name`. `defines` tells the one place that gives the name from its uses.
    """

    subject: Subject
    location: Location
    name: Span | None
    defines: bool = False


def occurrences(library: Library) -> Iterator[Occurrence]:
    """Every place that names something. O(size of the library)."""
    for document in (*library.originals, *library.translations):
        yield from in_document(library, document)
    for entry in library.entries:
        yield from in_entry(entry)


def in_document(library: Library, document: Note | Translation) -> Iterator[Occurrence]:
    """The places in one text: front matter, citations, links."""
    if isinstance(document, Note):
        yield from _in_fields(document)
    for group in document.body.groups:
        for citation in group.citations:
            yield _citation(document, citation)
    for link in document.body.links:
        if link.destination.startswith("#"):
            continue  # a place on the same page
        target = resolve_note(library, document, link)
        if target is not None and target.place is not Place.HOME:
            sort = Sort.NOTE if target.place is Place.NOTE else Sort.TOPIC
            yield Occurrence(Subject(sort, target.slug), document.at(link.span), _name_in(document, link, target.slug))


def in_entry(entry: Entry) -> Iterator[Occurrence]:
    """The places in one record: its own key, and the keys of others."""
    yield Occurrence(Subject(Sort.WORK, entry.citekey), entry.location, entry.key_span, defines=True)
    for key, location in entry.cited():
        yield _named(Sort.WORK, key, location)
    for name in ENTRY_FIELDS:
        if key := entry.written.get(name, ""):
            yield _named(Sort.WORK, key, entry.part(name, 0, len(key)))


def _named(sort: Sort, name: str, location: Location) -> Occurrence:
    at = location.text.find(name)
    start = location.span.start + at
    return Occurrence(Subject(sort, name), location, Span(start, start + len(name)) if at >= 0 else None)


def _in_fields(note: Note) -> Iterator[Occurrence]:
    meta = note.meta
    for number, key in enumerate(meta.papers):
        yield _named(Sort.WORK, key, note.field("papers", number))
    for number, topic in enumerate(meta.topics):
        yield _named(Sort.TOPIC, topic, note.field("topics", number))
    for number, relation in enumerate(meta.relations):
        yield _named(Sort.WORK, relation.to, note.field("relations", number, "to"))
        if relation.origin:
            yield _named(Sort.WORK, relation.origin, note.field("relations", number, "from"))
    for name, facts in zip(FACTS, (meta.models, meta.results), strict=True):
        for number, fact in enumerate(facts):
            if fact.paper:
                yield _named(Sort.WORK, fact.paper, note.field(name, number, "paper"))


def _citation(document: Note | Translation, citation: Citation) -> Occurrence:
    location = document.at(citation.span)
    start = citation.span.start + location.text.index(citation.citekey)
    return Occurrence(Subject(Sort.WORK, citation.citekey), location, Span(start, start + len(citation.citekey)))


def _name_in(document: Note | Translation, link: Link, slug: str) -> Span | None:
    """Where the slug stands in a link: the whole name of a wiki link, the name of the file in others."""
    path = document.at(link.span).text.partition("#")[0].partition("?")[0]
    start = link.span.start + path.rfind("/") + 1
    written = path[path.rfind("/") + 1 :]
    if link.kind is LinkKind.WIKI:
        start += len(written) - len(written.lstrip())
        return Span(start, start + len(slug)) if written.strip() == slug else None
    name = written.removesuffix(".md")
    return Span(start, start + len(name)) if name != written and unquote(name) == slug else None
