"""The rendered HTML of a page → the content that we publish: sanitised, with diagrams drawn and formulas set."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

from papernotes.diagrams import drawing_path, refusal
from papernotes.mathematics import render
from papernotes.sanitizing import sanitize
from papernotes.typesetting import typeset

# The sanitiser writes all HTML in one way, so that patterns over its output miss nothing.
MATH = re.compile(r'<(span|div) class="arithmatex">([^<]*)</\1>')
INLINE_MATH = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
DIAGRAM = re.compile(r'<pre class="pn-mermaid"><code>([^<]*)</code></pre>')
# A corner above row names heads no column: as a header it would be announced, and say nothing.
EMPTY_HEADER = re.compile(r"<th([^>]*)></th>")
# Browsers leave MathML out of the name of a header, which is announced with every cell below it.
FORMULA_HEADER = re.compile(r'<th([^>]*)>(<span class="arithmatex">\\\(([^<]*?)\\\)</span>)</th>')
# The theme's script would put them around tables, page by page in the reader's browser.
AROUND_TABLE = ('<div class="md-typeset__scrollwrap"><div class="md-typeset__table">', "</div></div>")
TABLE = re.compile(r"<table\b[^>]*>|</table>")
DRAWING = re.compile(r'<svg [^>]*\bwidth="(\d{1,5})"[^>]*>.*</svg>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")

PICTURE = re.compile(r'<img(?![^>]* (?:width|height)=)[^>]* src="(?P<address>[^"]*)"')

Drawings = Callable[[str], str | None]
Sizes = Callable[[str], tuple[int, int] | None]


class Content(NamedTuple):
    """The content of a page as it is published."""

    html: str
    has_formulas: bool


def published(html: str, drawings: Drawings, lang: str = "", sizes: Sizes | None = None) -> Content:
    """The content to publish, set in a language if one is given.

    `drawings` gives the SVG at a path of `notes/`, `sizes` width and height of the picture at an address in the page.
    """
    clean = sanitize(html)
    if "<table" in clean:
        clean = FORMULA_HEADER.sub(lambda match: _named(*match.groups()), EMPTY_HEADER.sub(r"<td\1></td>", clean))
        clean = _with_room(clean)
    if "pn-mermaid" in clean:
        clean = DIAGRAM.sub(lambda match: _diagram(match[0], unescape(match[1]), drawings), clean)
    clean = typeset(clean, lang) if lang else clean
    if sizes and "<img" in clean:
        clean = PICTURE.sub(lambda match: _picture(match[0], match["address"], sizes), clean)
    done, formulas = MATH.subn(lambda match: _formula(match[1], unescape(match[2])), clean)
    return Content(done, formulas > 0)


def published_title(html: str, lang: str = "") -> str:
    """A heading for the table of contents: its text, with its formulas set."""
    text = TAG.sub("", sanitize(html))
    if lang and "\\(" not in text:
        return typeset(text, lang)
    return INLINE_MATH.sub(lambda match: render(unescape(match[1]).strip(), False), text)


def _named(attributes: str, formula: str, tex: str) -> str:
    """The header of a column that holds nothing but a formula, named by it."""
    return f'<th{attributes} aria-label="{tex.strip().replace(chr(34), "&quot;")}">{formula}</th>'


def _with_room(html: str) -> str:
    """The HTML with every outermost table in a place of its own, which scrolls where the table is too wide."""
    depth = 0

    def placed(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[0] == "</table>" else 1
        if match[0] == "</table>":
            return match[0] + (AROUND_TABLE[1] if depth == 0 else "")
        return (AROUND_TABLE[0] if depth == 1 else "") + match[0]

    return TABLE.sub(placed, html)


def _formula(tag: str, text: str) -> str:
    display = text.lstrip().startswith("\\[")
    tex = re.sub(r"^\s*\\[(\[]|\\[)\]]\s*$", "", text).strip()
    return f'<{tag} class="arithmatex">{render(tex, display)}</{tag}>'


def _picture(tag: str, address: str, sizes: Sizes) -> str:
    """The tag with its size, so that nothing moves when the picture comes."""
    size = sizes(unescape(address))
    return f'{tag} width="{size[0]}" height="{size[1]}"' if size else tag


def _diagram(block: str, source: str, drawings: Drawings) -> str:
    """The drawing of a diagram, its source as alternative text; the block itself where there is none to be shown."""
    svg = None if refusal(source) else drawings(drawing_path(source))
    drawing = DRAWING.search(sanitize(svg)) if svg else None
    if drawing is None:
        return block
    label = escape("; ".join(line.strip() for line in source.splitlines() if line.strip()))
    # The style sheet lets it shrink, but only so far that its text can still be read.
    size = f"--pn-width:{drawing[1]}px"
    return f'<div class="pn-diagram" style="{size}" role="img" aria-label="{label}">{drawing[0]}</div>'
