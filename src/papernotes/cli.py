"""Arguments in, one call, text out, exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from papernotes.commands import commands_for
from papernotes.commands.parser import CLEAN, INTERNAL, USAGE, Commands
from papernotes.config import ConfigError

INTERRUPTED = 130
# What each extra of the package brings.
EXTRAS = {
    **dict.fromkeys(("mkdocs", "material", "nh3", "pagefind", "quickjs", "py_mini_racer"), "site"),
    **dict.fromkeys(("requests", "defusedxml"), "fetch"),
    **dict.fromkeys(("pygls", "lsprotocol"), "lsp"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    commands = Commands()
    for add in commands_for(arguments):
        add(commands)
    if not arguments:
        commands.parser.print_help(sys.stderr)
        return USAGE
    options = commands.parser.parse_args(arguments)
    try:
        return options.run(options)
    except ConfigError as error:
        print(f"papernotes: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("papernotes: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone; what it wanted it has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception as error:
        if extra := _missing_extra(error):
            print(f"papernotes: {options.command} needs more: pip install 'papernotes[{extra}]'", file=sys.stderr)
            return USAGE
        if options.debug:
            traceback.print_exc()
        print(f"papernotes: internal error: {type(error).__name__}: {error} (--debug shows more)", file=sys.stderr)
        return INTERNAL


def _missing_extra(error: Exception) -> str | None:
    """The extra that brings the module whose absence this error tells of."""
    name = error.name if isinstance(error, ModuleNotFoundError) else None
    return EXTRAS.get((name or "").partition(".")[0])
