"""The vault for editors, over the language server protocol. Owns pygls and lsprotocol."""

from __future__ import annotations

from pathlib import Path

from papernotes.language_server.features import make_server

__all__ = ["serve"]


def serve(vault: Path | None) -> None:
    """Speak with one editor over standard input and output until it ends the conversation."""
    make_server(vault).start_io()
