"""Bodies read on every core, and bodies as bytes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes import bodies
from papernotes.bodies import Text, packed_body, read_bodies, unpacked_body
from papernotes.markdown import read_body

TEXTS = [Text(f"## Part {n}\n\nSee [@key{n}, §{n}] and [there](n{n}.md).\n", 0) for n in range(5)]
EXPECTED = [read_body(*text) for text in TEXTS]


def test_bodies_come_in_the_order_of_their_texts() -> None:
    assert read_bodies(TEXTS) == EXPECTED


def test_many_texts_are_read_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "WORTH_PROCESSES", 2)
    progress: list[tuple[int, int]] = []
    assert read_bodies(TEXTS, lambda done, of: progress.append((done, of))) == EXPECTED
    assert progress[-1] == (5, 5)


def test_a_body_comes_back_from_its_bytes() -> None:
    assert [unpacked_body(packed_body(body)) for body in EXPECTED] == EXPECTED


class Hostile:
    """It comes back from its bytes by a call."""

    def __init__(self, call: Callable[..., object], argument: object) -> None:
        self.call, self.argument = call, argument

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object]]:
        return self.call, (self.argument,)


def test_forged_bytes_run_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    for hostile in (Hostile(Path.touch, mark), Hostile(eval, f"open({str(mark)!r}, 'w').close()")):
        assert unpacked_body(pickle.dumps(hostile)) is None
        assert not mark.exists()


@pytest.mark.parametrize("data", [b"", b"no body", pickle.dumps("no body"), packed_body(EXPECTED[0])[:-9]])
def test_other_bytes_are_no_body(data: bytes) -> None:
    assert unpacked_body(data) is None
