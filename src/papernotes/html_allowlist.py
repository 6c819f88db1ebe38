"""Which HTML a page may hold: tags, attributes, classes, ids, addresses. The sanitiser obeys it, rules explain it."""

from __future__ import annotations

import re
from collections.abc import Mapping

TAGS = frozenset(
    """
    a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li mark nav ol p picture pre q rp rt
    ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    svg g path line polyline polygon rect circle ellipse text tspan defs marker
    """.split()
)
# What stands between these tags is no text for readers: it goes with them.
DROPPED_WITH_CONTENT = frozenset("script style template iframe object applet noscript math select".split())
# After these a browser takes everything for text or drops it, up to the end tag: without one, the rest of the page.
SWALLOWING = DROPPED_WITH_CONTENT | frozenset("textarea title xmp noembed noframes plaintext".split())
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": frozenset("id class title lang dir hidden role tabindex data-cite".split()),
    "a": frozenset({"href", "hreflang"}),
    "bdo": frozenset({"dir"}),
    "blockquote": frozenset({"cite"}),
    "circle": frozenset("cx cy r".split()),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "ellipse": frozenset("cx cy rx ry".split()),
    "g": frozenset({"transform"}),
    "img": frozenset("src srcset sizes alt width height loading decoding".split()),
    "input": frozenset({"checked", "type"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "line": frozenset("x1 y1 x2 y2 marker-end marker-start".split()),
    "marker": frozenset("viewBox refX refY markerWidth markerHeight markerUnits orient".split()),
    "ol": frozenset("start reversed type".split()),
    "path": frozenset("d transform marker-end marker-start".split()),
    "polygon": frozenset("points transform".split()),
    "polyline": frozenset("points transform marker-end marker-start".split()),
    "q": frozenset({"cite"}),
    "rect": frozenset("x y width height rx ry transform".split()),
    "source": frozenset("srcset sizes media type".split()),
    "svg": frozenset("viewBox width height preserveAspectRatio focusable".split()),
    "td": frozenset("align colspan rowspan headers".split()),
    "text": frozenset("x y dx dy text-anchor dominant-baseline transform".split()),
    "th": frozenset("align colspan rowspan headers scope abbr".split()),
    "time": frozenset({"datetime"}),
    "tspan": frozenset("x y dx dy".split()),
}
# Scripts of the site read these; `data-md-…` belongs to the theme.
PREFIXES = frozenset({"aria-", "data-pn-", "data-pagefind-"})
SCHEMES = frozenset({"http", "https", "mailto"})
ROLES = frozenset("note img list listitem group presentation none region doc-backlink doc-noteref doc-endnotes".split())
ADMONITIONS = frozenset(
    """
    takeaway question opinion correction example answered
    note abstract summary tldr info todo tip hint important success check done help faq warning caution attention
    failure fail missing danger error bug quote cite inline end
    """.split()
)
CLASSES = frozenset(
    """
    admonition admonition-title arithmatex highlight linenums headerlink toc toclink
    task-list task-list-item task-list-control task-list-indicator
    footnote footnote-ref footnote-backref grid cards md-button md-button--primary
    """.split()
)
OWN_CLASS = re.compile(r"pn-[a-z0-9_-]+|language-[\w+#.-]+")
# Pygments names its tokens in one to three letters.
TOKEN_CLASS = re.compile(r"[a-z]{1,2}[a-z0-9]?")
# The theme's own ids begin with two underscores, those of our scripts with pn-: nothing in a note may pass for one.
FOREIGN_ID = re.compile(r"(?:__|pn-)|.*[\s\x00-\x1f\x7f\"'<>&`=\\]", re.IGNORECASE | re.DOTALL)
# A browser leaves out tabs and line ends anywhere in an address, and blanks and controls before it.
IGNORED_IN_ADDRESS = re.compile(r"[\t\n\r]+")
SCHEME = re.compile(r"[\x00-\x20]*([^/?#]*?):")
LOCAL_MARKER = re.compile(r"url\(#[\w-]+\)")


def allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """What of an allowed attribute's value may be published, or None for nothing."""
    match attribute:
        case "class":
            return " ".join(name for name in value.split() if is_allowed_class(tag, name)) or None
        case "id":
            return value if is_allowed_id(value) else None
        case "href" | "cite":
            return value if is_allowed_address(value) else None
        case "src" | "srcset":
            return value if is_own_address(value) else None
        case "role":
            return value if value in ROLES else None
        case "type" if tag == "input":
            return value if value == "checkbox" else None
        case "tabindex":
            return value if value in ("0", "-1") else None
        case "marker-end" | "marker-start":
            return value if LOCAL_MARKER.fullmatch(value) else None
        case _:
            return value


def is_allowed_class(tag: str, name: str) -> bool:
    return (
        name in CLASSES
        or OWN_CLASS.fullmatch(name) is not None
        or (tag in ("div", "details") and name in ADMONITIONS)
        or (tag == "span" and TOKEN_CLASS.fullmatch(name) is not None)
    )


def is_allowed_id(name: str) -> bool:
    return bool(name) and FOREIGN_ID.match(name) is None


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: inside the site, or by one of SCHEMES."""
    scheme = scheme_of(address)
    return scheme is None or scheme in SCHEMES


def is_own_address(address: str) -> bool:
    """Whether an image may come from there: only from the site itself, which asks nobody else for anything."""
    plain = IGNORED_IN_ADDRESS.sub("", address).lstrip("".join(map(chr, range(33)))).replace("\\", "/")
    return scheme_of(address) is None and "//" not in plain


def scheme_of(address: str) -> str | None:
    """The scheme that a browser would read, in lower case; a colon makes one only where a path has not begun."""
    found = SCHEME.match(IGNORED_IN_ADDRESS.sub("", address))
    return found[1].casefold() if found else None
