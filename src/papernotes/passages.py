"""The rendered HTML of a page → its passages: what an author wrote, section by section, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)
HEADING = re.compile(r'<h[2-6]\b[^>]*?\bid="([^"]*)"')
MATHML = re.compile(r"<math\b.*?</math>", re.DOTALL)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset("p li dd dt td th div tr blockquote pre figure figcaption section summary details br ul ol".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
SILENT_TAGS = frozenset(("script", "style", "svg", "button", "template"))
# What the site adds or nobody reads as text: marks beside headings, sources of drawings, what a formula says twice.
SILENT_CLASSES = frozenset(
    "pn-head pn-foot pn-summary pn-counts headerlink katex-mathml katex-display pn-mermaid pn-diagram".split()
)
REPEATED, DELIMITERS = re.compile(r"_\d+$"), re.compile(r"\\[()\[\]]")


class Passage(NamedTuple):
    """A heading and the text up to the next one; level 1, without heading and anchor, is the opening of the page."""

    anchor: str
    level: int
    heading: str
    text: str


def passages(html: str, written: frozenset[str]) -> tuple[Passage, ...]:
    """The passages of a built page, up to the first heading that its author has not written. O(length)."""
    article = ARTICLE.search(html)
    reader = _Reader()
    reader.feed(MATHML.sub("", _written(article[1] if article else html, written)))
    reader.close()
    return tuple(reader.finish())


def _written(html: str, written: frozenset[str]) -> str:
    for heading in HEADING.finditer(html):
        anchor = unescape(heading[1])
        if anchor not in written and REPEATED.sub("", anchor) not in written:
            return html[: heading.start()]
    return html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Passage] = []
        self.anchor, self.level = "", 1
        self.heading: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.silent_from = 0
        self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._break(tag)
            return
        self.open.append(tag)
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        formula = tag == "div" and "arithmatex" in classes
        if not self.silent_from and (tag in SILENT_TAGS or formula or not SILENT_CLASSES.isdisjoint(classes)):
            self.silent_from = len(self.open)
        if self.silent_from:
            return
        if tag in HEADINGS:
            self.found.append(self._passage())
            self.anchor, self.level = values.get("id") or "", int(tag[1])
            self.heading, self.text, self.in_heading = [], [], True
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        if self.silent_from > len(self.open):
            self.silent_from = 0
        elif not self.silent_from:
            if tag in HEADINGS:
                self.in_heading = False
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent_from:
            (self.heading if self.in_heading else self.text).append(data)

    def finish(self) -> Iterator[Passage]:
        for passage in (*self.found, self._passage()):
            if passage.level > 1:
                yield passage
            elif passage.text:
                yield Passage("", 1, "", passage.text)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS and not self.silent_from:
            self.text.append(" ")

    def _passage(self) -> Passage:
        heading, text = (" ".join(DELIMITERS.sub("", "".join(parts)).split()) for parts in (self.heading, self.text))
        return Passage(self.anchor, self.level, heading, text)
