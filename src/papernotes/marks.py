"""Markdown → the places in it that may mean something, and the text with a mark at each of them.

A mark is a number between private-use characters. It stands in the place of what a renderer would change (a citation, a
destination), or beside what must stay as it is for the renderer to understand it (a heading, a formula, a number).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from papernotes.citations import BRACED_KEY, JOINED, KEY
from papernotes.text import Span

OPEN, CLOSE = "\ue000", "\ue001"
# A mark that may not become a citation, since it stands in a link or in code.
INERT_OPEN, INERT_CLOSE = "\ue002", "\ue003"
# A mark that stands among the attributes of an HTML tag, behind a blank of its own.
TAG_OPEN, TAG_CLOSE = "\ue004", "\ue005"
# A mark that says where a link begins, and stands for no text.
POINT_OPEN, POINT_CLOSE = "\ue006", "\ue007"
CLASS = "papernotes-mark-"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
TAG_MARK = re.compile(f"{TAG_OPEN}(\\d+){TAG_CLOSE}")
CLASS_MARK = re.compile(rf"{CLASS}(\d{{1,9}})")
ANY_MARK = re.compile(
    f"[{OPEN}{INERT_OPEN}](\\d+)[{CLOSE}{INERT_CLOSE}]| ?{TAG_OPEN}\\d+{TAG_CLOSE}|{POINT_OPEN}\\d+{POINT_CLOSE}"
)
# Python-Markdown cuts some broken links in the middle of a mark.
STRAY = re.compile("[\ue000-\ue007]")
FOREIGN = dict.fromkeys(range(0xE000, 0xE008), "\ufffd")
HAN = "\u3400-\u9fff"
REMINDER = r"(?<![A-Za-z0-9_])(?:TODO|FIXME|XXX|TBD)(?![A-Za-z0-9_])|待补"


class Kind(StrEnum):
    """What a place may be."""

    FENCE = "fence"
    HEADING = "heading"
    UNDERLINED = "underlined"
    ADMONITION = "admonition"
    LISTED = "listed"
    FOOTNOTE = "footnote"
    DEFINITION = "definition"
    ESCAPE = "escape"
    FORMULA = "formula"
    WIKI = "wiki"
    GROUP = "group"
    FOOTNOTE_USE = "footnote_use"
    LINK = "link"
    REFERENCE_USE = "reference_use"
    AUTO = "auto"
    TAG = "tag"
    BARE = "bare"
    NARRATIVE = "narrative"
    NUMBER = "number"
    WIDTH = "width"
    REMINDER = "reminder"


KINDS = {kind.value: kind for kind in Kind}
# They are read so that nothing inside them is, and have no mark.
UNMARKED = (Kind.FENCE, Kind.LISTED, Kind.ESCAPE)

# The parts begin with their first character, and look back from behind it: so the engine passes by most text quickly.
PLACES = re.compile(
    rf"""
    ^[ \t>]*+(?:
        (?P<fence>(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)*(?:`{{3,}}[^`\n]*|~{{3,}}[^~\n]*)$)
        | (?P<heading>(?:[-*+][ \t]+)?\#{{1,6}}(?!\#)[ \t]*(?=\S))
        | (?P<admonition>(?:!!!|\?\?\?\+?)[ ]?(?P<sort>[\w-]+)(?=[ \n]|\Z))
        | (?P<listed>\d{{1,9}}[.)](?=\s))
        | (?P<footnote>\[\^(?P<foot>[^\[\]\n]*)\]:)
        | (?P<definition>\[(?!\^|-?@)(?P<name>[^\[\]\n]+)\]:[ \t]*+\n?[ \t]*+(?!`{{3}}|~{{3}})
            (?P<to><[^<>\n]*>|[^\s<>]++)
            (?=[ \t]*+(?:$|\n?[ \t]*+(?:"[^\n]*"|'[^\n]*'|\([^\n]*\))[ \t]*$)))
        | (?P<underlined>(?![-*+>|\s]|\d+[.)]\s)(?=[^\n]*+\n[ \t>]*(?:=+|-+)[ ]*$))
    )
    | (?=[\\$\[\]<@0-9h,;:?!，；：？！。TFX待])(?:
        (?P<number>[0-9](?<![A-Za-z0-9_.,\#&^\\/=].)(?<![A-Za-z]-.)\d*+(?:[.,]\d++)*+(?:[eE][+-]?\d++)?(?!_))
        | (?P<formula>\$\$|\$(?=[^\s$])|\\[(\[]|\\begin\{{[a-z]+\*?\}})
        | (?P<escape>\\[^\n])
        | (?P<wiki>!?\[\[(?P<target>[^\[\]\n|]+)(?:\|(?P<shown>[^\[\]\n]*))?\]\])
        | (?P<group>\[(?=(?:[^\[\]]*?[^\[\]A-Za-z0-9_@/.:\\])?-?@(?:\{{|[A-Za-z0-9_]))
            (?P<inside>(?:[^\[\]\n]++|\n(?![ \t]*\n))*+)\](?![\(\[]))
        | (?P<footnote_use>\[\^[^\[\]\n]+\](?!:))
        | (?P<link>\]\([ \t\n]*(?P<dest><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))
        | (?P<reference_use>\](?=\[(?![\^@])[^\[\]\n]*\]))
        | (?P<auto><(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*)(?=>))
        | (?P<tag><[A-Za-z][A-Za-z0-9-]*(?=[\s/>]))
        | (?P<bare>h(?<![A-Za-z0-9_"'=@/:.<-].)ttps?://[A-Za-z0-9]
            (?:[!\#$%&'()+,./:;=?@A-Za-z0-9_~-]*[)\#$%&+/=@A-Za-z0-9_~-])?)
        | (?P<narrative>@(?<!{JOINED}.)(?:{BRACED_KEY}|{KEY}))
        | (?P<width>[,;:?!](?<=[{HAN}*”』」）》].)(?=[ ]?[*“『「（《]{{0,2}}[{HAN}])
            | [，；：？！。](?<=[A-Za-z].)(?=[ ]?[A-Za-z]))
        | (?P<reminder>{REMINDER})
    )
    """,
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
BLANK_LINE = re.compile(r"\n[ \t>]*\n")


class Place(NamedTuple):
    """A place that has a mark. `span` is what the mark replaces (empty where it stands beside), `whole` what was read.

    `label` is what belongs to it: the name of a definition, the text of a wiki link.
    """

    kind: Kind
    span: Span
    whole: Span
    text: str
    label: str = ""


class Marked(NamedTuple):
    """The text for the renderer, and the places by the numbers of their marks."""

    text: str
    places: list[Place]

    def restore(self, shown: str) -> str:
        """What was written where the marks are; nothing for marks that the text itself forged."""
        return STRAY.sub("", ANY_MARK.sub(self._written, shown))

    def _written(self, mark: re.Match[str]) -> str:
        place = self.place(int(mark[1])) if mark[1] else None
        return place.text if place else ""

    def place(self, number: int) -> Place | None:
        return self.places[number] if number < len(self.places) else None


def mark(text: str, start: int) -> Marked:
    """The body of `text`, from offset `start`, with its marks. O(length)."""
    own = text.translate(FOREIGN) if any(chr(code) in text for code in FOREIGN) else text
    places: list[Place] = []
    parts: list[str] = []
    cursor = start
    dollars = _Dollars(own)
    for match in PLACES.finditer(own, start):
        kind = KINDS[match.lastgroup or ""]
        if kind in UNMARKED or (kind is Kind.FORMULA and dollars.closes(match)):
            continue
        span, whole, label = _place(kind, match)
        begin, end = span
        parts += (own[cursor:begin], _written_mark(kind, len(places)))
        cursor = end
        places.append(Place(kind, span, whole, own[begin:end], label))
    parts.append(own[cursor:])
    return Marked("".join(parts), places)


def without_marks(text: str) -> str:
    """The text with neither marks nor what is left of broken ones."""
    return STRAY.sub("", ANY_MARK.sub("", text))


def _written_mark(kind: Kind, number: int) -> str:
    match kind:
        case Kind.HEADING:
            return f"{OPEN}{number}{CLOSE} "
        case Kind.TAG:
            return f" {TAG_OPEN}{number}{TAG_CLOSE}"
        case Kind.ADMONITION:
            return f" {CLASS}{number}"
        case _:
            return f"{OPEN}{number}{CLOSE}"


def _place(kind: Kind, match: re.Match[str]) -> tuple[Span, Span, str]:
    """What the mark replaces, what was read, and what belongs to it."""
    start, end = match.span()
    whole = Span(start, end)
    match kind:
        case Kind.GROUP | Kind.NARRATIVE:
            return whole, whole, ""
        case Kind.WIKI:
            return whole, Span(*match.span("target")), match["shown"] or ""
        case Kind.LINK:
            return Span(*match.span("dest")), whole, ""
        case Kind.DEFINITION:
            return Span(*match.span("to")), Span(*match.span("name")), match["name"]
        case Kind.FOOTNOTE:
            return Span(end, end), Span(*match.span("foot")), match["foot"]
        case Kind.AUTO:
            return Span(end, end), Span(*match.span("address")), ""
        case Kind.REFERENCE_USE | Kind.FOOTNOTE_USE:
            return Span(start, start), whole, ""
        case _:
            return Span(end, end), whole, ""


class _Dollars:
    """Counts `$$` within each block, since one that opens a formula is marked behind it, and one that closes is not."""

    def __init__(self, text: str) -> None:
        self.find_blank: Callable[[int, int], re.Match[str] | None] = lambda a, b: BLANK_LINE.search(text, a, b)
        self.at, self.open = 0, False

    def closes(self, match: re.Match[str]) -> bool:
        if match[0] != "$$":
            return False
        if self.find_blank(self.at, match.start()):
            self.open = False
        self.at, self.open = match.end(), not self.open
        return not self.open
