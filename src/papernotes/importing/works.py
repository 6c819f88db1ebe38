"""The works of an import: which are here already, and the entries of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from papernotes.additions import citekey_of, new_entry
from papernotes.entries import Entry, arxiv_month
from papernotes.identifiers import Identifier, Scheme
from papernotes.importers.found import FoundText, Remark
from papernotes.importing.intake import Choices, Intake
from papernotes.library import Library
from papernotes.record import Record, record_of
from papernotes.sameness import KnownWorks
from papernotes.venues import KnownVenues


class Works:
    """Entries by citekey, those here and those to be; `citekeys` tells by which key an imported one goes here."""

    def __init__(self, library: Library, intake: Intake) -> None:
        self.known = KnownWorks(library.entries)
        self._venues = KnownVenues(library.entries)
        self.entries: dict[str, Entry] = dict(library.by_citekey)
        self.citekeys: dict[str, str] = {}
        self._taken = {key.lower() for key in self.entries}
        self._records: dict[str, tuple[Record, str]] = {}
        self._intake = intake

    def take(self, record: Record, place: str) -> str:
        """The citekey under which a work is, or will be, here."""
        same = self.known.same_as(record)
        if same:
            citekey = same.entry.citekey
            self._intake.present.append((place, f"{citekey} is this work already ({same.reason})"))
            missing = [
                (name, value)
                for name, value in record.fields.items()
                if name not in same.entry.fields and name != "month"
            ]
            if missing and citekey not in self._records:
                self._intake.left.append((f"{place}, which {citekey} lacks", tuple(missing)))
        else:
            citekey = citekey_of(record, self._taken)
            self._taken.add(citekey.lower())
            self._records[citekey] = (record, place)
            entry = new_entry(record, citekey, None).entry
            self.entries[citekey] = entry
            self.known.learn(entry)
        if record.citekey:
            self.citekeys.setdefault(record.citekey, citekey)
        return citekey

    def finish(self) -> None:
        """Write the entries, now that every key that they may cite is known."""
        for citekey, (told, place) in self._records.items():
            record = self._venues.respelled(told)
            cites = None if record.cites is None else [self.citekeys.get(key, key) for key in record.cites]
            unknown = [key for key in cites or () if key not in self.entries]
            if unknown:
                message = f"{citekey} cites what is not here, left out: {', '.join(unknown)}"
                self._intake.remarks.append(Remark(place, message))
            kept = None if cites is None else sorted({key for key in cites if key in self.entries} - {citekey})
            entry = new_entry(record, citekey, kept)
            self.entries[citekey] = entry.entry
            self._intake.entries.append(entry)
            missing = [what for what, there in _wanted(record) if not there]
            if missing:
                self._intake.remarks.append(Remark(place, f"{citekey} lacks {' and '.join(missing)}"))

    def is_new(self, citekey: str) -> bool:
        return citekey in self._records


def _wanted(record: Record) -> tuple[tuple[str, bool], ...]:
    people = bool(record.authors or record.editors or record.fields.get("organization"))
    return (("authors", people), ("a year", "year" in record.fields))


def papers_of(works: Works, text: FoundText, choices: Choices) -> tuple[str, ...]:
    """The works that a text is about; entries are made of what it says of works that are not here."""
    found: list[str] = []
    key = works.citekeys.get(text.citekey, text.citekey)
    if key in works.entries:
        found.append(key)
    found += [entry.citekey for name in text.identifiers if (entry := works.known.by_identifier.get(name))]
    found += [entry.citekey for title in text.titles if (entry := works.known.titled(title))]
    if not found and text.kind not in ("digest", "survey") and choices.kind not in ("digest", "survey"):
        record = _described(text)
        if record is not None:
            found.append(works.take(record, text.place))
    return tuple(dict.fromkeys(found))


def _described(text: FoundText) -> Record | None:
    """What a text says of the one work it is about; None if it names none, or several."""
    if len(text.identifiers) > 1 or not (text.work or text.identifiers):
        return None
    base = text.work or record_of("misc", {"title": text.title})
    fields = {**base.fields, **(_fields(text.identifiers[0]) if text.identifiers else {})}
    return replace(base, fields=fields, citekey=text.citekey or base.citekey)


def _fields(identifier: Identifier) -> Mapping[str, str]:
    if identifier.scheme is Scheme.DOI:
        return {"doi": identifier.value}
    date = arxiv_month(identifier.value)
    dated = {"year": str(date.year), "month": str(date.month)} if date else {}
    return {"eprint": identifier.value, "archiveprefix": "arXiv", **dated}
