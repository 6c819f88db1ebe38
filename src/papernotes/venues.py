"""Venues as the bibliography spells them → the venue of a new work, spelled likewise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from papernotes.entries import Entry
from papernotes.record import Record
from papernotes.variants import venue_form, venue_spelling

FIELDS = ("journal", "booktitle")


class KnownVenues:
    """The spellings of every venue, and the short names beside them. Built in O(entries)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._short: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for entry in entries:
            for name in FIELDS:
                if written := entry.fields.get(name):
                    key = name, venue_form(venue_spelling(written))
                    self._spellings[key][written] += 1
                    if short := entry.fields.get("venue"):
                        self._short[key][short] += 1

    def respelled(self, record: Record) -> Record:
        """The record with its venue spelled as most entries of the same venue have it."""
        fields = dict(record.fields)
        for name in FIELDS:
            key = name, venue_form(venue_spelling(fields.get(name, "")))
            if key[1] and key in self._spellings:
                fields[name] = self._spellings[key].most_common(1)[0][0]
                if short := self._short.get(key):
                    fields.setdefault("venue", short.most_common(1)[0][0])
        return replace(record, fields=fields)
