"""Headings → their ids, as the site gives them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown.extensions.toc import TocExtension, TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from pymdownx.slugs import slugify  # pyright: ignore[reportUnknownVariableType]

from papernotes.marks import ANY_MARK

SLUGIFY: Callable[[str, str], str] = slugify(case="lower")  # pyright: ignore[reportUnknownVariableType]
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SPECIAL = re.compile("[\x02<>&]")


def anchor_of(heading: str, separator: str = "-") -> str:
    """The id of a heading; citations in it do not count. Chinese stays Chinese."""
    return _slug(ANY_MARK.sub("", heading).strip(), separator)


@lru_cache(10_000)
def _slug(heading: str, separator: str) -> str:
    """Most headings stand in many notes: "Method", "Results"."""
    return SLUGIFY(heading, separator)


class _Anchors(TocTreeprocessor):
    """Gives the headings the ids that `toc` gives, and makes no table of contents where none is asked for."""

    def run(self, doc: Element) -> None:
        lines: list[str] = vars(self.md)["lines"]
        if any(self.marker in line for line in lines):
            super().run(doc)
            return
        ids = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        # The last id that came of a text, so that none is tried twice.
        given: dict[str, str] = {}
        for heading in (element for element in doc.iter() if element.tag in HEADINGS):
            if "id" not in heading.attrib:
                anchor = anchor_of(self._name(heading))
                given[anchor] = free = unique(given.get(anchor, anchor), ids)
                heading.set("id", free)
            heading.attrib.pop("data-toc-label", None)

    def _name(self, heading: Element) -> str:
        """What a heading says, without its footnotes and tags."""
        text = heading.text or ""
        if len(heading) or SPECIAL.search(text):
            return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
        return " ".join(text.split())


class Anchors(TocExtension):
    """The extension `toc` without a table of contents, which nobody reads here."""

    TreeProcessorClass = _Anchors

    def __init__(self) -> None:
        super().__init__(slugify=anchor_of)
