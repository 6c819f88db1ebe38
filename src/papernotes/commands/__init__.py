"""The commands: one file each, listed here in the order of the help. Each is imported when it is added to a parser."""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from papernotes.commands.parser import Commands

MODULES = {
    "check": "check",
    "fmt": "fmt",
    "explain": "explain",
    "build": "build",
    "serve": "serve",
    "new": "new",
    "import": "import_",
    "rename": "rename",
    "translated": "translated",
    "init": "init",
    "stats": "stats",
    "gaps": "gaps",
    "path": "path",
    "graph": "graph",
    "diff": "diff",
    "lsp": "lsp",
    "completion": "completion",
}
Add = Callable[[Commands], None]


def _add(module: str, commands: Commands) -> None:
    import_module(f"papernotes.commands.{module}").add(commands)


COMMANDS: tuple[Add, ...] = tuple(partial(_add, module) for module in MODULES.values())


def commands_for(arguments: Sequence[str]) -> tuple[Add, ...]:
    """The commands that must be known to understand a call: the one it names, or all."""
    named = MODULES.get(arguments[0] if arguments else "")
    # A script for completion tells of every command.
    return COMMANDS if named is None or named == "completion" else (partial(_add, named),)
