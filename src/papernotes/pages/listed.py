"""A note as lists show it; topics as cards; lists by date and by letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from papernotes.languages import counted
from papernotes.model import Note
from papernotes.naming import plain_letters
from papernotes.page import Edition, relative

T = TypeVar("T")


@dataclass(frozen=True)
class Listed:
    """A note in a list."""

    title: str
    path: str
    summary: str
    kind: str
    date: str
    foreign: bool
    updated: str
    after: Sequence[str] = ()


def listed(edition: Edition, note: Note, path: str, after: Sequence[str] = ()) -> Listed:
    """The note as the page at `path` lists it."""
    month = edition.date_key(note) - 1
    return Listed(
        edition.title_of(note),
        relative(edition.note_path(note.slug), path),
        edition.summary_of(note),
        edition.words[f"kind_{note.meta.kind}"],
        f"{month // 12}-{month % 12 + 1:02}",
        edition.is_foreign(note.slug),
        note.meta.updated.isoformat(),
        after,
    )


def topic_cards(edition: Edition, path: str) -> Sequence[tuple[str, str, str, str]]:
    """(title, path, summary, how many notes) of every topic for the page at `path`, the largest first."""
    counts = {topic.slug: len(edition.notes_on(topic.slug)) for topic in edition.library.topic_by_slug.values()}
    return [
        (
            edition.title_of(topic),
            relative(edition.document_path(topic), path),
            edition.summary_of(topic),
            counted(edition.words, "n_notes", counts[topic.slug]),
        )
        for topic in sorted(edition.library.topic_by_slug.values(), key=lambda topic: (-counts[topic.slug], topic.slug))
    ]


def by_initial(items: Iterable[T], name: Callable[[T], str], others: str) -> Sequence[tuple[str, Sequence[T]]]:
    """Items in their order under the letters that their names begin with, accents aside; the rest under `others`."""
    groups: dict[str, list[T]] = {}
    for item in items:
        initial = plain_letters(name(item).lstrip()[:1]).upper()
        groups.setdefault(initial if initial.isalpha() else others, []).append(item)
    return sorted(groups.items(), key=lambda group: (group[0] == others, group[0]))


def latest(notes: Iterable[Note]) -> Sequence[Note]:
    """Notes, last changed first."""
    return sorted(notes, key=lambda note: (note.meta.updated, note.meta.created, note.slug), reverse=True)
