"""Works and notes → the small files behind their cards, which scripts fetch when a reader points at a citation."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator

from papernotes.entries import Entry
from papernotes.languages import counted
from papernotes.model import Note
from papernotes.page import DataFile, Edition, entry_address
from papernotes.pages.reference import published
from papernotes.references import names, plain_title

MOST_AUTHORS = 3


def files(edition: Edition) -> Iterator[DataFile]:
    """One file per work and per published note, below `cards/` in the edition's folder."""
    folder = posixpath.join(posixpath.dirname(edition.path("")), "cards")
    for citekey, entry in edition.library.by_citekey.items():
        yield _file(f"{folder}/{entry_address(citekey)}", _work_card(edition, entry))
    for note in edition.published.values():
        yield _file(f"{folder}/{note.slug}", _note_card(edition, note))


def _file(path: str, card: dict[str, object]) -> DataFile:
    data = {name: value for name, value in card.items() if value}
    return DataFile(f"{path}.json", json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _work_card(edition: Edition, entry: Entry) -> dict[str, object]:
    slug = edition.graph.note_of.get(entry.citekey, "")
    note = edition.published.get(slug)
    card: dict[str, object] = {
        "title": plain_title(entry),
        "authors": names(entry, MOST_AUTHORS),
        "where": published(edition, entry),
    }
    if note is None:
        citing = len({mention.slug for mention in edition.graph.mentioned_by.get(entry.citekey, ())})
        told = counted(edition.words, "cited_in_n", citing) if citing else ""
        return card | {"state": " · ".join(part for part in (edition.words["no_note"], told) if part)}
    return card | {
        "summary": edition.summary_of(note),
        "note": True,
        "state": _state(edition, note, plain_title(entry)),
    }


def _note_card(edition: Edition, note: Note) -> dict[str, object]:
    entries = [edition.library.by_citekey[key] for key in note.meta.papers if key in edition.library.by_citekey]
    only = entries[0] if len(entries) == 1 else None
    return {
        "title": edition.title_of(note),
        "authors": names(only, MOST_AUTHORS) if only else "",
        "where": published(edition, only) if only else "",
        "summary": edition.summary_of(note),
        "note": True,
        "state": _state(edition, note, edition.title_of(note)),
    }


def _state(edition: Edition, note: Note, shown: str) -> str:
    """What stands behind the link: the note's kind, its title where that says more, its language if foreign."""
    parts = [f"{edition.words['note']}: {edition.words['kind_' + note.meta.kind]}"]
    title = edition.title_of(note)
    if title.casefold() not in (shown.casefold(), ""):
        parts.append(title)
    if edition.is_foreign(note.slug):
        parts.append(edition.words["in_english"])
    return " · ".join(parts)
