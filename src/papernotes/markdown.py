"""Markdown → headings, citation groups, links, formulas, admonitions: the only reader of bodies.

Python-Markdown is the judge of what is a link and what is code. It keeps no offsets, so every place that may mean
something (a destination, a bracket with `@key`, a heading) gets a mark of private-use characters before it renders: a
mark that comes out in a place where it counts was real, and its offset is known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from papernotes.citations import citations_in
from papernotes.limits import nesting_fault
from papernotes.marks import BLANK_LINE, MARK, POINT_CLOSE, POINT_OPEN, Kind, Marked, Place, mark
from papernotes.model import (
    Admonition,
    Body,
    CitationGroup,
    Dangling,
    Definition,
    Formula,
    Heading,
    Link,
    LinkKind,
    Tag,
    Token,
    TokenKind,
)
from papernotes.rendering import Rendered, Shown, render
from papernotes.text import Span

WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
# A full stop ends a sentence if no small letter follows, and if it is not that of a usual abbreviation.
SENTENCE_END = re.compile(
    r"[.!?。！？](?:(?<=[。！？])|(?<!\be\.g.)(?<!\bi\.e.)(?<!\bal.)(?<!\bcf.)(?<!\bvs.)"
    rf"(?=\s+(?:{POINT_OPEN}\d+{POINT_CLOSE})?[^\sa-z{POINT_OPEN}]))"
)
# A sentence of a thousand links is no context; each of them gets the part around it.
LONGEST_SENTENCE, PART = 600, 400
CUT_MARK = re.compile(r"^[^\ue000-\ue007]*\d+[\ue001\ue003\ue005\ue007]|[\ue000\ue002\ue004\ue006]\d*$")
HEADING_END = re.compile(r"[ \t]*(?:\{:?[^{}\n]*\}[ \t]*)?#*[ \t]*(?:\{:?[^{}\n]*\}[ \t]*)?$")
TITLE = re.compile(r'(?:[ ]+[\w-]+)*(?:[ ]+"(?P<title>[^\n]*)")?[ ]*$', re.MULTILINE)
TOKENS = {Kind.NUMBER: TokenKind.NUMBER, Kind.WIDTH: TokenKind.WIDTH, Kind.REMINDER: TokenKind.REMINDER}


def read_body(text: str, start: int) -> Body:
    """Read the Markdown of `text` from `start` on; never raises for what it says. One rendering, O(length) besides."""
    if nested := nesting_fault(text, start):
        return Body(start, unreadable=nested)
    marked = mark(text, start)
    try:
        rendered = render(marked.text)
    except RecursionError:
        return Body(start, unreadable=("lists, quotes or HTML are nested too deep", start))
    reading = _Reading(text, start, marked, rendered)
    return Body(
        start,
        reading.headings,
        tuple(reading.groups()),
        tuple(reading.links()),
        tuple(reading.formulas()),
        tuple(reading.admonitions()),
        tuple(reading.definitions()),
        tuple(reading.dangling()),
        tuple(reading.tags()),
        tuple(reading.tokens()),
        tuple(reading.dollars()),
        frozenset(rendered.ids),
        len(WORD.findall(text, start)),
    )


class _Reading:
    """A text, its marks, and what became of them."""

    def __init__(self, text: str, start: int, marked: Marked, rendered: Rendered) -> None:
        self.text, self.start, self.marked, self.rendered = text, start, marked, rendered
        self.by_kind: dict[Kind, list[tuple[int, Place]]] = {}
        for numbered in enumerate(marked.places):
            self.by_kind.setdefault(numbered[1].kind, []).append(numbered)
        self.contexts = _Contexts(marked)
        self.headings = tuple(self._headings())
        self.heading_starts = [heading.span.start for heading in self.headings]

    def places(self, *kinds: Kind) -> list[tuple[int, Place]]:
        """The places of these kinds with their numbers, in the order of the text."""
        return sorted(numbered for kind in kinds for numbered in self.by_kind.get(kind, ()))

    def _headings(self) -> Iterator[Heading]:
        for level, shown, anchor in self.rendered.headings:
            for found in MARK.finditer(shown):
                place = self.marked.place(int(found[1]))
                if place is not None and place.kind in (Kind.HEADING, Kind.UNDERLINED):
                    words = " ".join(self.marked.restore(shown).split())
                    yield Heading(level, words, anchor, self._heading_span(place.span.start))
                    break

    def _heading_span(self, start: int) -> Span:
        end = self.text.find("\n", start)
        line = self.text[start : len(self.text) if end < 0 else end]
        closing = HEADING_END.search(line)
        return Span(start, start + (closing.start() if closing else len(line)))

    def _heading_before(self, offset: int) -> str:
        number = bisect_right(self.heading_starts, offset)
        return self.headings[number - 1].anchor if number else ""

    def groups(self) -> Iterator[CitationGroup]:
        for number, place in self.places(Kind.GROUP, Kind.NARRATIVE):
            shown = self.rendered.shown.get(number)
            citations = tuple(citations_in(place.text, place.span.start)) if shown else ()
            if shown and citations:
                context, heading = self.contexts.around(shown), self._heading_before(place.span.start)
                yield CitationGroup(citations, place.span, place.kind is Kind.NARRATIVE, context, heading)

    def links(self) -> Iterator[Link]:
        for number, place in self.places(Kind.WIKI, Kind.LINK, Kind.DEFINITION, Kind.AUTO, Kind.BARE):
            if place.kind in (Kind.WIKI, Kind.BARE):
                found = self._standing_link(number, place)
            else:
                found = self._target_link(number, place)
            if found is not None:
                yield found

    def _standing_link(self, number: int, place: Place) -> Link | None:
        """A link that is written in one piece: `[[wiki]]`, or an address in the text."""
        shown = self.rendered.shown.get(number)
        if shown is None:
            return None
        context, heading = self.contexts.around(shown), self._heading_before(place.whole.start)
        written = self.text[place.whole.start : place.whole.end]
        if place.kind is Kind.BARE:
            span = Span(place.whole.start, place.whole.end - len(written) + len(_balanced(written)))
            return Link(LinkKind.BARE, self.text[span.start : span.end], "", span, span, context, heading)
        kind = LinkKind.IMAGE if place.text.startswith("!") else LinkKind.WIKI
        return Link(kind, written.strip(), place.label, place.whole, place.span, context, heading)

    def _target_link(self, number: int, place: Place) -> Link | None:
        found = self.rendered.destinations.get(number)
        if found is None:
            return None
        rest, label, image, shown = found
        context = "" if image else self.contexts.around(shown)
        heading = self._heading_before(place.whole.start)
        if place.kind is Kind.AUTO:
            whole = Span(place.whole.start - 1, place.whole.end + 1)
            address = self.text[place.whole.start : place.whole.end]
            return Link(LinkKind.AUTO, address, "", place.whole, whole, context, heading)
        written, span = self.text[place.span.start : place.span.end], place.span
        if written.startswith("<"):
            written, span = written[1:-1], Span(span.start + 1, span.end - 1)
        rest = self.marked.restore(rest)
        if rest and self.text.startswith(rest, span.end):
            span = Span(span.start, span.end + len(rest))
        kind = LinkKind.IMAGE if image else LinkKind.REFERENCE if place.kind is Kind.DEFINITION else LinkKind.INLINE
        return Link(kind, written + rest, self.marked.restore(label), span, place.whole, context, heading)

    def formulas(self) -> Iterator[Formula]:
        cursor = self.start
        for shown, display in self.rendered.formulas:
            tex = self.marked.restore(shown).strip()
            tex = tex.removeprefix("\\[").removesuffix("\\]") if display else tex[2:-2]
            place = self._first_place(shown)
            if place is not None:
                environment = self.text.startswith("\\begin", place.whole.start)
                begin = place.whole.start if environment else place.whole.end
                span = _extent(self.text, begin, tex)
            else:
                at = self.text.find(tex.strip(), cursor)
                span = Span(at, at + len(tex.strip()))
            if span.start >= 0:
                cursor = span.end
                yield Formula(tex.strip(), display, span)

    def _first_place(self, shown: str) -> Place | None:
        found = MARK.search(shown)
        place = self.marked.place(int(found[1])) if found else None
        return place if place is not None and place.kind is Kind.FORMULA else None

    def dollars(self) -> Iterator[Span]:
        inline = {
            int(found[1]) for tex, display in self.rendered.formulas if not display for found in MARK.finditer(tex)
        }
        for number, place in self.places(Kind.FORMULA):
            if self.text[place.whole.start : place.whole.end] != "$$":
                continue
            if number in self.rendered.visible or number in inline:
                end = self.text.find("$$", place.whole.end)
                within = end >= 0 and not BLANK_LINE.search(self.text, place.whole.end, end)
                yield Span(place.whole.start, end + 2 if within else place.whole.end)

    def admonitions(self) -> Iterator[Admonition]:
        for number, place in self.places(Kind.ADMONITION):
            if number not in self.rendered.admonitions:
                continue
            line_start, header_end = place.whole.start, place.whole.end
            line_start = self.text.rfind("\n", 0, line_start) + 1
            indent = re.compile(r"[ ]*").match(self.text, line_start)
            title = TITLE.match(self.text, header_end)
            after = title.end() if title else header_end
            end, content = self._indented(after, (indent[0] if indent else "") + "    ")
            kind = re.sub(r"\W*([\w-]+)$", r"\1", self.text[place.whole.start : header_end].strip())
            heading = self._heading_before(line_start)
            yield Admonition(kind, (title and title["title"]) or "", content, Span(line_start, end), heading)

    def _indented(self, after: int, indent: str) -> tuple[int, str]:
        """The lines from `after` on that are indented so far: where they end, and what they say."""
        lines: list[str] = []
        end = after
        for line in re.compile(r"\n([^\n]*)").finditer(self.text, after):
            if line[1].strip() and not line[1].startswith(indent):
                break
            lines.append(line[1][len(indent) :])
            if line[1].strip():
                end = line.end()
        return end, "\n".join(lines).strip("\n")

    def definitions(self) -> Iterator[Definition]:
        for number, place in self.places(Kind.FOOTNOTE, Kind.DEFINITION):
            if place.kind is Kind.FOOTNOTE and number in self.rendered.visible:
                yield Definition(True, place.label, place.label in self.rendered.footnotes_used, place.whole)
            elif place.kind is Kind.DEFINITION and number in self.rendered.definitions:
                yield Definition(False, place.label, number in self.rendered.destinations, place.whole)

    def dangling(self) -> Iterator[Dangling]:
        for number, place in self.places(Kind.FOOTNOTE_USE, Kind.REFERENCE_USE):
            shown = self.rendered.shown.get(number)
            if shown is None:
                continue
            left = MARK.sub("", shown.block[shown.at : shown.at + 40])
            if place.kind is Kind.FOOTNOTE_USE and left.startswith("[^"):
                yield Dangling(True, self.text[place.whole.start + 2 : place.whole.end - 1], place.whole)
            elif place.kind is Kind.REFERENCE_USE and left.startswith("]["):
                yield from self._dangling_reference(place.whole.start)

    def _dangling_reference(self, closing: int) -> Iterator[Dangling]:
        """`[text][name]` or `[name][]`, by its first closing bracket. `x[i][j]` is no link."""
        opening = _opening(self.text, closing)
        if opening is None or (opening and (self.text[opening - 1].isalnum() or self.text[opening - 1] in "_])")):
            return
        end = self.text.index("]", closing + 1)
        name = self.text[closing + 2 : end]
        span = Span(closing + 1, end + 1) if name else Span(opening, closing + 1)
        yield Dangling(False, name or self.text[opening + 1 : closing], span)

    def tags(self) -> Iterator[Tag]:
        for number, place in self.places(Kind.TAG):
            attributes = self.rendered.tags.get(number)
            if attributes is not None:
                end = self.text.find(">", place.whole.end)
                line_end = self.text.find("\n", place.whole.end)
                ends = [at for at in (end + 1, line_end) if at > 0]
                whole = Span(place.whole.start, min(ends, default=len(self.text)))
                values = tuple((self.marked.restore(name), self.marked.restore(value)) for name, value in attributes)
                yield Tag(self.text[place.whole.start + 1 : place.whole.end].lower(), values, whole)

    def tokens(self) -> Iterator[Token]:
        for number, place in self.places(*TOKENS):
            if number in self.rendered.visible:
                yield Token(TOKENS[place.kind], place.whole)


class _Contexts:
    """The sentences of blocks, each told once: links of one sentence share it."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.ends: dict[str, list[int]] = {}
        self.told: dict[tuple[str, int], str] = {}

    def around(self, shown: Shown) -> str:
        """The sentence at this place, from after a full stop to the next one, as it was written."""
        ends = self.ends.get(shown.block)
        if ends is None:
            ends = self.ends[shown.block] = [match.end() for match in SENTENCE_END.finditer(shown.block)]
        before = bisect_right(ends, shown.at)
        start = ends[before - 1] if before else 0
        after = bisect_left(ends, shown.at + 1)
        end = ends[after] if after < len(ends) else len(shown.block)
        if end - start > LONGEST_SENTENCE:
            start += (shown.at - start) // PART * PART
            end = min(end, start + PART)
        if (shown.block, start) not in self.told:
            part = CUT_MARK.sub("", shown.block[start:end])
            self.told[shown.block, start] = " ".join(self.marked.restore(part).split())
        return self.told[shown.block, start]


def _balanced(address: str) -> str:
    """An address without a closing parenthesis that belongs to the text around it."""
    while address.endswith((")", ",", ".")) and (address[-1] != ")" or address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def _opening(text: str, closing: int) -> int | None:
    """The offset of the bracket that `]` at `closing` closes, in its own paragraph."""
    depth = 0
    for at in range(closing, max(-1, closing - 1000), -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return at
    return None


def _extent(text: str, start: int, tex: str) -> Span:
    """Where `tex` stands in `text` from `start` on, although indentation and quote signs may stand in its lines."""
    signs = "".join(tex.split())
    at, first = start, -1
    for sign in signs:
        while at < len(text) and text[at] != sign:
            at += 1
        if first < 0:
            first = at
        at += 1
    return Span(first if signs else start, min(at, len(text)) if signs else start)
