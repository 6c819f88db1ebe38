"""The raw HTML of a text → what keeps an element that its author left open from swallowing what follows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from papernotes.html_allowlist import SWALLOWING
from papernotes.model import Document
from papernotes.text import Edit, Span

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
END = re.compile(r"</([A-Za-z][^\s/>]*)[^>]*>")


def swallowing_edits(document: Document) -> Iterator[Edit]:
    """Start tags after which all would be text become text themselves."""
    for name, start in _open(document):
        if name in SWALLOWING:
            yield Edit(Span(start, start + 1), "&lt;")


def missing_end_tags(document: Document) -> str:
    """End tags for the other elements that are open where the text ends, the innermost first."""
    return "".join(f"</{name}>" for name, _ in reversed(_open(document)) if name not in SWALLOWING)


def _open(document: Document) -> list[tuple[str, int]]:
    """The elements that nobody closes, and where they start. O(length)."""
    places = [(tag.span.start, tag.name, True) for tag in document.body.tags if tag.name not in VOID]
    if not places:
        return []
    ends = END.finditer(document.source.text, document.body.start)
    places += [(end.start(), end[1].lower(), False) for end in ends]
    opened: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    for start, name, opens in sorted(places):
        if opens:
            opened.append((name, start))
            count[name] += 1
        elif count[name]:
            while (inner := opened.pop()[0]) != name:
                count[inner] -= 1
            count[name] -= 1
    return opened
