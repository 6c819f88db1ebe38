"""The rendered HTML of a page → its passages: what an author wrote, section by section, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
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
# What we read was written by parsers: tags are closed, and attributes stand in quotation marks.
TOKEN = re.compile(
    r"""<[!](?:--.*?--|[^>]*)>|<(?P<end>/)?(?P<tag>[a-zA-Z][\w-]*)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL
)
ID, CLASS = (re.compile(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""") for name in ("id", "class"))
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
    reader.read(MATHML.sub("", _written(article[1] if article else html, written)))
    return tuple(reader.finish())


def _written(html: str, written: frozenset[str]) -> str:
    for heading in HEADING.finditer(html):
        anchor = unescape(heading[1])
        if anchor not in written and REPEATED.sub("", anchor) not in written:
            return html[: heading.start()]
    return html


class _Reader:
    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.anchor, self.level = "", 1
        self.heading: list[str] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.silent_from = 0
        self.in_heading = False

    def read(self, html: str) -> None:
        cursor = 0
        for token in TOKEN.finditer(html):
            self._data(html[cursor : token.start()])
            cursor = token.end()
            tag = (token["tag"] or "").lower()
            if token["end"]:
                self._end(tag)
            elif tag:
                self._start(tag, token["rest"])
        self._data(html[cursor:])

    def _start(self, tag: str, rest: str) -> None:
        if tag in VOID:
            self._break(tag)
            return
        self.open.append(tag)
        if self.silent_from:
            return
        classes = _value(CLASS, rest).split()
        formula = tag == "div" and "arithmatex" in classes
        if tag in SILENT_TAGS or formula or not SILENT_CLASSES.isdisjoint(classes):
            self.silent_from = len(self.open)
            return
        if tag in HEADINGS:
            self.found.append(self._passage())
            self.anchor, self.level = _value(ID, rest), int(tag[1])
            self.heading, self.text, self.in_heading = [], [], True
        self._break(tag)

    def _end(self, tag: str) -> None:
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

    def _data(self, data: str) -> None:
        if data and not self.silent_from:
            (self.heading if self.in_heading else self.text).append(unescape(data))

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


def _value(attribute: re.Pattern[str], rest: str) -> str:
    match = attribute.search(rest)
    return unescape(match[1] or match[2] or "") if match else ""
