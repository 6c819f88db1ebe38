"""The page of a note: its card, body, references, and its place in the citation graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.graph import Mention
from papernotes.model import Entry, Note, Place, Translation
from papernotes.page import Edition, Page, entry_address, relative
from papernotes.pages.findable import findable_note
from papernotes.pages.reference import Reference, reference
from papernotes.prose import body_markdown, cited_works, sentence_markdown
from papernotes.references import bibtex
from papernotes.schema import COMPARING

MOST_RELATED = 8


@dataclass(frozen=True)
class Backlink:
    """A text that cites this note's papers or links it; `reasons` are the claims of its relations."""

    title: str
    path: str
    sentences: Sequence[str]
    reasons: Sequence[str]


@dataclass(frozen=True)
class Neighbour:
    """A work beside this one, and why."""

    reference: Reference
    reasons: Sequence[str]


def pages(edition: Edition) -> Iterator[Page]:
    for note in edition.published.values():
        text = edition.text_of(note)
        if text.lang == edition.lang:
            yield _page(edition, note, text)


def _page(edition: Edition, note: Note, text: Note | Translation) -> Page:
    path = edition.note_path(note.slug)
    entries = [edition.library.by_citekey[key] for key in note.meta.papers if key in edition.library.by_citekey]
    cited = cited_works(edition, text)
    data = {
        "words": edition.words,
        "note": note,
        "title": text.title,
        "summary": edition.summary_of(note),
        "works": [reference(edition, entry.citekey, path) for entry in entries],
        "topics": [
            (edition.title_of(topic), relative(edition.document_path(topic), path))
            for slug in note.meta.topics
            if (topic := edition.library.topic_by_slug.get(slug))
        ],
        "body": body_markdown(edition, text, path),
        "references": [reference(edition, key, path) for key in cited],
        "builds_on": _builds_on(edition, note, entries, path),
        "compared": _compared(edition, note, path),
        "backlinks": backlinks(edition, edition.graph.backlinks.get(note.slug, ()), path, note.meta.papers),
        "related": _related(edition, note, path),
        "bibtex": "\n\n".join(bibtex(entry) for entry in entries),
        "unwritten": [relative(edition.path(entry_address(entry.citekey)), path) for entry in entries],
    }
    return Page(
        path,
        "pages/note.md.jinja",
        text.title,
        data,
        edition.lang,
        note.address,
        edition.summary_of(note),
        text.source.path,
        {"kind": note.meta.kind, "topics": list(note.meta.topics), "slug": note.slug},
        findable_note(edition, note, text),
    )


def _builds_on(edition: Edition, note: Note, entries: Sequence[Entry], path: str) -> Sequence[Neighbour]:
    """What the note's papers cite: claimed relations first, then works with notes, then by date."""
    own = set(note.meta.papers)
    reasons: dict[str, list[str]] = {}
    for entry in entries:
        for edge in edition.graph.relations_from.get(entry.citekey, ()):
            if edge.type not in COMPARING:
                reasons.setdefault(edge.to, []).append(edition.words[edge.type])
    keys = dict.fromkeys(
        key for entry in entries for key in edition.graph.cites.get(entry.citekey, ()) if key not in own
    )
    order = sorted(
        {**dict.fromkeys(reasons), **keys},
        key=lambda key: (key not in reasons, key not in edition.graph.note_of, edition.graph.age[key]),
    )
    return [Neighbour(reference(edition, key, path), reasons.get(key, ())) for key in order]


def _compared(edition: Edition, note: Note, path: str) -> Sequence[Neighbour]:
    found: dict[str, list[str]] = {}
    for paper in note.meta.papers:
        for edge in edition.graph.relations_from.get(paper, ()):
            if edge.type in COMPARING:
                found.setdefault(edge.to, []).append(edition.words[edge.type])
        for edge in edition.graph.relations_to.get(paper, ()):
            if edge.type in COMPARING and edge.slug != note.slug:
                found.setdefault(edge.origin, []).append(edition.words[edge.type])
    return [Neighbour(reference(edition, key, path), list(dict.fromkeys(why))) for key, why in sorted(found.items())]


def backlinks(edition: Edition, mentions: Sequence[Mention], path: str, papers: Sequence[str]) -> Sequence[Backlink]:
    """The texts that mention a work, each once, with the sentences in which they do; texts with a claimed relation first."""
    by_text: dict[tuple[Place, str], list[str]] = {}
    for mention in mentions:
        if mention.place is Place.NOTE and mention.slug not in edition.published:
            continue
        sentences = by_text.setdefault((mention.place, mention.slug), [])
        if mention.context and mention.context not in sentences:
            sentences.append(mention.context)
    claims: dict[str, list[str]] = {}
    for paper in papers:
        for edge in edition.graph.relations_to.get(paper, ()):
            claims.setdefault(edge.slug, []).append(edition.words[edge.type])
    links: list[Backlink] = []
    for (place, slug), sentences in by_text.items():
        documents = {Place.NOTE: edition.library.by_slug, Place.TOPIC: edition.library.topic_by_slug}.get(place)
        note = documents.get(slug) if documents is not None else edition.library.home
        if note is not None:
            shown = [sentence_markdown(edition, sentence) for sentence in sentences]
            why = claims.get(slug, []) if place is Place.NOTE else []
            links.append(
                Backlink(
                    edition.title_of(note), relative(edition.document_path(edition.text_of(note)), path), shown, why
                )
            )
    return sorted(links, key=lambda link: (not link.reasons, link.title))


def _related(edition: Edition, note: Note, path: str) -> Sequence[Reference]:
    """Noted works that are often cited together with this note's, or cite the same ones, and are no direct neighbours."""
    found: dict[str, None] = {}
    for paper in note.meta.papers:
        for key in edition.graph.related(paper):
            slug = edition.graph.note_of.get(key)
            if slug and slug != note.slug and slug in edition.published:
                found[key] = None
    return [reference(edition, key, path) for key in list(found)[:MOST_RELATED]]
