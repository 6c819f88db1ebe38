"""Many texts → their bodies: from the cache where a text was read before, else read anew, on every core.

The cache lies in the user's own cache folder, never in a vault: a pull request must not be able to bring one. It is
content-addressed and versioned, so it may be deleted at any time and shared by runs at the same time.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from functools import cache
from importlib.metadata import version
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from papernotes import citations, limits, markdown, marks, model, rendering, text
from papernotes.markdown import read_body
from papernotes.model import Body

WORTH_PROCESSES = 300
CHUNK = 40
DAY, KEPT_DAYS = 86_400, 30
SCHEMA = (
    "CREATE TABLE IF NOT EXISTS bodies (key BLOB PRIMARY KEY, body BLOB NOT NULL, day INTEGER NOT NULL) WITHOUT ROWID"
)


class Text(NamedTuple):
    """The text of a file and where its body begins."""

    text: str
    start: int


def read_bodies(texts: Sequence[Text], progress: Callable[[int, int], None] | None = None) -> list[Body]:
    """The bodies of these texts, in their order. `progress` hears how many of those to be read are done."""
    keys = [_key(item) for item in texts]
    path = cache_file()
    known = _recall(path, keys) if path else {}
    missing = [number for number, key in enumerate(keys) if key not in known]
    fresh: dict[bytes, Body] = {}
    for done, (number, body) in enumerate(zip(missing, _read([texts[n] for n in missing]), strict=True), 1):
        fresh[keys[number]] = body
        if progress is not None:
            progress(done, len(missing))
    if path:
        _remember(path, fresh, known)
    return [known[key] if key in known else fresh[key] for key in keys]


def _read(texts: Sequence[Text]) -> Iterable[Body]:
    workers = min(os.cpu_count() or 1, len(texts) // WORTH_PROCESSES + 1)
    if workers == 1:
        yield from starmap(read_body, texts)
        return
    # Forked children would share locks and sockets of whatever runs us (a live server, an editor's).
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read_one, texts, chunksize=CHUNK)


def _read_one(item: Text) -> Body:
    return read_body(*item)


def cache_folder() -> Path | None:
    """Where papernotes keeps what it can make anew; PAPERNOTES_CACHE names another folder, and none if it is empty."""
    named = os.environ.get("PAPERNOTES_CACHE")
    if named == "":
        return None
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(named or Path(home) / "papernotes")


def cache_file() -> Path | None:
    """The cache of bodies, of this version of the reader."""
    folder = cache_folder()
    return folder / f"bodies-{_reader_version()}.sqlite" if folder else None


@cache
def _reader_version() -> str:
    """A hash of everything that decides what a text's body is."""
    digest = hashlib.sha256()
    for module in (citations, limits, marks, rendering, markdown, model, text):
        digest.update(Path(str(module.__file__)).read_bytes())
    for name in ("markdown", "pymdown-extensions"):
        digest.update(version(name).encode())
    return digest.hexdigest()[:16]


def _key(item: Text) -> bytes:
    return hashlib.sha256(f"{item.start}\n".encode() + item.text.encode("utf-8", "surrogatepass")).digest()


class _BodyUnpickler(pickle.Unpickler):
    """Makes values of our own model and nothing else, so that a forged cache can run nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if module in ("papernotes.model", "papernotes.text") and name.isidentifier() and name[0].isupper():
            return super().find_class(module, name)
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache")


def _recall(path: Path, keys: Sequence[bytes]) -> dict[bytes, Body]:
    """What the cache knows of these keys; a cache that cannot be read knows nothing."""
    found: dict[bytes, Body] = {}
    if not path.is_file():
        return found
    try:
        with closing(sqlite3.connect(path, timeout=5)) as base:
            for start in range(0, len(keys), 500):
                part = keys[start : start + 500]
                places = ",".join("?" * len(part))
                query = f"SELECT key, body FROM bodies WHERE key IN ({places})"  # noqa: S608  # question marks only
                for key, blob in base.execute(query, part):
                    body = _BodyUnpickler(io.BytesIO(blob)).load()
                    if isinstance(body, Body):
                        found[key] = body
    except (sqlite3.Error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError):
        with suppress(OSError):
            path.unlink()
        return {}
    return found


def _remember(path: Path, fresh: dict[bytes, Body], known: dict[bytes, Body]) -> None:
    """Add what is new, note what was used, forget what nobody used for a month. A full disk costs only the cache."""
    today = int(time.time()) // DAY
    if not fresh and path.is_file() and time.time() - path.stat().st_mtime < DAY:
        return
    with suppress(sqlite3.Error, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=5)) as base, base:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute(SCHEMA)
            rows = ((key, pickle.dumps(body, protocol=5), today) for key, body in fresh.items())
            base.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)", rows)
            base.executemany("UPDATE bodies SET day = ? WHERE key = ?", ((today, key) for key in known))
            base.execute("DELETE FROM bodies WHERE day < ?", (today - KEPT_DAYS,))
        for other in path.parent.glob("bodies-*.sqlite*"):
            if not other.name.startswith(path.name) and time.time() - other.stat().st_mtime > KEPT_DAYS * DAY:
                other.unlink()
