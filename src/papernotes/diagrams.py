"""Markdown → the diagrams in it, the key that finds each one's drawing, and what a diagram may not ask for."""

from __future__ import annotations

import hashlib
import re
import textwrap
from bisect import bisect_right
from typing import NamedTuple

from papernotes.text import Span

FOLDER = "assets/diagrams"
FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^\n`]*)$", re.MULTILINE)
MERMAID = re.compile(r"\{?\s*\.?mermaid\b")
DRAWN = re.compile(r"\s*(?:%%[^{\n]*\n\s*)*(?:flowchart|graph)\b")
REFUSED = (
    (re.compile(r"%%\s*\{"), "an init directive"),
    (re.compile(r"\A\s*---"), "settings of its own"),
    (re.compile(r"^\s*click\b", re.MULTILINE), "a click handler"),
    (re.compile(r"\b(?:java|vb)script\s*:|\bdata\s*:\s*text", re.IGNORECASE), "a script"),
    (re.compile(r"\bimg\s*:|\burl\s*\(", re.IGNORECASE), "a file from elsewhere"),
    (re.compile(r"^\s*(?:classDef|style|linkStyle)\b[^\n]*[{}<>@\\]", re.MULTILINE), "CSS beyond its own shapes"),
    (re.compile(r"<(?!br\s*/?>)/?[A-Za-z!][^<>\n]*>", re.IGNORECASE), "HTML"),
)


class Diagram(NamedTuple):
    """The source of a diagram; `span` covers the line that opens it."""

    source: str
    span: Span


def diagrams_in(text: str, start: int = 0) -> tuple[Diagram, ...]:
    """The fenced blocks of language `mermaid`, those inside other fences left out. O(length)."""
    if "mermaid" not in text:
        return ()
    fences = list(FENCE.finditer(text, start))
    closing: dict[str, list[int]] = {}
    for number, fence in enumerate(fences):
        if not fence["info"].strip():
            closing.setdefault(fence["fence"], []).append(number)
    found: list[Diagram] = []
    number = 0
    while number < len(fences):
        fence, ends = fences[number], closing.get(fences[number]["fence"], [])
        after = bisect_right(ends, number)
        if after < len(ends):
            number = ends[after]
            if MERMAID.match(fence["info"]):
                code = text[fence.end() + 1 : fences[number].start()]
                span = Span(fence.start("fence"), fence.end("info"))
                found.append(Diagram(_without_indent(code, len(fence["indent"])), span))
        number += 1
    return tuple(found)


def _without_indent(code: str, indent: int) -> str:
    lines = code.split("\n")
    return "\n".join(line[indent:] if not line[:indent].strip(" \t>") else line for line in lines)


def drawing_path(source: str) -> str:
    """Where in `notes/` the drawing of a diagram stands; white space around its lines does not count."""
    lines = [line.rstrip() for line in textwrap.dedent(source.expandtabs(4)).strip("\n").split("\n")]
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{FOLDER}/{digest[:16]}.svg"


def refusal(source: str) -> str | None:
    """What a diagram asks for besides being drawn, or None: such a diagram stays text."""
    return next((reason for pattern, reason in REFUSED if pattern.search(source)), None)


def is_drawn(source: str) -> bool:
    """Whether the diagram is of a kind that we draw: flowcharts are all that notes need."""
    return DRAWN.match(source) is not None
