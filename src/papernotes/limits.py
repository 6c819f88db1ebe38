"""Markdown → what in it no renderer reads in reasonable time, and where: one scan, before anything parses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from papernotes.text import Span

NESTED_BRACKETS, NESTED_QUOTES, NESTED_HTML, DEEPEST_LIST, LONGEST_LINE = 32, 32, 32, 200, 60_000
# What a renderer may take, in seconds of an ordinary machine; a long note takes a tenth of one.
SECONDS = 3.0
# Shorter paragraphs, and fewer footnotes or headings, cost nothing.
WORTH_A_LOOK, WORTH_COUNTING = 500, 100
BLANK_LINE = re.compile(r"\n[ \t>]*\n")
QUOTES = re.compile(rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d+\.(?=[ \t]))){{{NESTED_QUOTES + 1}}}", re.MULTILINE)
DEEP_LIST = re.compile(rf"^[ ]{{{DEEPEST_LIST}}}[ ]*+(?:[-*+]|\d+[.)]|!!!|\?\?\?)[ \t]", re.MULTILINE)
LONG_LINE = re.compile(rf"^[^\r\n]{{{LONGEST_LINE + 1}}}", re.MULTILINE)
BRACKET = re.compile(r"\[|\]")
# A line that makes Python-Markdown split its paragraph, and copy what is left of it.
SPLITTING = re.compile(r"^[ \t>]*+(?:#|=+[ ]*$|[*_-][*_ -]*+$|:[ \t]|!!!|\?\?\?|\[)", re.MULTILINE)
FENCE = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.MULTILINE)
HTML = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?:[^<>\n]*?(?P<markdown>\bmarkdown\b))?[^<>\n]*>")
UNCLOSED_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?=<|\Z)")
FOOTNOTE_USE = re.compile(r"\[\^([^\[\]\n]+)\]")
HEADING = re.compile(r"^#{1,6}(.*)$|^(.*)\n(?:=+|-+)[ ]*$", re.MULTILINE)


class Cost(NamedTuple):
    """How long Python-Markdown takes over something, in seconds as measured, and where it is."""

    seconds: float
    what: str
    at: int


def nesting_fault(text: str, start: int) -> tuple[str, int] | None:
    """What Python-Markdown would take minutes over, and where: deep nesting, endless lines, thousands of open ends."""
    if long_line := LONG_LINE.search(text, start):
        return f"a line is longer than {LONGEST_LINE} characters", long_line.start()
    if quotes := QUOTES.search(text, start):
        return f"quotes or lists are nested more than {NESTED_QUOTES} deep", quotes.start()
    if " " * DEEPEST_LIST in text and (deep := DEEP_LIST.search(text, start)):
        return f"lists are nested more than {DEEPEST_LIST // 4} deep", deep.end() - 2
    if fault := _bracket_fault(text, start) or _html_fault(text, start):
        return fault
    spent = 0.0
    for cost in _costs(text, start):
        spent += cost.seconds
        if spent > SECONDS:
            return cost.what, cost.at
    return None


def _bracket_fault(text: str, start: int) -> tuple[str, int] | None:
    if text.count("[", start) <= NESTED_BRACKETS:
        return None
    for line in re.compile(rf"^.*?\[(?:[^\[\n]*\[){{{NESTED_BRACKETS}}}.*$", re.MULTILINE).finditer(text, start):
        depth = 0
        for bracket in BRACKET.finditer(line[0]):
            depth = max(0, depth + (1 if bracket[0] == "[" else -1))
            if depth > NESTED_BRACKETS:
                return f"brackets are nested more than {NESTED_BRACKETS} deep", line.start() + bracket.start()
    return None


def _html_fault(text: str, start: int) -> tuple[str, int] | None:
    if text.count("markdown", start) <= NESTED_HTML:
        return None
    waiting: Counter[str] = Counter()
    for tag in HTML.finditer(text, start):
        if tag["end"]:
            waiting[tag["name"]] = max(0, waiting[tag["name"]] - 1)
        elif tag["markdown"]:
            waiting[tag["name"]] += 1
            if waiting.total() > NESTED_HTML:
                return f"HTML is nested more than {NESTED_HTML} deep", tag.start()
    return None


def _costs(text: str, start: int) -> Iterator[Cost]:
    """What takes more than its share, in the order of the text; what belongs to no place comes last."""
    yield Cost(6e-5 * text.count("\n", start), "there are too many lines", start)
    for begin, end in _paragraphs(text, start):
        if end - begin > LONGEST_LINE:
            yield Cost(SECONDS * 2, f"a paragraph is longer than {LONGEST_LINE} characters", begin)
        yield from _paragraph_costs(text, begin, end)
    length = len(text) - start
    if (text.count("```", start) + text.count("~~~", start)) * length > 1e6:
        fences = sum(1 for _ in FENCE.finditer(text, start))
        yield Cost(2.5e-9 * fences * length, "there are too many code blocks", start)
    if text.count("<", start) * length > 1e6:
        for tag in UNCLOSED_TAG.finditer(text, start):
            yield Cost(7e-8 * (len(text) - tag.start()), "there are too many tags that nothing closes", tag.start())
    if text.count("[^", start) > WORTH_COUNTING:
        for uses in Counter(use[1] for use in FOOTNOTE_USE.finditer(text, start)).values():
            yield Cost(1e-6 * uses**2, "one footnote is used too often", start)
    if sum(text.count(sign, start) for sign in ("#", "\n=", "\n-")) > WORTH_COUNTING:
        for same in Counter(heading[1] or heading[2] for heading in HEADING.finditer(text, start)).values():
            yield Cost(3e-8 * same**2, "there are too many headings of one text", start)


def _paragraphs(text: str, start: int) -> Iterator[Span]:
    """What stands between blank lines, where it is long enough to cost something."""
    begin = start
    for blank in BLANK_LINE.finditer(text, start):
        if blank.start() - begin > WORTH_A_LOOK:
            yield Span(begin, blank.start())
        begin = blank.start()
    yield Span(begin, len(text))


def _paragraph_costs(text: str, begin: int, end: int) -> Iterator[Cost]:
    length = end - begin
    brackets = text.count("[", begin, end)
    if brackets * length > 1e5:
        steps = _open_steps(text, begin, end, "[", "]")
        yield Cost(5e-7 * steps, "there are too many brackets that nothing closes", begin)
        addresses = _open_steps(text, begin, end, "](", ")")
        yield Cost(5e-7 * addresses, "there are too many links that nothing closes", begin)
    if text.count("\\(", begin, end) * length > 1e6:
        formulas = _open_steps(text, begin, end, "\\(", "\\)")
        yield Cost(3e-8 * formulas, "there are too many formulas that nothing closes", begin)
    splitting = sum(1 for _ in SPLITTING.finditer(text, begin, end))
    yield Cost(8e-8 * splitting * length, "there are too many headings, rules or lists in one paragraph", begin)
    # Each piece of markup copies what is left of its paragraph.
    signs = sum(text.count(sign, begin, end) for sign in "`$*_[<&\\")
    yield Cost(2e-9 * signs * length, "there is too much markup in one paragraph", begin)


def _open_steps(text: str, begin: int, end: int, opening: str, closing: str) -> int:
    """The sum of the distances from what opens to what closes it, or to the end."""
    steps, waiting = 0, list[int]()
    for sign in re.compile(f"({re.escape(opening)})|{re.escape(closing)}").finditer(text, begin, end):
        if sign[1]:
            waiting.append(sign.start())
        elif waiting:
            steps += sign.start() - waiting.pop()
    return steps + sum(end - at for at in waiting)
