"""A vault's folder → Library, and what could not be read. The only reader of the vault."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from papernotes.attachments import svg_fault
from papernotes.bibliography import recall_bibliography
from papernotes.config import Config
from papernotes.entries import Entry
from papernotes.model import Fault, Note, Place, Translation
from papernotes.readings import Reading, Written, read_text, read_texts
from papernotes.text import Source

Document = TypeVar("Document", Note, Translation)
Key = TypeVar("Key")
Value = TypeVar("Value")
LARGEST_NOTE, LARGEST_BIBLIOGRAPHY = 2_000_000, 100_000_000


@dataclass(frozen=True, eq=False)
class Library:
    """What is on disk, duplicates kept, without judgement. `files` gives the size of every other file of `notes/`."""

    notes: tuple[Note, ...]
    topics: tuple[Note, ...]
    home: Note | None
    translations: tuple[Translation, ...]
    entries: tuple[Entry, ...]
    bibliography: Source
    files: Mapping[str, int]

    @cached_property
    def by_slug(self) -> Mapping[str, Note]:
        """Notes by slug; the first of two wins."""
        return _first_of_each((note.slug, note) for note in self.notes)

    @cached_property
    def note_by_name(self) -> Mapping[str, Note]:
        """Notes by title and alias, case folded; the first of two wins."""
        names: dict[str, Note] = {}
        for note in self.by_slug.values():
            for name in (note.meta.title, *note.meta.aliases):
                names.setdefault(name.casefold(), note)
        return names

    @cached_property
    def topic_by_slug(self) -> Mapping[str, Note]:
        return _first_of_each((topic.slug, topic) for topic in self.topics)

    @cached_property
    def by_citekey(self) -> Mapping[str, Entry]:
        """Entries by citekey; the first of two wins."""
        return _first_of_each((entry.citekey, entry) for entry in self.entries)

    @cached_property
    def translation_of(self) -> Mapping[tuple[str, Place, str], Translation]:
        """Translations by language, place and slug."""
        return _first_of_each(((t.lang, t.place, t.slug), t) for t in self.translations)

    @cached_property
    def originals(self) -> tuple[Note, ...]:
        """Every text of the first language: home, topics, notes."""
        return (*((self.home,) if self.home else ()), *self.topics, *self.notes)

    @cached_property
    def by_path(self) -> Mapping[str, Note | Translation]:
        """Every text by its path in the vault."""
        return {document.source.path: document for document in (*self.originals, *self.translations)}

    def original_of(self, translation: Translation) -> Note | None:
        if translation.place is Place.HOME:
            return self.home
        return (self.by_slug if translation.place is Place.NOTE else self.topic_by_slug).get(translation.slug)


def _first_of_each(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, Value]:
    """The pairs as a mapping, in their order; of two with one key the first wins."""
    found: dict[Key, Value] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def load(
    config: Config, progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Library, tuple[Fault, ...]]:
    """Read the vault, each file once. O(size); never raises for what the files hold.

    `progress` hears how many texts of those that no cache knows are read.
    """
    faults: list[Fault] = []
    documents: list[Note | Translation] = []
    sources: list[Source] = []
    files: dict[str, int] = {}
    notes = config.notes.relative_to(config.root).as_posix()
    for file in _walk(_File(str(config.notes), notes, 0), faults):
        if file.name.endswith(".md"):
            source = _source(file, LARGEST_NOTE, faults)
            if source is not None:
                sources.append(source)
        else:
            files[file.name.removeprefix(f"{notes}/")] = file.size
            if file.name.lower().endswith(".svg"):
                faults += _svg_faults(file)
    whats = [_what(config, source) for source in sources]
    texts = [Written(source, what.translated) for source, what in zip(sources, whats, strict=True)]
    shelves: list[tuple[Source, tuple[Entry, ...]]] = []
    readings = read_texts(texts, progress, lambda: shelves.append(_bibliography(config, faults)))
    ((bibliography, entries),) = shelves
    for source, what, reading in zip(sources, whats, readings, strict=True):
        documents.append(what.document(source, reading))
        faults += reading.faults
    originals = [document for document in documents if isinstance(document, Note)]
    homes = [note for note in originals if note.place is Place.HOME]
    library = Library(
        tuple(note for note in originals if note.place is Place.NOTE),
        tuple(note for note in originals if note.place is Place.TOPIC),
        homes[0] if homes else None,
        tuple(document for document in documents if isinstance(document, Translation)),
        entries,
        bibliography,
        files,
    )
    return library, tuple(faults)


def keep_last_good(now: Library, before: Library, broken: Collection[str]) -> Library:
    """`now`, with the texts at the paths `broken` as they were `before`, where they were there."""

    def kept(documents: tuple[Document, ...]) -> tuple[Document, ...]:
        return tuple(
            old
            if document.source.path in broken and isinstance(old := earlier.get(document.source.path), type(document))
            else document
            for document in documents
        )

    earlier = before.by_path
    home = kept((now.home,))[0] if now.home else None
    return replace(now, notes=kept(now.notes), topics=kept(now.topics), home=home, translations=kept(now.translations))


def read_document(config: Config, source: Source) -> tuple[Note | Translation, list[Fault]]:
    """One Markdown file, whose path tells what it is, and what in it could not be read."""
    what = _what(config, source)
    reading = read_text(Written(source, what.translated))
    return what.document(source, reading), list(reading.faults)


class _What(NamedTuple):
    """What a Markdown file is, as its path tells."""

    slug: str
    place: Place
    lang: str
    translated: bool

    def document(self, source: Source, reading: Reading) -> Note | Translation:
        kind = Translation if self.translated else Note
        return kind(self.slug, self.place, self.lang, source, reading)


def _what(config: Config, source: Source) -> _What:
    parts = source.path.split("/")[1:]
    lang = config.language
    if len(parts) > 1 and parts[0] in config.languages[1:]:
        lang, parts = parts[0], parts[1:]
    place = Place.NOTE
    if parts == ["index.md"]:
        place = Place.HOME
    elif parts[0] == "topics" and len(parts) > 1:
        place = Place.TOPIC
    return _What(parts[-1].removesuffix(".md"), place, lang, lang != config.language)


class _File(NamedTuple):
    """A file; its `name` is its path in the vault."""

    path: str
    name: str
    size: int


def _walk(folder: _File, faults: list[Fault]) -> Iterator[_File]:
    """The regular files below a folder in a fixed order. Links are reported, not followed: they may lead anywhere."""

    def fault(name: str, message: str, help: str) -> None:
        faults.append(Fault("unreadable-file", Source(name, "").at(0), message, help))

    def listing(path: str, name: str) -> list[tuple[os.DirEntry[str], str]]:
        try:
            with os.scandir(path) as items:
                visible = [(item, f"{name}/{item.name}") for item in items if not item.name.startswith(".")]
        except FileNotFoundError:
            return []  # a vault without notes is a bibliography, and folders may go away meanwhile
        except OSError as error:
            fault(name, f"this folder cannot be read: {error.strerror}", "give yourself the right to read it")
            return []
        return sorted(visible, key=lambda found: found[1], reverse=True)

    waiting = listing(folder.path, folder.name)
    while waiting:
        item, name = waiting.pop()
        if item.is_symlink():
            fault(name, "a symbolic link is not followed", "put the file itself here")
        elif item.is_dir():
            waiting += listing(item.path, name)
        else:
            with suppress(FileNotFoundError):
                status = item.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    yield _File(item.path, name, status.st_size)
                else:
                    fault(name, "this is no regular file", "remove it")


def _source(file: _File, largest: int, faults: list[Fault]) -> Source | None:
    """The text of a file; None, with a fault, where there is none to be had."""
    shown = Source(file.name, "")
    if file.size > largest:
        faults.append(
            Fault("unreadable-file", shown.at(0), f"this file is larger than {largest // 1_000_000} MB", "split it")
        )
        return None
    try:
        data = Path(file.path).read_bytes()
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        faults.append(Fault("unreadable-file", shown.at(0), message, "give yourself the right to read it"))
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0\0" in data[:64] or data.count(b"\0", 0, 512) > 16:
        what = "is UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "is not UTF-8 text"
        faults.append(Fault("not-utf-8", shown.at(0), f"this file {what}", "save it as UTF-8"))
        return None
    try:
        return Source(shown.path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = Source(shown.path, data.decode("utf-8", "replace"))
        at = len(data[: error.start].decode("utf-8", "replace"))
        message = f"the byte 0x{data[error.start]:02X} here is not UTF-8"
        faults.append(Fault("not-utf-8", source.at(at, at + 1), message, "save the file as UTF-8"))
        return source


def _svg_faults(file: _File) -> list[Fault]:
    """What keeps an SVG from being published."""
    faults: list[Fault] = []
    source = _source(file, LARGEST_NOTE, faults)
    reason = svg_fault(source.text) if source is not None else None
    if source is not None and reason is not None:
        message = f"this SVG is not published: it holds {reason}"
        faults.append(Fault("unsafe-image", source.at(0), message, "save it as plain shapes and text"))
    return faults


def _bibliography(config: Config, faults: list[Fault]) -> tuple[Source, tuple[Entry, ...]]:
    path = config.bibliography
    empty = Source("papers.bib", "")
    try:
        status = path.lstat()
    except OSError:
        faults.append(Fault("unreadable-file", empty.at(0), "there is no papers.bib", "make one, even an empty one"))
        return empty, ()
    if not stat.S_ISREG(status.st_mode):
        faults.append(
            Fault("unreadable-file", empty.at(0), "papers.bib is no regular file", "put the file itself here")
        )
        return empty, ()
    source = _source(_File(str(path), empty.path, status.st_size), LARGEST_BIBLIOGRAPHY, faults)
    if source is None:
        return empty, ()
    read = recall_bibliography(path, source)
    faults += read.faults
    return source, read.entries
