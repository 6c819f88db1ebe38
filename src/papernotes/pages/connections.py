"""A note's place in the citation graph → the lists of its page, by relation, with the sentences that cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papernotes.citing import occurrences
from papernotes.graph import Mention, RelationEdge
from papernotes.links import resolve_note
from papernotes.matter import BUILDING, COMPARING
from papernotes.model import LinkKind, Note, Place, Translation
from papernotes.page import Edition, entry_address, relative
from papernotes.pages.reference import reference
from papernotes.prose import sentence_markdown

MOST_SENTENCES = 3


@dataclass(frozen=True)
class Quoted:
    """A sentence in which a text cites or links another, as Markdown, and the path to it."""

    sentence: str
    path: str


@dataclass(frozen=True)
class Connection:
    """A text or work tied to this one: `reasons` are the claims of relations, `card` is what scripts show."""

    title: str
    path: str
    card: str
    label: str
    noted: bool
    foreign: bool
    reasons: Sequence[str] = ()
    sentences: Sequence[Quoted] = ()


@dataclass(frozen=True)
class Connections:
    """The groups of a page, each work or text in the first that fits."""

    builds_on: Sequence[Connection]
    extended_by: Sequence[Connection]
    compared_with: Sequence[Connection]
    cited_by: Sequence[Connection]
    mentioned_in: Sequence[Connection]


def connections(
    edition: Edition, papers: Sequence[str], mentions: Sequence[Mention], slug: str, path: str
) -> Connections:
    """Everything tied to the works `papers`, which the page at `path` is about; `slug` is its note, if it has one."""
    graph = edition.graph
    outgoing = [edge for paper in papers for edge in graph.relations_from.get(paper, ()) if _shown(edition, edge)]
    incoming = [
        edge
        for paper in papers
        for edge in graph.relations_to.get(paper, ())
        if _shown(edition, edge) and edge.slug != slug
    ]
    texts = _mentioning(edition, mentions, papers, slug, path)
    rest = dict(texts)
    extending = {edge.slug for edge in incoming if edge.type in BUILDING}
    comparing = {edge.slug for edge in incoming if edge.type in COMPARING} - extending
    reasons_of = _reasons(edition, ((edge.slug, edge) for edge in incoming))

    def claimed(slugs: Iterable[str]) -> Iterator[Connection]:
        for other in sorted(slugs, key=lambda other: graph.note_age.get(other, (0, other))):
            note = edition.published[other]
            yield text_connection(edition, note, path, reasons_of[other], rest.pop((Place.NOTE, other), ()))

    extended_by = tuple(claimed(extending))
    compared = [*claimed(comparing), *_compared(edition, outgoing, comparing | extending, path)]
    citing = {other for paper in papers for other in graph.cited_by.get(paper, ()) if other not in papers}
    shown = {paper for other in extending | comparing for paper in graph.papers_of.get(other, ())}
    cited_by: list[Connection] = []
    mentioned: list[Connection] = []
    for (place, other), sentences in rest.items():
        note = _note(edition, place, other)
        own = graph.papers_of.get(other, ()) if place is Place.NOTE else ()
        shown |= set(own)
        group = cited_by if citing.intersection(own) else mentioned
        group.append(text_connection(edition, note, path, (), sentences))
    silent = sorted(citing - shown, key=lambda key: graph.age[key], reverse=True)
    return Connections(
        _builds_on(edition, papers, outgoing, path),
        extended_by,
        compared,
        [*cited_by, *_works(edition, silent, path)],
        mentioned,
    )


def _shown(edition: Edition, edge: RelationEdge) -> bool:
    return edge.slug in edition.published


def _reasons(edition: Edition, edges: Iterable[tuple[str, RelationEdge]]) -> Mapping[str, list[str]]:
    """Why, in the edition's words: `simplifies (§4)`; each reason once."""
    found: dict[str, list[str]] = {}
    for key, edge in edges:
        why = edition.words[edge.type] + (f" ({edge.where})" if edge.where else "")
        reasons = found.setdefault(key, [])
        if why not in reasons:
            reasons.append(why)
    return found


