"""Several files of a vault → disk together: made ready aside, then put in place one by one, by one writer at a time."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Collection, Generator, Mapping
from pathlib import Path

from papernotes.writing import write_bytes

SCRATCH = ".papernotes"


@contextlib.contextmanager
def only_writer(root: Path) -> Generator[None]:
    """Wait until no other process writes to the vault, and keep others waiting. The lock dies with its process."""
    folder = root / SCRATCH
    lock = _lock(folder)
    try:
        for left in folder.glob("*.tmp"):
            # A writer was killed before it put these in place.
            left.unlink()
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / "lock").unlink()
            folder.rmdir()
        os.close(lock)


def _lock(folder: Path) -> int:
    while True:
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


def write_together(root: Path, files: Mapping[Path, bytes], gone: Collection[Path] = ()) -> None:
    """Write files in their order, each whole or not at all; nothing is in place before all are ready. `gone` go last.

    To be called by the `only_writer`. A process killed in between leaves the first of them written. Raises OSError.
    """
    folder = root / SCRATCH
    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            staged[path] = _stage(folder, path, data)
        for path, ready in staged.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                ready.replace(path)
            except OSError:
                # Another file system begins below the vault's folder.
                write_bytes(path, files[path])
        for path in gone:
            # Where letters' case does not count, a new name may be the old one.
            if not any(path.samefile(other) for other in files if other.name.casefold() == path.name.casefold()):
                path.unlink()
    finally:
        for ready in staged.values():
            ready.unlink(missing_ok=True)


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
