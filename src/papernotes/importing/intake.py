"""What an import comes to: files, and everything that the one who imports should know. Values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from papernotes.additions import NewEntry
from papernotes.importers.found import Remark
from papernotes.importers.notes import fenced

# Names and texts of fields that have no place in an entry or in front matter.
Left = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choices:
    """What the caller decided: topics of every note, the kind of notes, a skeleton for every work or not."""

    topics: tuple[str, ...] = ()
    kind: str = ""
    notes: bool = False


@dataclass
class Intake:
    """What an import comes to. `files` are in the order in which they make a sound vault at every step."""

    files: dict[Path, bytes] = field(default_factory=dict[Path, bytes])
    entries: list[NewEntry] = field(default_factory=list[NewEntry])
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    present: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    remarks: list[Remark] = field(default_factory=list[Remark])
    left: list[tuple[str, Left]] = field(default_factory=list[tuple[str, Left]])


def left_block(left: Left) -> str:
    """What has no field, as a block of code."""
    return fenced("\n".join(f"{name}: {value}" for name, value in left), "text")
