"""A call's options → the client by which a command asks services, and what a terminal shows meanwhile."""

from __future__ import annotations

import sys

from papernotes.commands.parser import Namespace
from papernotes.fetching import Client
from papernotes.progress import passing_line


def client_of(options: Namespace) -> Client:
    """A client that tells who waits at a terminal whom it asks, and everybody why it takes long."""
    show = passing_line(quiet=options.quiet)

    def say(message: str) -> None:
        if not options.quiet:
            print(message, file=sys.stderr)

    return Client(say, asking=lambda name: show(f"asking {name} …" if name else ""))