def _builds_on(
    edition: Edition, papers: Sequence[str], outgoing: Sequence[RelationEdge], path: str
) -> list[Connection]:
    """What the works cite: claimed relations first, then works with notes, then by date."""
    reasons = _reasons(edition, ((edge.to, edge) for edge in outgoing if edge.type in BUILDING))
    cited = (key for paper in papers for key in edition.graph.cites.get(paper, ()) if key not in papers)
    order = sorted(
        {**dict.fromkeys(reasons), **dict.fromkeys(cited)},
        key=lambda key: (
            key not in reasons,
            edition.graph.note_of.get(key) not in edition.published,
            edition.graph.age[key],
        ),
    )
    return list(_works(edition, order, path, reasons))


def _compared(
    edition: Edition, outgoing: Sequence[RelationEdge], there: Iterable[str], path: str
) -> Iterator[Connection]:
    """Works that this note compares its own with, unless their notes are listed already."""
    reasons = _reasons(edition, ((edge.to, edge) for edge in outgoing if edge.type in COMPARING))
    listed = set(there)
    keys = [key for key in reasons if edition.graph.note_of.get(key, "") not in listed]
    yield from _works(edition, sorted(keys, key=lambda key: edition.graph.age[key]), path, reasons)


def _works(
    edition: Edition, keys: Iterable[str], path: str, reasons: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Connection]:
    for key in keys:
        work = reference(edition, key, path)
        why = (reasons or {}).get(key, ())
        yield Connection(work.title, work.path, entry_address(key), work.label, work.noted, work.foreign, why)


def text_connection(
    edition: Edition, note: Note, path: str, reasons: Sequence[str] = (), sentences: Sequence[Quoted] = ()
) -> Connection:
    """A note or topic as the page at `path` lists it."""
    target = relative(edition.document_path(edition.text_of(note)), path)
    is_note = note.place is Place.NOTE
    foreign = is_note and edition.is_foreign(note.slug)
    card = note.slug if is_note else ""
    return Connection(edition.title_of(note), target, card, "", True, foreign, reasons, sentences)


def _note(edition: Edition, place: Place, slug: str) -> Note:
    home = edition.library.home
    if place is Place.HOME and home is not None:
        return home
    return (edition.library.topic_by_slug if place is Place.TOPIC else edition.published)[slug]


def _mentioning(
    edition: Edition, mentions: Sequence[Mention], papers: Sequence[str], slug: str, path: str
) -> Mapping[tuple[Place, str], Sequence[Quoted]]:
    """The published texts that cite a work or link its note, newest work first, with the sentences in which they do."""
    found = dict.fromkeys(
        (mention.place, mention.slug)
        for mention in mentions
        if (mention.place is not Place.NOTE or mention.slug in edition.published)
        and (mention.place, mention.slug) != (Place.NOTE, slug)
    )
    ages = edition.graph.note_age
    order = sorted(found, key=lambda text: (text[0] is Place.NOTE, ages.get(text[1], (0, text[1]))), reverse=True)
    return {
        text: tuple(_sentences(edition, _note(edition, *text), papers, slug, path))[:MOST_SENTENCES] for text in order
    }


def _sentences(edition: Edition, note: Note, papers: Sequence[str], slug: str, path: str) -> Iterator[Quoted]:
    """In the edition's language where the text is translated; each sentence once."""
    text = edition.text_of(note)
    page = edition.document_path(text)
    seen: set[str] = set()
    for context, anchor in (*_citing(edition, text, papers), *_linking(edition, text, slug)):
        if context and context not in seen:
            seen.add(context)
            yield Quoted(sentence_markdown(edition, context), relative(page, path, anchor))


def _citing(edition: Edition, text: Note | Translation, papers: Sequence[str]) -> Iterator[tuple[str, str]]:
    for found in occurrences(edition, text):
        if found.citation.citekey in papers:
            yield found.group.context, found.anchor


def _linking(edition: Edition, text: Note | Translation, slug: str) -> Iterator[tuple[str, str]]:
    if not slug:
        return
    for link in text.body.links:
        if link.kind is not LinkKind.IMAGE:
            found = resolve_note(edition.library, text, link)
            if found is not None and (found.place, found.slug) == (Place.NOTE, slug):
                yield link.context, link.heading
