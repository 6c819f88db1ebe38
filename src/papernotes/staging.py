"""Several files of a vault → disk together: made ready aside, then put in place one by one, by one writer at a time."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Collection, Generator, Mapping
from pathlib import Path

from papernotes import journal
from papernotes.journal import Step, digest
from papernotes.progress import Bar

SCRATCH = ".papernotes"


@contextlib.contextmanager
def only_writer(root: Path) -> Generator[tuple[str, ...]]:
    """Wait until no other process writes to the vault, and keep others waiting. The lock dies with its process.

    What a killed process left undone is done first; yields the paths that this changed.
    """
    folder = root / SCRATCH
    lock = _lock(folder)
    try:
        finished = journal.finish(root, folder)
        for left in folder.glob("*.tmp"):
            # A writer was killed before it had made all ready.
            left.unlink()
        yield finished
    finally:
        with contextlib.suppress(OSError):
            (folder / "lock").unlink()
            folder.rmdir()
        os.close(lock)


def finish_interrupted(root: Path) -> tuple[str, ...]:
    """Finish what a killed process began to put in place; returns the paths that changed. Costs nothing otherwise."""
    if not journal.is_noted(root / SCRATCH):
        return ()
    with only_writer(root) as finished:
        return finished


def _lock(folder: Path) -> int:
    while True:
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "this must be a folder, and is a link", str(folder))
        folder.mkdir(exist_ok=True)
        try:
            handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            # Its last user has just removed the folder.
            continue
        _wait_for(handle)
        with contextlib.suppress(OSError):
            if (folder / "lock").stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _wait_for(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _wait_for(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


def write_together(
    root: Path, files: Mapping[Path, bytes], gone: Collection[Path] = (), progress: Bar | None = None
) -> None:
    """Write files in their order and then remove those that are `gone`: all of it, or nothing.

    To be called by the `only_writer`. A process killed before all files are ready has changed nothing; the work of one
    killed later is finished by the next `only_writer`. Raises OSError; then everything is as it was.
    """
    folder = root / SCRATCH
    staged: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.is_file() else None for path in (*files, *gone)}
    try:
        for path, data in files.items():
            staged[path] = _stage(folder, path, data)
            if progress:
                progress(len(staged), len(files))
        writes = [_step(root, path, staged[path].name, before[path], data) for path, data in files.items()]
        journal.note_down(root, folder, [*writes, *(_step(root, path, "", before[path], None) for path in gone)])
        try:
            for path, ready in staged.items():
                journal.put(ready, path)
            for path in gone:
                journal.remove(path, files)
        except BaseException:
            _undo(folder, before)
            raise
    finally:
        journal.forget(folder)
        for ready in staged.values():
            ready.unlink(missing_ok=True)


def _step(root: Path, path: Path, ready: str, old: bytes | None, new: bytes | None) -> Step:
    return Step(path.relative_to(root).as_posix(), ready, digest(old), digest(new))


def _undo(folder: Path, before: Mapping[Path, bytes | None]) -> None:
    """Put back what stood there before a disk refused the rest, or somebody pressed Ctrl-C."""
    for path, data in before.items():
        if data is None:
            path.unlink(missing_ok=True)
    for path, data in before.items():
        if data is not None and not (path.is_file() and path.read_bytes() == data):
            journal.put(_stage(folder, path, data), path)


def _stage(folder: Path, path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)
