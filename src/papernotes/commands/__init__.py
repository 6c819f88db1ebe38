"""The commands: one file each, listed here in the order of the help."""

from collections.abc import Callable

from papernotes.commands import build, check, explain, serve, translated
from papernotes.commands.parser import Commands

COMMANDS: tuple[Callable[[Commands], None], ...] = (
    check.add,
    explain.add,
    build.add,
    serve.add,
    translated.add,
)
