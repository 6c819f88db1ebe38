"""Files to be put in place together → a note of it in the vault, by which the work of a killed process is finished."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, cast

from papernotes.writing import write, write_bytes

NAME, VERSION = "journal", 1
READY = re.compile(r"[A-Za-z0-9_]+\.tmp")


class SpoiltError(OSError):
    """A file changed after the process that was to write it was killed: only its author knows what it shall be."""

    def __init__(self, path: Path, scratch: Path) -> None:
        told = (
            "changed after a command was killed that was about to write it; "
            f"remove {scratch} to keep every file as it is now"
        )
        super().__init__(0, told, str(path))


class Step(NamedTuple):
    """A file of the vault that gets its new content from `ready` in the scratch folder or, where that is empty, goes.

    `before` and `after` are digests of its content, empty where there is no file.
    """

    path: str
    ready: str
    before: str
    after: str


def note_down(root: Path, scratch: Path, steps: Iterable[Step]) -> None:
    """From now on these steps will be done, by whomever. Where that cannot be promised, nothing is written."""
    document = [step._asdict() for step in steps]
    if all(_is_ours(root, scratch, Step(**step)) for step in document):
        write(scratch / NAME, json.dumps({"version": VERSION, "steps": document}))


def is_noted(scratch: Path) -> bool:
    """Whether a process is putting files in place, or was killed while it did."""
    return (scratch / NAME).is_file()


def forget(scratch: Path) -> None:
    """The steps are done, or undone."""
    (scratch / NAME).unlink(missing_ok=True)


def finish(root: Path, scratch: Path) -> tuple[str, ...]:
    """Do what is left of the noted steps; returns the paths that changed. To be called by the only writer.

    Raises SpoiltError if a file is neither what it was nor what it was to become; then nothing is touched.
    """
    steps = [step for step in _read(root, scratch) if _is_left(root, scratch, step)]
    for step in steps:
        if _digest_at(root / step.path) not in (step.before, step.after):
            raise SpoiltError(root / step.path, scratch)
    for step in steps:
        path = root / step.path
        if step.ready:
            put(scratch / step.ready, path)
        else:
            remove(path, (root / other.path for other in steps if other.ready))
    forget(scratch)
    return tuple(step.path for step in steps)


def put(ready: Path, path: Path) -> None:
    """Put a file that was made ready in its place, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        ready.replace(path)
    except OSError:
        # Another file system begins below the vault's folder.
        write_bytes(path, ready.read_bytes())
        ready.unlink()


def remove(path: Path, written: Iterable[Path]) -> None:
    """Remove a file, unless it is one of those just written: where letters' case does not count, two names are one."""
    if path.exists() and not any(
        path.samefile(other) for other in written if other.name.casefold() == path.name.casefold() and other.exists()
    ):
        path.unlink()


def digest(data: bytes | None) -> str:
    """What tells one content of a file from every other; empty where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _digest_at(path: Path) -> str:
    return digest(path.read_bytes() if path.is_file() else None)


def _is_left(root: Path, scratch: Path, step: Step) -> bool:
    return (scratch / step.ready).is_file() if step.ready else (root / step.path).is_file()


def _read(root: Path, scratch: Path) -> Sequence[Step]:
    """The noted steps. What did not come from us is no promise: such a journal is as good as none."""
    try:
        document: Any = json.loads((scratch / NAME).read_text(encoding="utf-8"))
        written = cast("list[dict[str, Any]]", document["steps"] if document["version"] == VERSION else [])
        steps = [Step(*(str(step[name]) for name in Step._fields)) for step in written]
        return steps if all(_is_ours(root, scratch, step) for step in steps) else ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _is_ours(root: Path, scratch: Path, step: Step) -> bool:
    """A vault from elsewhere may bring a journal: it must reach nothing outside, and nothing hidden such as .git."""
    if step.ready and (not READY.fullmatch(step.ready) or (scratch / step.ready).is_symlink()):
        return False
    path, home = root / PurePosixPath(step.path), root.resolve()
    inside = path.parent.resolve()
    if not step.path or not inside.is_relative_to(home):
        return False
    return not any(part.startswith(".") for part in (*inside.relative_to(home).parts, path.name))
