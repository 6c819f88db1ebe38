"""Which works of a bibliography are one work: by arXiv id, by DOI, by title and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from papernotes.identifiers import Identifier
from papernotes.model import Entry, Person
from papernotes.naming import normal_title, plain_letters
from papernotes.record import Record, identifiers_in

SHORTEST_TITLE = 4


class Same(NamedTuple):
    """An entry that is the work in question, and how we know."""

    entry: Entry
    reason: str


@dataclass(frozen=True, eq=False)
class KnownWorks:
    """The entries of a bibliography, found by what a work is called. Built in O(entries)."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_identifier(self) -> Mapping[Identifier, Entry]:
        return {name: entry for entry in reversed(self.entries) for name in identifiers_in(entry.fields)}

    @cached_property
    def by_title(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            title = normal_title(entry.fields.get("title", ""))
            if len(title) >= SHORTEST_TITLE:
                found[title] = (*found.get(title, ()), entry)
        return found

    def same_as(self, record: Record) -> Same | None:
        """The entry that is this work already."""
        for identifier in identifiers_in(record.fields):
            if entry := self.by_identifier.get(identifier):
                return Same(entry, f"same {identifier}")
        for entry in self.by_title.get(normal_title(record.title), ()):
            if _share_people(record.authors, entry.authors):
                return Same(entry, "same title")
        return None

    def titled(self, title: str) -> Entry | None:
        """The only entry of this title."""
        found = self.by_title.get(normal_title(title), ())
        return found[0] if len(found) == 1 else None


def _share_people(some: Iterable[Person], others: Iterable[Person]) -> bool:
    """True if a family name is in both lists, or if one is empty and so says nothing."""
    ours, theirs = (
        {plain_letters(person.family).casefold() or person.family for person in people if person.family != "others"}
        for people in (some, others)
    )
    return not ours or not theirs or bool(ours & theirs)
