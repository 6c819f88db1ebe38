"""The command line's grammar: options that every command has, and how a command adds its own. Owns argparse."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import papernotes
from papernotes.config import Config, ConfigError, load_config
from papernotes.journal import SpoiltError
from papernotes.progress import Bars, progress_bar
from papernotes.staging import finish_interrupted

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)

__all__ = [
    "CLEAN",
    "FINDINGS",
    "INTERNAL",
    "USAGE",
    "ArgumentParser",
    "Commands",
    "Namespace",
    "bars_of",
    "config_of",
    "names_list",
    "print_json",
]


class ShowVersion(argparse.Action):
    """Prints the version of the package, which only then is looked up, and ends the program."""

    def __call__(self, parser: ArgumentParser, *_: object) -> NoReturn:
        print(f"papernotes {papernotes.__version__}")
        parser.exit()


class Parser(ArgumentParser):
    """An argument parser whose errors say how to get help."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\ntry '{self.prog} --help'\n")


class Commands:
    """The parser of the whole command line; each command adds itself."""

    def __init__(self) -> None:
        self._common = ArgumentParser(add_help=False)
        self._common.add_argument(
            "--vault", type=Path, metavar="DIR", help="the vault (default: found from here upward)"
        )
        self._common.add_argument("-v", "--verbose", action="store_true", help="say more; check shows infos too")
        self._common.add_argument("-q", "--quiet", action="store_true", help="say only what was asked for")
        self._common.add_argument("--debug", action="store_true", help="show a traceback when something breaks inside")
        self.parser = Parser(
            prog="papernotes",
            description="Check, build and explore a knowledge base of paper notes.",
            epilog="examples:\n  papernotes check\n  papernotes build\n  papernotes explain PN201",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        shown = "show program's version number and exit"
        self.parser.add_argument("--version", action=ShowVersion, nargs=0, default=argparse.SUPPRESS, help=shown)
        self._commands: Any = self.parser.add_subparsers(metavar="COMMAND", required=True, dest="command")

    @property
    def names(self) -> tuple[str, ...]:
        """The commands that there are by now."""
        return tuple(self._commands.choices)

    def add(self, name: str, run: Callable[[Namespace], int], help: str, *examples: str) -> ArgumentParser:
        """A command that runs `run`; `help` is one line, each example a call without the word papernotes."""
        command: ArgumentParser = self._commands.add_parser(
            name,
            parents=[self._common],
            help=help,
            description=help[0].upper() + help[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  papernotes {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        return command


def print_json(document: object) -> None:
    """A document for programs, in ASCII, so that no text of the vault can move a terminal."""
    print(json.dumps(document, ensure_ascii=True, indent=2))


def names_list(text: str) -> list[str]:
    """The type of an option such as `--select PN201,PN3`."""
    return [part for part in text.replace(",", " ").split() if part]


def bars_of(options: Namespace) -> Bars:
    """What makes the progress bars of a call."""
    return partial(progress_bar, quiet=options.quiet)


def config_of(options: Namespace) -> Config:
    """The settings of the vault that a call means. What a killed command was writing to it is finished first."""
    config = load_config(vault=options.vault)
    try:
        finished = finish_interrupted(config.root)
    except SpoiltError as error:
        raise ConfigError(f"{error.filename}: {error.strerror}") from None
    except OSError:
        # Who may only read sees the files as they are; whoever may write will finish them.
        finished = ()
    if finished:
        print(f"papernotes: an earlier command was killed; finished its work: {', '.join(finished)}", file=sys.stderr)
    return config
