"""Marked statements of notes → the short ones of a kind, as a page shows them: corrections, open questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papernotes.citations import CITEKEY
from papernotes.model import Admonition, Note, Translation
from papernotes.page import Edition, relative
from papernotes.pages.reading import HAN
from papernotes.prose import part_markdown
from papernotes.text import Span

# In characters of English; Chinese says as much in a third.
SHORTEST, LONGEST = 110, 320
# The first paragraph or list item below the line that opens the statement.
ITEM = r"[ \t]*(?:[-*+][ \t]+|\d+\.[ \t]+)"
FIRST = re.compile(rf"[^\n]*\n(?:[ \t]*\n)*(?:{ITEM})?[ \t]*(?P<text>[^\n]+(?:\n(?!{ITEM}|[ \t]*(?:\n|$))[^\n]+)*)")


@dataclass(frozen=True)
class Excerpt:
    """A statement as Markdown, and the note and place where it stands."""

    statement: str
    title: str
    path: str


def excerpts(edition: Edition, kind: str, path: str, most: int) -> Sequence[Excerpt]:
    """Statements of one kind for the page at `path`, from the newest works, one a note; no answered questions."""
    found: list[Excerpt] = []
    for note in edition.newest_first(edition.published.values()):
        text = edition.text_of(note)
        for admonition in text.body.admonitions:
            if admonition.kind == kind and not CITEKEY.search(admonition.title):
                span = _first(text, admonition)
                if span is not None:
                    target = relative(edition.document_path(text), path, admonition.heading)
                    statement = " ".join(part_markdown(edition, text, span, path).split())
                    found.append(Excerpt(statement, edition.title_of(note), target))
                    break
        if len(found) == most:
            break
    return found


def _first(text: Note | Translation, admonition: Admonition) -> Span | None:
    """Its first paragraph or item, if that is short, and is understood without formulas."""
    match = FIRST.match(text.source.text, *admonition.span)
    size = 0 if match is None else sum(3 if HAN.match(char) else 1 for char in match["text"])
    if match is None or "$" in match["text"] or not SHORTEST <= size <= LONGEST:
        return None
    return Span(*match.span("text"))
