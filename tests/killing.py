"""Run a command over and over, killed by SIGKILL at its first, second, third … change of the disk, until it survives.

    python killing.py FOLDER COMMAND…

FOLDER/old is the vault (with whatever stands beside it) and stays as it is; the run that is killed at its nth change
leaves FOLDER/n. A `{vault}` in the command is replaced by the copy. Python's audit events tell of the changes: files
that are opened to be written, made, renamed, removed, and folders.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from papernotes.cli import main
from papernotes.commands import COMMANDS
from papernotes.commands.parser import Commands

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "tempfile.mkstemp"}


def die_at(step: int) -> None:
    """Kill this process when it is about to change the disk for the `step`th time."""
    seen = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if event in CHANGES or writes:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


def killed_at(folder: Path, step: int, command: list[str]) -> bool:
    """Whether the command was killed; a command that ends by itself must end well."""
    vault = folder / str(step)
    shutil.copytree(folder / "old", vault, symlinks=True)
    child = os.fork()
    if not child:
        os.chdir(vault)
        os.environ["SOURCE_DATE_EPOCH"] = "1795132800"
        die_at(step)
        os._exit(main([part.replace("{vault}", str(vault)) for part in command]))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, f"{command} ended with {os.WEXITSTATUS(status)}"
    return False


if __name__ == "__main__":
    # What is imported later would be compiled onto the disk, and counted.
    sys.dont_write_bytecode = True
    known = Commands()
    for add in COMMANDS:
        add(known)
    step = 1
    while killed_at(Path(sys.argv[1]), step, sys.argv[2:]):
        step += 1
