"""A file or folder that somebody names → the texts and pictures in it. Reads; follows no links."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from papernotes.importers.found import Remark
from papernotes.text import Source

TEXTS = frozenset(".md .markdown .bib .ris .json".split())
PICTURES = frozenset(".png .jpg .jpeg .gif .webp .avif .svg".split())
# What tools put beside notes, and what is made from notes.
SKIPPED = frozenset("node_modules themes public _site site resources __pycache__ venv assets_cache".split())
LARGEST = 20_000_000
# JSON that is a bibliography has one of these somewhere near its beginning.
BIBLIOGRAPHIC = ('"issued"', '"itemType"', '"citation-key"')


@dataclass(frozen=True)
class Inbox:
    """What is to be imported: texts and pictures by their path in it, the names at its top, and what was left out."""

    sources: tuple[Source, ...]
    pictures: Mapping[str, Path]
    top: frozenset[str]
    remarks: tuple[Remark, ...]


def collect(path: Path) -> Inbox:
    """Everything in a folder, or one file together with the folder it stands in, for its pictures."""
    remarks: list[Remark] = []
    folder = path if path.is_dir() else path.parent
    if path.is_dir():
        files = sorted(_files(path))
        sources = [_source(file, folder, remarks) for file in files if file.suffix.lower() in TEXTS]
        sources = [source for source in sources if source and _is_wanted(source)]
        shown = [file for file in files if file.suffix.lower() in PICTURES]
        # Obsidian finds a picture by its name alone, wherever it is; a whole path goes before that.
        pictures = {file.name: file for file in reversed(shown)}
        pictures |= {file.relative_to(folder).as_posix(): file for file in shown}
        top = frozenset(item.name for item in path.iterdir())
        return Inbox(tuple(source for source in sources if source), pictures, top, tuple(remarks))
    source = _source(path, folder, remarks)
    top = frozenset({".obsidian"} if any((up / ".obsidian").is_dir() for up in path.resolve().parents) else ())
    return Inbox((source,) if source else (), _Beside(folder), top, tuple(remarks))


class _Beside(Mapping[str, Path]):
    """The pictures of a folder, looked at only where a text names one: the folder may be anybody's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __getitem__(self, name: str) -> Path:
        path = self._folder / name
        inside = path.resolve().is_relative_to(self._folder)
        if inside and path.suffix.lower() in PICTURES and path.is_file() and not path.is_symlink():
            return path
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _files(folder: Path) -> Iterator[Path]:
    for item in os.scandir(folder):
        if item.name.startswith(".") or item.is_symlink():
            continue
        if item.is_dir():
            if item.name not in SKIPPED:
                yield from _files(Path(item.path))
        elif item.is_file():
            yield Path(item.path)


def _is_wanted(source: Source) -> bool:
    return not source.path.endswith(".json") or any(word in source.text[:100_000] for word in BIBLIOGRAPHIC)


def _source(path: Path, folder: Path, remarks: list[Remark]) -> Source | None:
    name = path.relative_to(folder).as_posix()
    if path.stat().st_size > LARGEST:
        remarks.append(Remark(name, f"it is larger than {LARGEST // 1_000_000} MB", lost=True))
        return None
    try:
        return Source(name, path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        remarks.append(Remark(name, "it is not UTF-8 text: save it as UTF-8", lost=True))
        return None
