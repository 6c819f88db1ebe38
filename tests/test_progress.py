"""The progress bar: on a terminal after a second, and nowhere else."""

from __future__ import annotations

import io

import pytest

from papernotes import progress
from papernotes.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, patience: float, *, quiet: bool = False) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    step = progress_bar("reading", quiet=quiet)
    for done in range(1, 11):
        step(done, 10)
    return stream.getvalue()


def test_a_terminal_sees_the_last_step_and_then_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(Terminal(), monkeypatch, 0)
    assert "reading [##" in shown
    assert shown.endswith("10/10\r\x1b[K")


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(Terminal(), monkeypatch, 60) == ""


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_files_pipes_and_those_who_want_quiet_see_nothing(
    stream: io.StringIO, quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn(stream, monkeypatch, 0, quiet=quiet) == ""
