"""A vault as it is on disk, and texts as they are in an editor → the library that saving them all would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from papernotes.bibtex import read_bibliography
from papernotes.config import Config
from papernotes.entries import Entry
from papernotes.library import Library, read_document
from papernotes.model import Fault, Note, Place, Translation
from papernotes.text import Source

BIBLIOGRAPHY = "papers.bib"
Document = TypeVar("Document", Note, Translation)


@dataclass(frozen=True, eq=False)
class Buffer:
    """One file as the editor has it, read: a text of `notes/`, or the bibliography with its entries."""

    source: Source
    document: Note | Translation | None
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_buffer(config: Config, source: Source) -> Buffer | None:
    """Read the text of a file; None if a vault does not read such files. O(length)."""
    if source.path == BIBLIOGRAPHY:
        read = read_bibliography(source)
        return Buffer(source, None, read.entries, read.faults)
    if not source.path.startswith("notes/") or not source.path.endswith(".md"):
        return None
    document, faults = read_document(config, source)
    return Buffer(source, document, (), tuple(faults))


def overlay(
    library: Library, unreadable: Iterable[Fault], buffers: Mapping[str, Buffer]
) -> tuple[Library, tuple[Fault, ...]]:
    """The library with these files in place of those on disk, and what could not be read then. O(files)."""
    if not buffers:
        return library, tuple(unreadable)
    faults = [fault for fault in unreadable if fault.location.source.path not in buffers]
    for buffer in buffers.values():
        faults += buffer.faults
    edited = {path: buffer.document for path, buffer in buffers.items() if buffer.document is not None}
    notes = [document for document in edited.values() if isinstance(document, Note)]
    home = next((note for note in notes if note.place is Place.HOME), library.home)
    bibliography = buffers.get(BIBLIOGRAPHY)
    merged = replace(
        library,
        notes=_merged(library.notes, [note for note in notes if note.place is Place.NOTE]),
        topics=_merged(library.topics, [note for note in notes if note.place is Place.TOPIC]),
        home=home,
        translations=_merged(library.translations, [d for d in edited.values() if isinstance(d, Translation)]),
        entries=bibliography.entries if bibliography else library.entries,
        bibliography=bibliography.source if bibliography else library.bibliography,
    )
    return merged, tuple(faults)


def _merged(documents: tuple[Document, ...], edited: Iterable[Document]) -> tuple[Document, ...]:
    """Edited texts in the places of those that they replace, new ones behind them."""
    waiting = {document.source.path: document for document in edited}
    kept = [waiting.pop(document.source.path, document) for document in documents]
    return (*kept, *waiting.values())
