"""The page of a topic: its introduction, a reading path, its notes by date, what they cite most, and its gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from papernotes.model import Note
from papernotes.naming import without_subtitle
from papernotes.page import Edition, Page, relative
from papernotes.pages.findable import findable_note
from papernotes.pages.lineage import lineage_figure
from papernotes.pages.listed import Listed, latest, listed
from papernotes.pages.reference import reference
from papernotes.pages.statements import open_questions
from papernotes.prose import body_markdown

MOST_CITED, MOST_RECENT = 10, 5


def pages(edition: Edition) -> Iterator[Page]:
    for topic in edition.library.topic_by_slug.values():
        if not edition.wants(topic.address):
            continue
        path = edition.path(topic.address)
        text = edition.text_of(topic)
        notes = edition.notes_on(topic.slug)
        data = {
            "words": edition.words,
            "title": text.title,
            "summary": edition.summary_of(topic),
            "body": body_markdown(edition, text, path),
            "foreign": text.lang != edition.lang,
            "timeline": relative(edition.path("timeline"), path),
            "notes": [listed(edition, note, path) for note in notes],
            "steps": reading_path(edition, notes, path),
            "lineage": lineage_figure(edition, notes, path),
            "most_cited": _most_cited(edition, notes, path),
            "gaps": _gaps(edition, notes, path),
            "questions": open_questions(edition, notes, path),
            "recent": [listed(edition, note, path) for note in latest(notes)[:MOST_RECENT]],
        }
        yield Page(
            path,
            "pages/topic.md.jinja",
            text.title,
            data,
            edition.lang,
            topic.address,
            edition.summary_of(topic),
            text.source.path,
            {"kind": "topic"},
            findable_note(edition, topic, text),
            max(note.meta.updated for note in (topic, *notes)),
        )


def reading_path(edition: Edition, notes: Sequence[Note], path: str) -> Sequence[Listed]:
    """The topic's notes in an order in which each comes after those it builds on, with what it directly builds on."""
    own = {note.slug for note in notes}
    order = [slug for slug in edition.graph.reading_order(own) if slug in own]
    before = edition.graph.reduced_ancestors(order)
    return [
        listed(
            edition,
            edition.published[slug],
            path,
            [without_subtitle(edition.title_of(edition.published[other])) for other in before.get(slug, ())],
        )
        for slug in order
    ]


def _most_cited(edition: Edition, notes: Sequence[Note], path: str) -> Sequence[tuple[object, int]]:
    counts = Counter(
        cited for note in notes for paper in note.meta.papers for cited in edition.graph.cites.get(paper, ())
    )
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(reference(edition, key, path), count) for key, count in ranked[:MOST_CITED] if count > 1]


def _gaps(edition: Edition, notes: Sequence[Note], path: str) -> Sequence[tuple[object, int]]:
    own = {note.slug for note in notes}
    counts = Counter(
        key
        for key, mentions in edition.graph.mentioned_by.items()
        if key not in edition.graph.note_of
        for _ in {mention.slug for mention in mentions} & own
    )
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(reference(edition, key, path), n) for key, n in ranked if n >= edition.config.gap_threshold][:MOST_CITED]
