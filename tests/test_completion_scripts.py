"""`papernotes completion SHELL`: what the scripts know, and that a shell takes them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from papernotes.cli import main
from papernotes.commands import COMMANDS
from papernotes.commands.completion import SHELLS
from papernotes.commands.parser import Commands

# Where a script lists the commands.
LISTED = {
    "bash": r"(?m)^_shtab_papernotes_subparsers=\((.*)\)$",
    "zsh": r"(?m)^    ([a-z]+):'[A-Z]",
    "fish": r"(?m)^set -g _shtab_papernotes_commands (.*)$",
}


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def names() -> list[str]:
    commands = Commands()
    for add in COMMANDS:
        add(commands)
    return list(commands.names)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_knows_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    assert len(names()) == len(COMMANDS)
    told = re.findall(LISTED[shell], text)
    assert sorted(" ".join(told).split()) == sorted(names())


def test_bash_completes_commands_options_and_choices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "papernotes.bash"
    file.write_text(script("bash", capsys), encoding="utf-8")

    def completed(*words: str) -> list[str]:
        program = (
            f'. "{file}"; COMP_WORDS=({" ".join(words)} ""); COMP_CWORD={len(words)}; '
            f"COMP_WORDS[{len(words) - 1}]={words[-1]}; COMP_CWORD={len(words) - 1}; _shtab_papernotes; "
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert completed("papernotes", "rena") == ["rename"]
    assert completed("papernotes", "check", "--forma") == ["--format"]
    assert "sarif" in completed("papernotes", "check", "--format", "s")


def test_bash_completes_folders_where_one_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "_shtab_papernotes_check___vault_COMPGEN=_shtab_compgen_dirs" in script("bash", capsys).replace('"', "")
