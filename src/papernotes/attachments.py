"""A file beside the notes → whether the site may carry it, and what in an SVG may not be published."""

from __future__ import annotations

import posixpath
import re
from xml.etree import ElementTree

from papernotes.diagrams import FOLDER

# What a page can show, or a reader download, and no browser runs.
KINDS = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .pdf .csv .mp4 .webm".split())
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
ELEMENTS = frozenset(
    """
    svg g defs symbol use a switch title desc metadata style path rect circle ellipse line polyline polygon text tspan
    textPath image marker linearGradient radialGradient stop clipPath mask pattern view filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDisplacementMap feDropShadow feFlood feFuncA feFuncB feFuncG
    feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset feSpecularLighting feDiffuseLighting
    feDistantLight fePointLight feSpotLight feTile feTurbulence
    """.split()
)
# Browsers do nothing with elements of other namespaces, these aside.
ACTIVE_NAMESPACES = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
# A document type is harmless as long as it declares nothing itself: matplotlib writes one.
DECLARATION = re.compile(r"<!(?!--|\[CDATA\[|DOCTYPE\s+svg\b[^\[<>]*>)|<\?(?!xml\s)", re.IGNORECASE)
OWN_TARGET = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]|$)", re.IGNORECASE)
LINK_TARGET = re.compile(r"\s*(?:#|https?:)", re.IGNORECASE)
FOREIGN_CSS = re.compile(r"@import|\\|url\(\s*(?![\s\"']*#)|expression\s*\(|-moz-binding", re.IGNORECASE)


def is_published(path: str) -> bool:
    """Whether a file of `notes/` becomes a file of the site, by its name: media do, what a server obeys does not.

    Drawings of diagrams stand in the pages themselves.
    """
    return posixpath.splitext(path)[1].lower() in KINDS and not path.startswith(f"{FOLDER}/")


def svg_fault(text: str) -> str | None:
    """What keeps an SVG from being published, or None. O(length)."""
    if DECLARATION.search(text):
        return "declarations, which may hide anything"
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # without declarations there are no entities to expand
    except (ElementTree.ParseError, ValueError, RecursionError):
        return "broken XML"
    if root.tag != f"{SVG}svg":
        return "a root that is no svg element"
    for element in root.iter():
        if reason := _element_fault(element):
            return reason
    return None


def _element_fault(element: ElementTree.Element) -> str | None:
    tag = element.tag
    name = tag.removeprefix(SVG)
    if (tag.startswith(SVG) and name not in ELEMENTS) or tag.startswith(ACTIVE_NAMESPACES) or "}" not in tag:
        return f"the element {tag.rpartition('}')[2]}"
    if name == "style" and FOREIGN_CSS.search(element.text or ""):
        return "a style that asks for other files"
    for attribute, value in element.items():
        plain = attribute.removeprefix(XLINK)
        if plain.lower().startswith("on"):
            return f"an event handler, {plain}"
        if plain == "href" and not (LINK_TARGET if name == "a" else OWN_TARGET).match(value):
            return f"a reference to {value[:60]}"
        if plain != "d" and FOREIGN_CSS.search(value):
            return f"an attribute {plain} that asks for other files"
    return None
