"""Records → entries that papers.bib may hold, with citekeys of their own."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from papernotes.bibtex import read_bibliography
from papernotes.bibwriting import Addition, insert_entries, render_entry
from papernotes.config import Config, ConfigError
from papernotes.entries import Entry, WorkDate, arxiv_month
from papernotes.library import Library
from papernotes.model import Fault
from papernotes.naming import new_citekey, usable_citekey
from papernotes.record import Record
from papernotes.text import Source


@dataclass(frozen=True, eq=False)
class NewEntry:
    """An entry as text for papers.bib and as the value that reading it gives."""

    text: str
    entry: Entry


def citekey_of(record: Record, taken: Container[str]) -> str:
    """The record's own key if it may stand here, else a new one; taken keys are given in lower case."""
    if usable_citekey(record.citekey, taken):
        return record.citekey
    year = record.fields.get("year", "")
    date = arxiv_month(record.fields.get("eprint", "")) or (WorkDate(int(year), None) if year else None)
    return new_citekey(record.authors or record.editors, date, record.title, taken)


def new_entry(record: Record, citekey: str, cites: Sequence[str] | None) -> NewEntry:
    """The entry of a record. What BibTeX text says is what it means: the value is read from the text."""
    text = render_entry(
        citekey, record.type, record.fields, authors=record.authors, editors=record.editors, cites=cites
    )
    return NewEntry(text, read_bibliography(Source("papers.bib", text)).entries[0])


def with_entries(library: Library, entries: Sequence[NewEntry]) -> Library:
    """The library as it will be."""
    return replace(library, entries=(*library.entries, *(new.entry for new in entries)))


def bibliography_file(config: Config, library: Library, entries: Sequence[NewEntry]) -> tuple[Path, bytes]:
    """papers.bib with more entries: its path and content."""
    additions = [Addition(new.entry.citekey, new.text) for new in entries]
    text = insert_entries(library.bibliography.text, library.entries, additions)
    return config.bibliography, text.encode("utf-8", "surrogatepass")


def require_readable_bibliography(faults: Sequence[Fault]) -> None:
    """Refuse to write a papers.bib that could not be read whole: what was not read would be lost."""
    for fault in faults:
        if fault.location.source.path == "papers.bib" and fault.rule in ("unreadable-file", "not-utf-8"):
            if "there is no papers.bib" in fault.message:
                continue
            raise ConfigError(f"papers.bib: {fault.message}; mend that first (`papernotes check`)")
