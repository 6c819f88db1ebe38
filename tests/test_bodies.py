"""The cache of bodies: it changes nothing, may be lost or spoilt, and can run nothing."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from papernotes import bodies
from papernotes.bodies import Text, read_bodies
from papernotes.markdown import read_body

TEXTS = [Text(f"## Part {n}\n\nSee [@key{n}, §{n}] and [there](n{n}.md).\n", 0) for n in range(5)]
EXPECTED = [read_body(*text) for text in TEXTS]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERNOTES_CACHE", str(tmp_path / "cache"))


def the_cache() -> Path:
    path = bodies.cache_file()
    assert path is not None
    return path


def test_a_second_reading_gives_the_same_and_reads_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_bodies(TEXTS) == EXPECTED
    monkeypatch.setattr(bodies, "read_body", lambda *_: pytest.fail("read again"))
    assert read_bodies(TEXTS) == EXPECTED


def test_only_what_changed_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    read_bodies(TEXTS)
    seen: list[str] = []
    monkeypatch.setattr(bodies, "read_body", lambda text, start: seen.append(text) or read_body(text, start))
    changed = Text("Other [@key9].\n", 0)
    assert read_bodies([*TEXTS, changed])[-1] == read_body(*changed)
    assert seen == [changed.text]


def test_a_spoilt_cache_is_thrown_away() -> None:
    read_bodies(TEXTS)
    the_cache().write_bytes(b"no database")
    assert read_bodies(TEXTS) == EXPECTED
    assert read_bodies(TEXTS) == EXPECTED


class Hostile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def test_a_forged_cache_runs_nothing(tmp_path: Path) -> None:
    read_bodies(TEXTS)
    mark = tmp_path / "ran"
    with sqlite3.connect(the_cache()) as base:
        base.execute("UPDATE bodies SET body = ?", (pickle.dumps(Hostile(mark)),))
    base.close()
    assert read_bodies(TEXTS) == EXPECTED
    assert not mark.exists()


def test_without_a_cache_everything_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERNOTES_CACHE", "")
    assert bodies.cache_file() is None
    assert read_bodies(TEXTS) == EXPECTED


def test_many_texts_are_read_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "WORTH_PROCESSES", 2)
    progress: list[tuple[int, int]] = []
    assert read_bodies(TEXTS, lambda done, of: progress.append((done, of))) == EXPECTED
    assert progress[-1] == (5, 5)
