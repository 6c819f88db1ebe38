"""Text and places in it: sources, spans, positions, edits. Knows nothing of notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# No text means them: control characters but tab and line ends, noncharacters, lone surrogates.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Span(NamedTuple):
    """Half-open range of character offsets in one text."""

    start: int
    end: int


class Position(NamedTuple):
    """Line and column as people count them, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Source:
    """One file as it was read; `path` is POSIX and relative to the vault."""

    path: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        starts = [0]
        find, at = self.text.find, self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """The line and column of an offset; offsets past the end count as the end. O(log lines)."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The inverse of `position`; a column past the line's end is the line's end."""
        line = max(1, min(position.line, len(self.line_starts)))
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return min(start + max(0, position.column - 1), end)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def at(self, start: int, end: int | None = None) -> Location:
        return Location(self, Span(start, start if end is None else end))


@dataclass(frozen=True)
class Location:
    """A span in a source; it becomes line and column only when it is shown."""

    source: Source
    span: Span

    @property
    def text(self) -> str:
        return self.source.text[self.span.start : self.span.end]

    @property
    def start(self) -> Position:
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        return self.source.position(self.span.end)


class Edit(NamedTuple):
    """Replace what stands at `span` by `replacement`."""

    span: Span
    replacement: str


class OverlappingEditsError(ValueError):
    """Two edits want the same characters."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits, all told in offsets of `text`, in any order. O(n log n) in their number.

    Raises OverlappingEditsError if two edits share a character.
    """
    done: list[str] = []
    cursor = 0
    for span, replacement in sorted(edits):
        if span.start < cursor:
            raise OverlappingEditsError(f"edits overlap at offset {span.start}")
        done += (text[cursor : span.start], replacement)
        cursor = span.end
    done.append(text[cursor:])
    return "".join(done)
