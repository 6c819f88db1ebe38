"""The page of a note: its header, body, references, and its place in the citation graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.citing import cited_works, letters, reference_anchor
from papernotes.model import Note, Translation
from papernotes.page import Edition, Page, relative
from papernotes.pages.connections import Connection, connections, text_connection
from papernotes.pages.crediting import note_forms, work_forms
from papernotes.pages.findable import findable_note
from papernotes.pages.reading import minutes
from papernotes.pages.reference import Reference, reference
from papernotes.pages.surroundings import explorer_address, surroundings_path
from papernotes.prose import body_markdown
from papernotes.repository import edit_address, report_address

MOST_RELATED, MOST_AUTHORS = 8, 6


@dataclass(frozen=True)
class Cited:
    """A work in the list of references: the letter behind its year, its id, and the ids of its citations."""

    reference: Reference
    letter: str
    anchor: str
    citations: Sequence[str]


def pages(edition: Edition) -> Iterator[Page]:
    for note in edition.published.values():
        text = edition.text_of(note)
        if text.lang == edition.lang:
            yield _page(edition, note, text)


def _page(edition: Edition, note: Note, text: Note | Translation) -> Page:
    path = edition.note_path(note.slug)
    entries = [edition.library.by_citekey[key] for key in note.meta.papers if key in edition.library.by_citekey]
    mentions = edition.graph.backlinks.get(note.slug, ())
    lettered = letters(edition, text)
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
        "minutes": edition.words["minutes"].format(n=minutes(text)),
        "edit": edit_address(edition.config, text.source.path),
        "report": report_address(edition.config, edition.words, text, note),
        "body": body_markdown(edition, text, path),
        "references": [
            Cited(reference(edition, key, path, MOST_AUTHORS), lettered.get(key, ""), reference_anchor(key), anchors)
            for key, anchors in cited_works(edition, text)
        ],
        "connections": connections(edition, [entry.citekey for entry in entries], mentions, note.slug, path),
        "related": _related(edition, note, path),
        "work_forms": work_forms(edition, entries),
        "note_forms": note_forms(edition, note, text),
        "surroundings": surroundings_path(edition, note.slug),
        "explorer": explorer_address(edition, note.slug),
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


def _related(edition: Edition, note: Note, path: str) -> Sequence[Connection]:
    """Notes whose works are often cited together with this one's, or cite the same, and are no direct neighbours."""
    near = {edition.graph.note_of.get(key) for paper in note.meta.papers for key in edition.graph.neighbours(paper)}
    found = dict.fromkeys(
        slug
        for paper in note.meta.papers
        for key in edition.graph.related(paper)
        if (slug := edition.graph.note_of.get(key, "")) in edition.published and slug != note.slug and slug not in near
    )
    return [text_connection(edition, edition.published[slug], path) for slug in list(found)[:MOST_RELATED]]
