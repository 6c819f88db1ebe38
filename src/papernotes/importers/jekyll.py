"""A post of a Jekyll site → a note."""

from __future__ import annotations

import re

from papernotes.importers.found import Found
from papernotes.importers.notes import read_note
from papernotes.text import Source

NAME = "jekyll"
SAYS = "Jekyll: a site (a folder with _config.yml or _posts/), or a post of one"
MARKERS = frozenset({"_config.yml", "_posts"})


def recognises(source: Source) -> bool:
    """Markdown in _posts, or with Liquid tags."""
    return source.path.endswith((".md", ".markdown")) and (
        bool(re.search(r"(?:^|/)_posts/|(?:^|/)\d{4}-\d{2}-\d{2}-", source.path)) or "{% " in source.text
    )


def read(source: Source) -> Found:
    """Code and links to posts are turned, kramdown's attributes go; other Liquid stays as code."""
    return read_note(source, "jekyll")
