"""What earlier runs made, by the hash of what they made it from: plain values in a file of the user's cache folder.

The cache lies there and never in a vault: a pull request must not be able to bring one. It is content-addressed and
versioned, so it may be deleted at any time and shared by runs at the same time.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

DAY, KEPT_DAYS, NOTED_DAYS = 86_400, 30, 3
SUM = 4
SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL, day INTEGER NOT NULL)"
BROKEN = (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError, KeyError, ImportError)


def cache_folder() -> Path | None:
    """Where papernotes keeps what it can make anew; PAPERNOTES_CACHE names another folder, and none if it is empty."""
    named = os.environ.get("PAPERNOTES_CACHE")
    if named == "":
        return None
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(named or Path(home) / "papernotes")


@cache
def version_of(*files: Path) -> str:
    """A hash of this code, of the packages that are installed beside it, and of the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    digest.update("\n".join(sorted(_installed())).encode())
    return digest.hexdigest()[:16]


def _installed() -> Iterable[str]:
    """The names and versions of the packages; importlib.metadata takes longer than all else that a warm run does."""
    for folder in sys.path:
        with suppress(OSError):
            names = [item.name for item in os.scandir(folder or ".")]
            yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


class _PlainUnpickler(pickle.Unpickler):
    """Makes texts, numbers, tuples, lists, mappings and these classes alone, so that a forged cache can run nothing."""

    def __init__(self, data: bytes, classes: Iterable[type]) -> None:
        super().__init__(io.BytesIO(data))
        self._classes = classes

    def find_class(self, module: str, name: str) -> Any:
        for known in self._classes:
            if (known.__module__, known.__name__) == (module, name):
                return known
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache")


def packed(value: object) -> bytes:
    """A plain value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes, classes: Iterable[type] = ()) -> Any:
    """The value of plain values and these classes that these bytes are; raises one of BROKEN for others."""
    return _PlainUnpickler(data, classes).load()


class Cache:
    """The cache file of one kind of values, made by one version of the code."""

    def __init__(self, name: str, version: str) -> None:
        folder = cache_folder()
        self.path = folder / f"{name}-{version}.sqlite" if folder else None
        self._name = name
        self._old: list[bytes] = []

    def recall(self, keys: Sequence[bytes]) -> dict[bytes, Any]:
        """What is known of these keys; of a cache that cannot be read, or of a value that is spoilt, nothing."""
        found: dict[bytes, Any] = {}
        if self.path is None or not _is_file(self.path):
            return found
        noted = _today() - NOTED_DAYS
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as base:
                for start in range(0, len(keys), 500):
                    part = keys[start : start + 500]
                    places = ",".join("?" * len(part))
                    query = f"SELECT key, value, day FROM kept WHERE key IN ({places})"  # noqa: S608  # question marks
                    for key, value, day in base.execute(query, part):
                        with suppress(*BROKEN):
                            if zlib.crc32(memoryview(value)[SUM:]) == int.from_bytes(value[:SUM], "big"):
                                found[key] = unpacked(value[SUM:])
                                if day < noted:
                                    self._old.append(key)
        except sqlite3.OperationalError:
            return {}  # another run has it, or it may not be opened here
        except (sqlite3.DatabaseError, TypeError):
            for spoilt in (self.path, *(self.path.with_name(f"{self.path.name}-{part}") for part in ("wal", "shm"))):
                with suppress(OSError):
                    spoilt.unlink()
            return {}
        return found

    def remember(self, fresh: Mapping[bytes, object]) -> None:
        """Add what is new, note what was recalled, forget what nobody used for a month. A full disk costs only this."""
        if self.path is None or not (fresh or self._old):
            return
        # One by one, since all of them take as much memory as what they are made from.
        rows = ((key, _summed(packed(value)), _today()) for key, value in fresh.items())
        with suppress(sqlite3.Error, OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=5)) as base, base:
                base.execute("PRAGMA journal_mode=WAL")
                base.execute("PRAGMA synchronous=NORMAL")
                base.execute(SCHEMA)
                base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
                base.executemany("UPDATE kept SET day = ? WHERE key = ?", ((_today(), key) for key in self._old))
                base.execute("DELETE FROM kept WHERE day < ?", (_today() - KEPT_DAYS,))
            for other in self.path.parent.glob(f"{self._name}-*.sqlite*"):
                unused = time.time() - other.stat().st_mtime > KEPT_DAYS * DAY
                if unused and not other.name.startswith(self.path.name):
                    other.unlink()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _summed(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(SUM, "big") + data


def _today() -> int:
    return int(time.time()) // DAY
