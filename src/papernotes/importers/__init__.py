"""Files of other tools → works and texts. One module a format; the first that recognises a file reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from papernotes.importers import (
    atom,
    betterbibtex,
    bibtex,
    collection,
    csl,
    hugo,
    jekyll,
    markdown,
    obsidian,
    ris,
)
from papernotes.importers.found import Found
from papernotes.text import Source


class Format(NamedTuple):
    """A format: its name, what it is in words, whether a file is of it, what is in such a file.

    A folder that holds one of `markers` is a vault whose Markdown is of this format.
    """

    name: str
    says: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Found]
    markers: frozenset[str] = frozenset()


FORMATS = (
    Format(atom.NAME, atom.SAYS, atom.recognises, atom.read),
    Format(ris.NAME, ris.SAYS, ris.recognises, ris.read),
    Format(betterbibtex.NAME, betterbibtex.SAYS, betterbibtex.recognises, betterbibtex.read),
    Format(csl.NAME, csl.SAYS, csl.recognises, csl.read),
    Format(bibtex.NAME, bibtex.SAYS, bibtex.recognises, bibtex.read),
    Format(collection.NAME, collection.SAYS, collection.recognises, collection.read),
    Format(obsidian.NAME, obsidian.SAYS, obsidian.recognises, obsidian.read, obsidian.MARKERS),
    Format(hugo.NAME, hugo.SAYS, hugo.recognises, hugo.read, hugo.MARKERS),
    Format(jekyll.NAME, jekyll.SAYS, jekyll.recognises, jekyll.read, jekyll.MARKERS),
    Format(markdown.NAME, markdown.SAYS, markdown.recognises, markdown.read),
)
