"""Transcripts under tests/transcripts: every `$ command` runs in a copy of the vault beside them and says the same.

Lines that begin with % are remarks. An exit code other than 0 stands below the output as [exit N]. A command that ends
in & runs on until `$ ^C`; its output is shown up to the line by which it says that it is ready, and the rest below ^C.
The services are replayed by replay_server.py; $PORT is free. `pytest --update` rewrites what differs.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes.cli import main
from papernotes.commands import COMMANDS
from papernotes.commands.parser import Commands
from replay_server import serving

TRANSCRIPTS = Path(__file__).parent / "transcripts"
BEFORE_COMMANDS = re.compile(r"(?m)^(?=\$ |% )")
READY = "Ctrl-C stops"


def run(command: str) -> tuple[int, str]:
    """What a command says, and its exit code. Ours run in this process, which saves starting Python for each."""
    if not command.startswith("papernotes ") or "|" in command:
        done = subprocess.run(
            command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=60
        )
        return done.returncode, done.stdout.decode()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(shlex.split(os.path.expandvars(command))[1:])
    return code, said.getvalue()


class Background:
    """A command that runs on until it is interrupted."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def start(self, command: str) -> tuple[int, str]:
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
        self.process = subprocess.Popen(shlex.split(os.path.expandvars(command)), **options)  # type: ignore[call-overload]
        said = ""
        assert self.process
        assert self.process.stdout
        for line in self.process.stdout:
            said += line
            if READY in line:
                return 0, said
        return self.process.wait(60), said

    def interrupt(self) -> tuple[int, str]:
        assert self.process, "^C without a command that ends in &"
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("path", sorted(TRANSCRIPTS.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(shutil.copytree(TRANSCRIPTS / "vault", tmp_path / "vault"))
    shutil.copytree(TRANSCRIPTS.parent / "imports", tmp_path / "imports")
    shown: list[str] = []
    port, background = str(free_port()), Background()
    with serving() as services, contextlib.ExitStack() as stack:
        stack.callback(background.end)
        places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        fixed = {"PATH": places, "SOURCE_DATE_EPOCH": "1795132800", "COLUMNS": "100", "PORT": port}
        for name, value in {**services.environment, **fixed}.items():
            monkeypatch.setenv(name, value)
        for part in BEFORE_COMMANDS.split(path.read_text(encoding="utf-8")):
            command = part.partition("\n")[0]
            if not command.startswith("$ "):
                shown.append(part)
                continue
            if command == "$ ^C":
                code, said = background.interrupt()
            elif command.endswith(" &"):
                code, said = background.start(command[2:-2])
            else:
                code, said = run(command[2:])
            ended = f"[exit {code}]\n" if code else ""
            said = re.sub(rf"\b{port}\b", "$PORT", said.replace(str(tmp_path), "…"))
            shown.append(f"{command}\n{said}{ended}\n")
    same_as(path, "".join(shown).rstrip("\n") + "\n")


def test_every_command_has_a_transcript() -> None:
    known = Commands()
    for add in COMMANDS:
        add(known)
    told = "\n".join(path.read_text(encoding="utf-8") for path in TRANSCRIPTS.glob("*.txt"))
    assert len(known.names) > 10
    assert [name for name in known.names if f"\n$ papernotes {name}" not in told] == []


def test_the_consoles_of_the_readme_say_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(TRANSCRIPTS / "vault", tmp_path / "vault"))
    readme = (TRANSCRIPTS.parent.parent / "README.md").read_text(encoding="utf-8")
    consoles = re.findall(r"```console\n(.*?)```", readme, re.DOTALL)
    assert consoles
    for console in consoles:
        for part in re.split(r"(?m)^(?=\$ )", console):
            command, _, shown = part.partition("\n")
            if command.startswith("$ "):
                assert run(command[2:])[1].strip() == shown.strip(), command
