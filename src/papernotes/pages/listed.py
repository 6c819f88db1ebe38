"""A note as lists show it, and lists by date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papernotes.model import Note
from papernotes.page import Edition, relative


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


def latest(notes: Iterable[Note]) -> Sequence[Note]:
    """Notes, last changed first."""
    return sorted(notes, key=lambda note: (note.meta.updated, note.meta.created, note.slug), reverse=True)
