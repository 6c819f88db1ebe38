"""A note of an Obsidian vault → a note."""

from __future__ import annotations

import re

from papernotes.importers.found import Found
from papernotes.importers.notes import read_note
from papernotes.text import Source

NAME = "obsidian"
SAYS = "Obsidian: a vault (a folder with .obsidian/), or a note of one"
MARKERS = frozenset({".obsidian"})


def recognises(source: Source) -> bool:
    """Markdown with something that only Obsidian has."""
    return source.path.endswith(".md") and bool(
        re.search(r"\[\[[^\[\]\n]+\]\]|^%%|^> ?\[![\w-]+\]|```dataview|^cssclass(?:es)?:", source.text, re.MULTILINE)
    )


def read(source: Source) -> Found:
    """Comments, callouts, tags, highlights and embeddings are turned; code for plugins stays code."""
    return read_note(source, "obsidian")
