"""The page of a note: its header, body, references, and its place in the citation graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papernotes.citing import cited_works, letters, reference_anchor
from papernotes.entries import Entry, Person
from papernotes.model import Note, Translation
from papernotes.page import Edition, Page, relative
from papernotes.pages.connections import Connection, connections, text_connection
from papernotes.pages.crediting import note_forms, work_forms
from papernotes.pages.digests import around
from papernotes.pages.facts import model_table, result_table
from papernotes.pages.findable import findable_note
from papernotes.pages.people import credited_people, venue_anchor
from papernotes.pages.reading import minutes
from papernotes.pages.reference import Reference, reference
from papernotes.pages.surroundings import explorer_address, surroundings_path
from papernotes.prose import body_markdown
from papernotes.references import people, venue
from papernotes.repository import edit_address, report_address

MOST_RELATED, MOST_AUTHORS, MOST_NAMED = 8, 6, 12


@dataclass(frozen=True)
class Work:
    """A work that the note is about: its people with their places among the authors, and the place of its venue."""

    reference: Reference
    people: Sequence[tuple[str, str]]
    others: bool
    venue: str


@dataclass(frozen=True)
class Cited:
    """A work in the list of references: the letter behind its year, its id, and the ids of its citations."""

    reference: Reference
    letter: str
    anchor: str
    citations: Sequence[str]


def pages(edition: Edition) -> Iterator[Page]:
    people = credited_people(edition)
    for note in edition.published.values():
        text = edition.text_of(note)
        if text.lang == edition.lang and edition.wants(note.address):
            yield _page(edition, note, text, people)


def _page(edition: Edition, note: Note, text: Note | Translation, people: Mapping[Person, str]) -> Page:
    path = edition.note_path(note.slug)
    entries = [edition.library.by_citekey[key] for key in note.meta.papers if key in edition.library.by_citekey]
    mentions = edition.graph.backlinks.get(note.slug, ())
    lettered = letters(edition, text)
    data = {
        "words": edition.words,
        "note": note,
        "title": text.title,
        "summary": edition.summary_of(note),
        "works": [_work(edition, entry, people, path) for entry in entries],
        "topics": [
            (edition.title_of(topic), relative(edition.document_path(topic), path))
            for slug in note.meta.topics
            if (topic := edition.library.topic_by_slug.get(slug))
        ],
        "minutes": edition.words["minutes"].format(n=minutes(text)),
        "edit": edit_address(edition.config, text.source.path),
        "report": report_address(edition.config, edition.words, text, note),
        "body": body_markdown(edition, text, path),
        "models": model_table(edition, note),
        "results": result_table(edition, note),
        "compare": relative(edition.path("compare"), path),
        "near": {name: relative(edition.path(name), path) for name in ("digests", "new")},
        "more": list(_more(edition, text, path)),
        "series": around(edition, note, path),
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
        note.meta.updated,
    )


def _work(edition: Edition, entry: Entry, credited: Mapping[Person, str], path: str) -> Work:
    named, others = people(entry)
    where = venue(entry)
    return Work(
        reference(edition, entry.citekey, path),
        [
            (str(person), relative(edition.path("authors"), path, credited[person]) if person in credited else "")
            for person in named[:MOST_NAMED]
        ],
        others or len(named) > MOST_NAMED,
        relative(edition.path("venues"), path, venue_anchor(where)) if where else "",
    )


def _more(edition: Edition, text: Note | Translation, path: str) -> Iterator[tuple[str, str]]:
    """(phrase, path) of the pages that list statements such as the text has."""
    kinds = {admonition.kind for admonition in text.body.admonitions}
    for kind, phrase, address in (
        ("correction", "all_corrections", "corrections"),
        ("question", "all_questions", "questions"),
    ):
        if kind in kinds:
            yield edition.words[phrase], relative(edition.path(address), path)


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
