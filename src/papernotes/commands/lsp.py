"""`papernotes lsp`: help while writing, for editors that speak the language server protocol."""

from __future__ import annotations

import sys

from papernotes.commands.parser import CLEAN, Commands, Namespace


def add(commands: Commands) -> None:
    help = "serve an editor over standard input and output (docs/editors.md shows how to set it up)"
    commands.add("lsp", run, help, "lsp", "lsp --vault ~/notes")


def run(options: Namespace) -> int:
    from papernotes.language_server import serve

    if sys.stdin.isatty() and not options.quiet:
        print("papernotes lsp: waiting for an editor, which starts this command itself (Ctrl-C stops)", file=sys.stderr)
    serve(options.vault)
    return CLEAN
