"""The tree that Python-Markdown makes of a marked text → what it shows: which marks came out where."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from papernotes.marks import (
    CLASS,
    CLASS_MARK,
    INERT_CLOSE,
    INERT_OPEN,
    MARK,
    OPEN,
    POINT_CLOSE,
    POINT_OPEN,
    TAG_MARK,
    TAG_OPEN,
    without_marks,
)
from papernotes.rendering.anchors import HEADINGS

BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th dt dd summary figcaption div".split())
CONTAINERS = frozenset("ul ol dl table pre blockquote".split())
UNREAD = frozenset("code pre script style".split())
# What Python-Markdown puts in the place of raw HTML and of entities, and of `&` in addresses.
STASHED = re.compile("\x02wzxhzdk:(\\d+)\x03")
AMPERSAND = "\x02amp\x03"
PLACEHOLDER = re.compile("\x02[^\x02\x03]*\x03")
RAW_HTML = re.compile(
    r"<!--(?:.*?-->|.*)|<(?P<silent>script|style|textarea|title)\b(?P<first>[^>]*)>(?:.*?</(?P=silent)\s*>|.*)"
    r"|<[A-Za-z][^\s/>]*(?P<rest>(?:[^\"'<>]++|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


class Shown(NamedTuple):
    """Where a mark came out: in a block of text, at an offset of it. Marks are still in it."""

    block: str
    at: int


class Destination(NamedTuple):
    """Where a mark came out as the target of a link or image; `rest` is what stood behind the mark there."""

    rest: str
    label: str
    image: bool
    shown: Shown


class ShownHeading(NamedTuple):
    """A heading as it was rendered."""

    level: int
    text: str
    anchor: str


@dataclass
class Rendered:
    """What the rendering shows, by the numbers of marks."""

    headings: list[ShownHeading] = field(default_factory=list[ShownHeading])
    # Marks in running text outside links, with their block; and all marks in text, in links too.
    shown: dict[int, Shown] = field(default_factory=dict[int, Shown])
    visible: set[int] = field(default_factory=set[int])
    destinations: dict[int, Destination] = field(default_factory=dict[int, Destination])
    formulas: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    ids: set[str] = field(default_factory=set[str])
    definitions: set[int] = field(default_factory=set[int])
    footnotes_used: set[str] = field(default_factory=set[str])
    admonitions: set[int] = field(default_factory=set[int])
    tags: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict[int, tuple[tuple[str, str], ...]])


def shown_by(root: Element, stash: list[Any], targets: Iterable[str]) -> Rendered:
    """What a tree shows; `stash` is the raw HTML that was put away, `targets` where definitions lead."""
    rendered = Rendered()
    for target in targets:
        rendered.definitions.update(int(mark[1]) for mark in MARK.finditer(target))
    _Walk(rendered, stash).walk(root)
    for raw in stash:
        if isinstance(raw, str) and TAG_OPEN in raw:
            rendered.tags.update(_raw_tags(raw))
    return rendered


class _Walk:
    """Goes through a tree once, in its order."""

    def __init__(self, rendered: Rendered, stash: list[Any]) -> None:
        self.rendered, self.stash = rendered, stash

    def walk(self, root: Element) -> None:
        found = self.rendered
        stack: list[tuple[Element, bool, str]] = [(root, False, "")]
        while stack:
            element, quiet, block = stack.pop()
            tag = _tag(element)
            if element.attrib:
                self._attributes(element, tag)
                if _is_formula(element):
                    # A display formula is escaped once more than other text.
                    text = self._text(element)
                    found.formulas.append((html.unescape(text) if tag == "div" else text, tag == "div"))
                    continue
                if tag in ("a", "img"):
                    self._target(element, tag, block)
            if tag in UNREAD:
                continue
            if tag in HEADINGS:
                found.headings.append(ShownHeading(int(tag[1]), self._text(element), element.get("id") or ""))
            quiet = quiet or tag == "a"
            if not quiet and tag in BLOCKS:
                block = self._block(element)
                if OPEN in block:
                    for mark in MARK.finditer(block):
                        found.shown.setdefault(int(mark[1]), Shown(block, mark.start()))
            self._visible(element.text)
            if len(element):
                for child in element:
                    self._visible(child.tail)
                stack.extend([(child, quiet, block) for child in reversed(element)])

    def _attributes(self, element: Element, tag: str) -> None:
        found = self.rendered
        for name, written in element.items():
            value = written or ""  # attr_list writes None for `{: href}`
            if name == "id":
                found.ids.add(without_marks(value))
            elif name == "class" and CLASS in value:
                found.admonitions.update(int(mark[1]) for mark in CLASS_MARK.finditer(value))
            elif name == "href" and tag == "a" and value.startswith("#fn:"):
                found.footnotes_used.add(value.removeprefix("#fn:"))
            elif TAG_OPEN in name:
                found.tags.update(
                    (int(mark[1]), tuple((n, v) for n, v in element.items() if TAG_OPEN not in n))
                    for mark in TAG_MARK.finditer(name)
                )

    def _target(self, element: Element, tag: str, block: str) -> None:
        target = (element.get("href") if tag == "a" else element.get("src")) or ""
        marks = list(MARK.finditer(target))
        if not marks:
            return
        label = self._text(element) if tag == "a" else (element.get("alt") or "")
        for mark in marks:
            at = block.find(f"{POINT_OPEN}{mark[1]}{POINT_CLOSE}")
            rest = target[mark.end() :]
            self.rendered.destinations.setdefault(
                int(mark[1]), Destination(rest, label, tag == "img", Shown(block, max(at, 0)))
            )

    def _visible(self, text: str | None) -> None:
        if text and OPEN in text:
            self.rendered.visible.update(int(mark[1]) for mark in MARK.finditer(text))

    def _text(self, element: Element) -> str:
        return self._resolved("".join(element.itertext()) if len(element) else element.text or "")

    def _resolved(self, text: str) -> str:
        """The text with entities for what Python-Markdown put away, and without raw HTML."""
        if "\x02" not in text:
            return text
        unstashed = STASHED.sub(self._unstashed, text.replace(AMPERSAND, "&"))
        return html.unescape(PLACEHOLDER.sub("", unstashed))

    def _unstashed(self, placeholder: re.Match[str]) -> str:
        raw = self.stash[int(placeholder[1])] if int(placeholder[1]) < len(self.stash) else ""
        return raw if isinstance(raw, str) and raw.startswith("&") else ""

    def _block(self, element: Element) -> str:
        return self._resolved("".join(_shallow_text(element)) if len(element) else element.text or "")


def _tag(element: Element) -> str:
    """The name of an element; comments and instructions have a function there."""
    tag: Any = element.tag
    return tag if isinstance(tag, str) else ""


def _is_formula(element: Element) -> bool:
    return "arithmatex" in (element.get("class") or "").split()


def _shallow_text(element: Element) -> Iterator[str]:
    """The text of a block without the blocks inside it; marks in code and links become inert."""
    yield element.text or ""
    for child in element:
        tag = _tag(child)
        if child.attrib and _is_formula(child):
            yield "$" + _inert("".join(child.itertext())).removeprefix("\\(").removesuffix("\\)") + "$"
        elif tag == "a":
            yield from (f"{POINT_OPEN}{mark[1]}{POINT_CLOSE}" for mark in MARK.finditer(child.get("href") or ""))
            yield _inert("".join(child.itertext()))
        elif tag == "code":
            yield _inert("".join(child.itertext()))
        elif tag == "br":
            yield " "
        elif tag not in BLOCKS and tag not in CONTAINERS:
            yield from _shallow_text(child)
        yield child.tail or ""


def _inert(text: str) -> str:
    """The text with its marks turned into ones that stand for no citation."""
    return MARK.sub(lambda match: f"{INERT_OPEN}{match[1]}{INERT_CLOSE}", text) if OPEN in text else text


def _raw_tags(raw: str) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    """The marked tags of raw HTML with their attributes, comments and the insides of scripts left out."""
    for tag in RAW_HTML.finditer(raw):
        rest = tag["rest"] or tag["first"] or ""
        if mark := TAG_MARK.search(rest):
            yield (
                int(mark[1]),
                tuple(
                    (name.lower(), html.unescape(value.strip("\"'")))
                    for name, value in ATTRIBUTE.findall(rest)
                    if TAG_OPEN not in name
                ),
            )
