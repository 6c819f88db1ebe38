"""Which works of a bibliography are one work: by arXiv id, by DOI, by title and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from papernotes.entries import Entry, Person
from papernotes.identifiers import Identifier
from papernotes.naming import plain_letters
from papernotes.record import Record, identifiers_in
from papernotes.variants import title_form

SHORTEST_TITLE = 4


class Same(NamedTuple):
    """An entry that is the work in question, and how we know."""

    entry: Entry
    reason: str


class KnownWorks:
    """Entries found by what a work is called; the first of two wins. O(1) for each entry and question."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_identifier: dict[Identifier, Entry] = {}
        self._by_title: dict[str, list[Entry]] = {}
        for entry in entries:
            self.learn(entry)

    def learn(self, entry: Entry) -> None:
        """Know one entry more."""
        for name in identifiers_in(entry.fields):
            self.by_identifier.setdefault(name, entry)
        title = title_form(entry.fields.get("title", ""))
        if len(title) >= SHORTEST_TITLE:
            self._by_title.setdefault(title, []).append(entry)

    def same_as(self, record: Record) -> Same | None:
        """The entry that is this work already."""
        for identifier in identifiers_in(record.fields):
            if entry := self.by_identifier.get(identifier):
                return Same(entry, f"same {identifier}")
        for entry in self._by_title.get(title_form(record.title), ()):
            if _share_people(record.authors, entry.authors):
                return Same(entry, "same title")
        return None

    def titled(self, title: str) -> Entry | None:
        """The only entry of this title."""
        found = self._by_title.get(title_form(title), ())
        return found[0] if len(found) == 1 else None


def _share_people(some: Iterable[Person], others: Iterable[Person]) -> bool:
    """True if a family name is in both lists, or if one is empty and so says nothing."""
    ours, theirs = (
        {
            plain_letters(person.family).strip().casefold() or person.family
            for person in people
            if person.family != "others"
        }
        for people in (some, others)
    )
    return not ours or not theirs or bool(ours & theirs)
