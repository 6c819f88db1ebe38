"""A vault that is being edited: what is on disk, what an editor holds open, and what both give together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from papernotes.buffers import Buffer, overlay, read_buffer
from papernotes.checking import check
from papernotes.config import Config
from papernotes.diagnostics import Diagnostic
from papernotes.graph import CitationGraph, build_graph
from papernotes.library import Library, load
from papernotes.model import Fault
from papernotes.text import Source


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The vault as saving every open text would leave it."""

    config: Config
    library: Library
    unreadable: tuple[Fault, ...]
    buffers: Mapping[str, Buffer]

    @cached_property
    def graph(self) -> CitationGraph:
        return build_graph(self.library)

    def check(self) -> tuple[Diagnostic, ...]:
        """The findings, computed once."""
        return self.diagnostics

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return check(self.library, self.graph, self.unreadable, self.config)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Every file that was read, by path, as it was read."""
        documents = (*self.library.originals, *self.library.translations)
        sources = (*(document.source for document in documents), self.library.bibliography)
        return {source.path: source for source in sources}


class Desk:
    """Makes snapshots; of the files, only those that changed are read anew."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._disk: tuple[Library, tuple[Fault, ...]] | None = None
        self._latest: Snapshot | None = None

    def snapshot(self, sources: Mapping[str, Source], *, reload: bool = False) -> Snapshot:
        """The vault with these texts in place of the files of the same paths."""
        if self._disk is None or reload:
            self._disk = load(self.config)
        known: Mapping[str, Buffer] = self._latest.buffers if self._latest else {}
        buffers: dict[str, Buffer] = {}
        for path, source in sources.items():
            before = known.get(path)
            buffer = before if before and before.source is source else read_buffer(self.config, source)
            if buffer is not None:
                buffers[path] = buffer
        library, unreadable = overlay(*self._disk, buffers)
        self._latest = Snapshot(self.config, library, unreadable, buffers)
        return self._latest
