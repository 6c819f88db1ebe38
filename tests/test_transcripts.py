"""Transcripts under tests/transcripts: every `$ command` runs in a copy of the vault beside them and says the same.

Lines that begin with % are remarks. An exit code other than 0 stands below the output as [exit N]. The services are
replayed by replay_server.py. `pytest --update` rewrites what differs.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes.cli import main
from replay_server import serving

TRANSCRIPTS = Path(__file__).parent / "transcripts"
BEFORE_COMMANDS = re.compile(r"(?m)^(?=\$ |% )")


def run(command: str) -> tuple[int, str]:
    """What a command says, and its exit code. Ours run in this process, which saves starting Python for each."""
    if not command.startswith("papernotes ") or "|" in command:
        done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(shlex.split(command)[1:])
    return code, said.getvalue()


@pytest.mark.parametrize("path", sorted(TRANSCRIPTS.glob("*.txt")), ids=lambda path: path.stem)
def test_transcript(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(shutil.copytree(TRANSCRIPTS / "vault", tmp_path / "vault"))
    shutil.copytree(TRANSCRIPTS.parent / "imports", tmp_path / "imports")
    shown: list[str] = []
    with serving() as services:
        places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        fixed = {"PATH": places, "SOURCE_DATE_EPOCH": "1795132800", "COLUMNS": "100"}
        for name, value in {**services.environment, **fixed}.items():
            monkeypatch.setenv(name, value)
        for part in BEFORE_COMMANDS.split(path.read_text(encoding="utf-8")):
            command = part.partition("\n")[0]
            if not command.startswith("$ "):
                shown.append(part)
                continue
            code, said = run(command[2:])
            ended = f"[exit {code}]\n" if code else ""
            shown.append(f"{command}\n{said.replace(str(tmp_path), '…')}{ended}\n")
    same_as(path, "".join(shown).rstrip("\n") + "\n")


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
