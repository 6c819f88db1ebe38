"""The progress bar: on a terminal after a second, and nowhere else."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from papernotes import progress
from papernotes.cli import main
from papernotes.progress import passing_line, progress_bar
from replay_server import serving

TESTS = Path(__file__).parent


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


def test_a_copy_of_the_process_does_not_draw_over_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    step = progress_bar("reading")
    monkeypatch.setattr("os.getpid", lambda: -1)
    step(10, 10)
    assert stream.getvalue() == ""


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(Terminal(), monkeypatch, 60) == ""


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_files_pipes_and_those_who_want_quiet_see_nothing(
    stream: io.StringIO, quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn(stream, monkeypatch, 0, quiet=quiet) == ""


def test_a_passing_line_takes_the_place_of_the_last_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, seen in ((Terminal(), "\r\x1b[Kasking A …\r\x1b[K"), (io.StringIO(), "")):
        monkeypatch.setattr("sys.stderr", stream)
        show = passing_line()
        show("asking A …")
        show("")
        assert stream.getvalue() == seen


COMMANDS = {
    "check": "checking [",
    "rename transformer attention": "writing files [",
    "diff HEAD": "checking of HEAD [",
    "import ../imports/obsidian/vault": "turning texts into notes [",
    "import ../imports/obsidian": "reading files [",
    "new 2305.18290": "asking arXiv …\r\x1b[K",
    "import ../imports/collection/reading.md --fetch": "asking the services [",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_may_take_long_says_how_far_it_is(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TESTS / "imports", tmp_path / "imports")
    vault = shutil.copytree(TESTS / "transcripts" / "vault", tmp_path / "vault")
    for arguments in ("init -q", "add .", "-c user.name=A -c user.email=a@example.com commit -qm new"):
        subprocess.run(["git", *arguments.split()], cwd=vault, check=True)
    monkeypatch.chdir(vault)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with serving() as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        for option, stream in (("-q", Terminal()), ("", io.StringIO()), ("", Terminal())):
            monkeypatch.setattr("sys.stderr", stream)
            main([*command.split(), *option.split()])
            assert (COMMANDS[command] in stream.getvalue()) == (stream.isatty() and not option)
            subprocess.run(["git", "checkout", "-q", "."], cwd=vault, check=True)
            subprocess.run(["git", "clean", "-fdq"], cwd=vault, check=True)
