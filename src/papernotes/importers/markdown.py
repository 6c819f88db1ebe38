"""Plain Markdown, front matter or none → a note."""

from __future__ import annotations

from papernotes.importers.found import Found
from papernotes.importers.notes import read_note
from papernotes.text import Source

NAME = "markdown"
SAYS = "Markdown: a folder of notes, or one; a digest is known by a title such as Week-AI-01"


def recognises(source: Source) -> bool:
    """Any Markdown or text file."""
    return source.path.endswith((".md", ".markdown", ".txt"))


def read(source: Source) -> Found:
    """GitHub's alerts are turned."""
    return read_note(source, "markdown")
