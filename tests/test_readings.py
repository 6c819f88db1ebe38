"""The cache of what is read: it changes nothing, may be lost or spoilt, and can run nothing."""

from __future__ import annotations

import pickle
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from papernotes import readings
from papernotes.bodies import Text, begin_bodies
from papernotes.model import Body
from papernotes.readings import Reading, Written, read_text, read_texts
from papernotes.text import Source
from papernotes.workforce import Workforce

FRONT = "---\ntitle: Part {n}\nkind: paper\npapers: [key{n}]\nnonsense: yes\n---\n"
BODY = "\n## Part {n}\n\nSee [@key{n}, §{n}] and [there](n{n}.md).\n"
TEXTS = [Written(Source(f"notes/n{n}.md", (FRONT + BODY).format(n=n))) for n in range(5)]
LONGER = Written(Source("notes/n0.md", f"{TEXTS[0].source.text}One line more.\n"))


def told(reading: Reading) -> tuple[Any, ...]:
    faults = [(f.rule, f.location.source.path, f.location.span, f.message, f.help) for f in reading.faults]
    return reading.meta, reading.where, reading.keys, reading.front, reading.body, reading.face, reading.ties, faults


EXPECTED = [told(read_text(written)) for written in TEXTS]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAPERNOTES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def bodies_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose bodies are read anew."""
    seen: list[str] = []
    begin = begin_bodies

    def watched(texts: Sequence[Text]) -> Workforce[Text, Body]:
        seen.extend(item.text for item in texts)
        return begin(texts)

    monkeypatch.setattr(readings, "begin_bodies", watched)
    return seen


def never(*_: object) -> None:
    pytest.fail("read again")


def read_again() -> list[tuple[Any, ...]]:
    return [told(reading) for reading in read_texts(TEXTS)]


def the_file(cache: Path) -> Path:
    (path,) = cache.glob("texts-*.sqlite")
    return path


def test_a_second_reading_gives_the_same_and_reads_nothing_anew(
    monkeypatch: pytest.MonkeyPatch, bodies_read: list[str]
) -> None:
    assert read_again() == EXPECTED
    bodies_read.clear()
    monkeypatch.setattr(readings, "read_block", never)
    monkeypatch.setattr(readings, "read_body", never)
    assert read_again() == EXPECTED
    assert bodies_read == []


def test_only_what_changed_is_read_anew(bodies_read: list[str]) -> None:
    read_texts(TEXTS)
    bodies_read.clear()
    assert told(read_texts([*TEXTS[1:], LONGER])[-1]) == told(read_text(LONGER))
    assert bodies_read == [LONGER.source.text]


def test_front_matter_above_an_edited_body_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    read_texts(TEXTS)
    monkeypatch.setattr(readings, "read_block", never)
    assert read_texts([LONGER])[0].meta == EXPECTED[0][0]


def test_what_a_text_is_counts() -> None:
    read_texts(TEXTS)
    translated = Written(TEXTS[0].source, translated=True)
    assert told(read_texts([translated])[0]) == told(read_text(translated))


def of(text: str) -> Reading:
    return read_text(Written(Source("notes/n0.md", text)))


def test_prose_is_no_part_of_a_face_nor_of_ties() -> None:
    assert (of(LONGER.source.text).face, of(LONGER.source.text).ties) == (EXPECTED[0][5], EXPECTED[0][6])


@pytest.mark.parametrize(("old", "new"), [("title: Part", "title: Parts"), ("## Part", "## Parts"), ("#", "##")])
def test_what_others_see_of_a_text_is_its_face(old: str, new: str) -> None:
    reading = of(TEXTS[0].source.text.replace(old, new, 1))
    assert reading.face != EXPECTED[0][5]
    assert reading.ties == EXPECTED[0][6]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@key0", "@key1"),
        ("n0.md", "n1.md"),
        ("See", 'See <img src="a.png">'),
        ("See", "```mermaid\nflowchart LR\n  a --> b\n```\n\nSee"),
    ],
)
def test_what_a_text_points_to_are_its_ties(old: str, new: str) -> None:
    reading = of(TEXTS[0].source.text.replace(old, new, 1))
    assert reading.ties != EXPECTED[0][6]
    assert reading.face == EXPECTED[0][5]


def test_a_spoilt_cache_is_thrown_away(cache: Path) -> None:
    read_texts(TEXTS)
    the_file(cache).write_bytes(b"no database")
    assert read_again() == EXPECTED
    assert read_again() == EXPECTED


class Hostile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def summed(value: object) -> bytes:
    data = pickle.dumps(value)
    return zlib.crc32(data).to_bytes(4, "big") + data


SPOIL: list[Callable[[Path], object]] = [
    lambda mark: b"",
    lambda mark: b"no value",
    lambda mark: 7,
    lambda mark: pickle.dumps(("no", "sum")),
    lambda mark: summed(Hostile(mark)),
    lambda mark: summed((1, 2)),
    lambda mark: summed("text"),
    lambda mark: summed(((1, (0, 0), (), b"no meta", b"no places"), (), b"no body", *EXPECTED[0][5:7])),
    lambda mark: summed(
        ((1, (0, 0), (), b"no meta", b"no places"), (), pickle.dumps(Hostile(mark)), *EXPECTED[0][5:7])
    ),
]


@pytest.mark.parametrize("spoil", SPOIL)
def test_a_forged_cache_runs_nothing_and_breaks_nothing(
    cache: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    read_texts(TEXTS)
    mark = tmp_path / "ran"
    with sqlite3.connect(the_file(cache)) as base:
        base.execute("UPDATE kept SET value = ?", (spoil(mark),))
    base.close()
    for reading in read_texts(TEXTS):
        assert reading.meta.title.startswith("Part")
        assert reading.body
    assert not mark.exists()


def test_without_a_cache_everything_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAPERNOTES_CACHE", "")
    assert read_again() == EXPECTED
    assert not list(tmp_path.rglob("*.sqlite"))


def test_what_nobody_used_for_a_month_is_forgotten(cache: Path, bodies_read: list[str]) -> None:
    read_texts(TEXTS)
    with sqlite3.connect(the_file(cache)) as base:
        base.execute("UPDATE kept SET day = day - 20")
    base.close()
    read_texts(TEXTS[:1])  # notes the use of one
    with sqlite3.connect(the_file(cache)) as base:
        base.execute("UPDATE kept SET day = day - 20")
    base.close()
    bodies_read.clear()
    read_texts([Written(Source("notes/other.md", "Other."))])
    read_texts(TEXTS)
    assert bodies_read == ["Other.", *(written.source.text for written in TEXTS[1:])]


@pytest.mark.parametrize("there", ["file", "folder"])
def test_a_cache_that_cannot_be_written_costs_only_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path, there: str
) -> None:
    if there == "file":
        (tmp_path / "file").write_text("no folder")
        monkeypatch.setenv("PAPERNOTES_CACHE", str(tmp_path / "file"))
    else:
        read_again()
        path = the_file(cache)
        path.unlink()
        path.mkdir()
    assert read_again() == EXPECTED
    assert read_again() == EXPECTED


def test_a_foreign_database_is_left_and_used(cache: Path) -> None:
    read_texts(TEXTS)
    path = the_file(cache)
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE other (key)")
    base.close()
    assert read_again() == EXPECTED
    assert read_again() == EXPECTED
