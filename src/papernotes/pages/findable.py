"""A note, topic or work → what search knows of its page: names in every language, people, year, status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from papernotes.entries import Entry
from papernotes.model import Document, Note, Translation
from papernotes.page import Edition, Findable
from papernotes.references import people, venue

UNWRITTEN, ENTRY = "unwritten", "entry"
DASH = re.compile("[\u2010-\u2015]")
VERSIONED = re.compile(r"\b[A-Za-z]{2,}[- ]?(\d+(?:\.\d+)*)\b")


def findable_note(edition: Edition, note: Note, text: Note | Translation) -> Findable:
    """What search knows of the page of a note or topic that shows `text`."""
    entries = [edition.library.by_citekey[key] for key in note.meta.papers if key in edition.library.by_citekey]
    year = str((edition.date_key(note) - 1) // 12) if entries else ""
    names = [*_titles(edition, note), note.slug, *(name for entry in entries for name in _identifiers(entry))]
    return Findable(
        note.meta.kind,
        note.meta.status,
        year,
        note.meta.topics,
        tuple(dict.fromkeys([*names, *_variants(names)])),
        _people(entries),
        _anchors(text),
    )


def findable_entry(entry: Entry) -> Findable:
    """What search knows of the page of a work without a note."""
    year = str(entry.date.year) if entry.date else ""
    return Findable(ENTRY, UNWRITTEN, year, (), (entry.title, *_identifiers(entry)), _people([entry]))


def _titles(edition: Edition, note: Note) -> Iterator[str]:
    yield from (note.title, *note.meta.aliases)
    for lang in edition.config.languages:
        if translation := edition.library.translation_of.get((lang, note.place, note.slug)):
            yield from (translation.title, *translation.meta.aliases)


def _identifiers(entry: Entry) -> Iterator[str]:
    yield entry.citekey
    yield from (value for value in (entry.eprint, entry.fields.get("doi", "")) if value)


def _variants(names: Iterable[str]) -> Iterator[str]:
    """`BEiT-3` is also asked for as `BEiT v3`, `Vision–language` by either of its words."""
    for name in names:
        yield from (f"v{number}" for number in VERSIONED.findall(name))
        if DASH.search(name):
            yield DASH.sub("-", name)


def _people(entries: Iterable[Entry]) -> tuple[str, ...]:
    found: list[str] = []
    for entry in entries:
        found += [str(person) for person in people(entry)[0]]
        found += [value for value in (entry.fields.get("organization", ""), venue(entry)) if value]
    return tuple(dict.fromkeys(found))


def _anchors(text: Document) -> frozenset[str]:
    return frozenset(heading.anchor for heading in text.body.headings)
