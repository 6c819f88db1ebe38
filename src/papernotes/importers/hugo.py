"""A page of a Hugo site → a note."""

from __future__ import annotations

from papernotes.importers.found import Found
from papernotes.importers.notes import read_note
from papernotes.text import Source

NAME = "hugo"
SAYS = "Hugo: a site (a folder with hugo.toml or content/), or a page of one"
MARKERS = frozenset("hugo.toml hugo.yaml hugo.json config.toml archetypes content".split())


def recognises(source: Source) -> bool:
    """Markdown with TOML front matter or shortcodes."""
    return source.path.endswith(".md") and (
        source.text.lstrip("\ufeff").startswith("+++") or "{{<" in source.text or "{{%" in source.text
    )


def read(source: Source) -> Found:
    """Figures, references and code are turned; other shortcodes stay as code."""
    return read_note(source, "hugo")
