"""Findings with a fix → the changed texts of their files."""

from __future__ import annotations

import difflib
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from papernotes.diagnostics import Diagnostic
from papernotes.text import Edit, Source, apply_edits


@dataclass(frozen=True)
class Fixed:
    """New texts by source, and the findings whose fix is in them."""

    texts: Mapping[Source, str]
    applied: tuple[Diagnostic, ...]


def fix(diagnostics: Iterable[Diagnostic], *, unsafe: bool = False) -> Fixed:
    """Apply every safe fix (and unsafe ones if asked), each whole or not at all.

    A fix that would touch what an earlier one touches waits for the next round. O(n log n) in the number of edits.
    """
    edits: dict[Source, list[Edit]] = {}
    applied: list[Diagnostic] = []
    for diagnostic in diagnostics:
        proposed = diagnostic.fix
        if proposed is None or not (proposed.safe or unsafe) or not proposed.edits:
            continue
        own = [(change.source, change.edit) for change in proposed.edits]
        if any(_is_taken(edits.get(source, []), edit) for source, edit in own):
            continue
        for source, edit in own:
            insort(edits.setdefault(source, []), edit)
        applied.append(diagnostic)
    return Fixed({source: apply_edits(source.text, own) for source, own in edits.items()}, tuple(applied))


def _is_taken(edits: Sequence[Edit], wanted: Edit) -> bool:
    """Whether an edit shares a character with one of these, or inserts where one begins or ends.

    They are sorted and lie apart, so that only those around its place can meet it.
    """
    after = bisect_left(edits, wanted)
    around = edits[max(0, after - 1) : after + 1]
    return any(wanted.span.start <= other.span.end and other.span.start <= wanted.span.end for other in around)


def difference(source: Source, text: str) -> str:
    """A unified diff from a source to its new text."""
    lines = difflib.unified_diff(
        source.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        f"a/{source.path}",
        f"b/{source.path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
