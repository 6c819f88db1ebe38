"""`papernotes completion`: the script by which a shell completes our commands and options."""

from __future__ import annotations

from argparse import Action
from collections.abc import Callable, Iterator
from typing import cast

import shtab

from papernotes.commands.parser import CLEAN, ArgumentParser, Commands, Namespace

SHELLS = ("bash", "zsh", "fish")
# What the word for an argument in our help says of it.
PLACES = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "FILE|DIR": shtab.FILE, "PATH": shtab.FILE}


def add(commands: Commands) -> None:
    help = "write the script by which a shell completes commands and options"
    command = commands.add(
        "completion",
        run_with(commands.parser),
        help,
        "completion bash > ~/.local/share/bash-completion/completions/papernotes",
        "completion zsh > ~/.zfunc/_papernotes",
        "completion fish > ~/.config/fish/completions/papernotes.fish",
    )
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def run_with(parser: ArgumentParser) -> Callable[[Namespace], int]:
    """The command for a parser, which by then knows every command."""

    def run(options: Namespace) -> int:
        for action in _arguments(parser):
            if place := PLACES.get(str(action.metavar)):
                vars(action)["complete"] = place
        print(shtab.complete(parser, shell=options.shell))
        return CLEAN

    return run


def _arguments(parser: ArgumentParser) -> Iterator[Action]:
    """Every argument of a parser and of its commands; argparse keeps them to itself."""
    actions: list[Action] = vars(parser)["_actions"]
    for action in actions:
        yield action
        # Where the choices are commands, they are the parsers' names, and these the values.
        choices: object = action.choices
        for command in cast("dict[str, object]", choices).values() if isinstance(choices, dict) else ():
            if isinstance(command, ArgumentParser):
                yield from _arguments(command)
