"""Topics → sample reading paths: the longest lines of notes in which each builds on the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.model import Note
from papernotes.page import Edition, relative

SHORTEST, LONGEST = 3, 6
HEADWORD = re.compile(r"[:：(（]")


@dataclass(frozen=True)
class Trail:
    """A reading path through one topic: the topic's title and page, and its steps as (title, path, card)."""

    topic: str
    path: str
    steps: Sequence[tuple[str, str, str]]


def trails(edition: Edition, path: str, most: int) -> Sequence[Trail]:
    """Reading paths for the page at `path`, longest first; no note is in two of them. O(notes × edges) per topic."""
    found: list[tuple[Note, Sequence[str]]] = []
    used: set[str] = set()
    topics = sorted(
        edition.library.topic_by_slug.values(), key=lambda topic: (-len(edition.notes_on(topic.slug)), topic.slug)
    )
    for topic in topics:
        line = _longest_line(edition, [note.slug for note in edition.notes_on(topic.slug) if note.slug not in used])
        if len(line) >= SHORTEST:
            found.append((topic, line[-LONGEST:]))
            used.update(line)
    found.sort(key=lambda trail: -len(trail[1]))
    return [
        Trail(
            edition.title_of(topic),
            relative(edition.document_path(topic), path),
            tuple(_steps(edition, line, path)),
        )
        for topic, line in found[:most]
    ]


def _steps(edition: Edition, line: Sequence[str], path: str) -> Iterator[tuple[str, str, str]]:
    for slug in line:
        title = HEADWORD.split(edition.title_of(edition.published[slug]))[0].strip()
        yield title, relative(edition.note_path(slug), path), slug


def _longest_line(edition: Edition, slugs: Sequence[str]) -> Sequence[str]:
    """The longest chain of ancestors among these notes."""
    own = set(slugs)
    order = [slug for slug in edition.graph.reading_order(own) if slug in own]
    before = edition.graph.reduced_ancestors(order)
    best: dict[str, list[str]] = {}
    for slug in order:
        lines = [best[ancestor] for ancestor in before.get(slug, ()) if ancestor in best]
        best[slug] = [*max(lines, key=len, default=list[str]()), slug]
    return max(best.values(), key=len, default=list[str]())
