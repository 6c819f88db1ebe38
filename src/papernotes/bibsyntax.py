"""BibTeX text → blocks, fields and values, each with its place.

bibtexparser's splitter gives no offsets inside an entry, reads parentheses as a comment and a `%` line as part of a
field's name, and drops what repeats a key, all of which `check` has to point at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from sys import intern
from typing import NamedTuple

from papernotes.text import Span

START = re.compile(r"(?:^[ \t\ufeff]*|(?<=[})])[ \t]*)@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])", re.MULTILINE)
DELIMITERS = re.compile(r"[{})]|^@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
DELIMITERS_OR_START = re.compile(rf"[{{}})]|{START.pattern}", re.MULTILINE)
# What stands in braces, nested up to three deep, without an @ that could begin an entry: so most entries are closed.
FLAT = r"[^{}@]++"
NESTED = rf"(?:{FLAT}|\{{(?:{FLAT}|\{{(?:{FLAT}|\{{[^{{}}@]*+\}})*+\}})*+\}})*+"
CLOSED = re.compile(rf"{NESTED}\}}")
FIELD = re.compile(
    r"""[\s,]*+([A-Za-z][^\s={}(),"\#%]*+)\s*+=\s*+
    (?:\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\} | "([^"{}]*+)" | ([A-Za-z0-9][^\s,\#{}"()=%]*+))
    \s*+(?=,|\Z)""",
    re.VERBOSE,
)
NAME = re.compile(r"[^\s={}(),\"#%]+")
SPACE = re.compile(r"(?:\s|%[^\n]*\n)*")
PLAIN = re.compile(r"[^\s,#{}\"()=]+")
RESUME = re.compile(r",(?=\s*[A-Za-z][\w-]*\s*=)")
BRACES = re.compile(r"[{}]")
QUOTE_OR_BRACE = re.compile(r"[{}\"]")
MOST_PROBLEMS = 20


class Block(NamedTuple):
    """`@type{…}` or `@type(…)`: its type in lower case, its extent, where its content begins; `end` < 0 if unclosed."""

    type: str
    start: int
    content: int
    end: int


class Piece(NamedTuple):
    """One of the texts that `#` joins; `mark` is how it is written: `{`, `"`, or nothing for a bare word."""

    mark: str
    text: str
    span: Span


class Value(NamedTuple):
    """A field's value."""

    pieces: tuple[Piece, ...]
    span: Span


class Problem(NamedTuple):
    """A place in an entry that is no field."""

    message: str
    offset: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a .bib text. An entry inside another's balanced braces is text; an unclosed one ends at the next.

    O(length): after the first block that nothing closes, whatever looks like the start of a block is one.
    """
    cursor, delimiters = 0, DELIMITERS
    while match := START.search(text, cursor):
        block = _block(text, match, delimiters)
        if block.end < 0:
            delimiters = DELIMITERS_OR_START
            following = START.search(text, match.end())
            cursor = following.start() if following else len(text)
        else:
            cursor = block.end
        yield block


def _block(text: str, match: re.Match[str], delimiters: re.Pattern[str]) -> Block:
    at, content = match.start() + match[0].index("@"), match.end()
    braced = match[2] == "{"
    if braced and (closed := CLOSED.match(text, content)):
        return Block(intern(match[1].lower()), at, content, closed.end())
    depth = 1 if braced else 0
    for token in delimiters.finditer(text, content):
        mark = token[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if braced and depth == 0:
                return Block(intern(match[1].lower()), at, content, token.end())
        elif mark == ")":
            if not braced and depth == 0:
                return Block(intern(match[1].lower()), at, content, token.end())
        elif delimiters is DELIMITERS_OR_START or depth == braced:
            break
        else:
            depth += mark.endswith("{")
    return Block(intern(match[1].lower()), at, content, -1)


def fields(text: str, start: int, end: int) -> Iterator[tuple[str, Span, Value] | Problem]:
    """The fields between two offsets: lower-case name, place of the name, value; and what is no field.

    O(length): after too many problems the rest is one problem. Names are interned: all entries have the same dozen.
    """
    cursor, problems = start, 0
    while problems < MOST_PROBLEMS:
        if ordinary := FIELD.match(text, cursor, end):
            yield intern(ordinary[1].lower()), Span(*ordinary.span(1)), _ordinary_value(ordinary)
            cursor = ordinary.end()
            continue
        cursor = _skip(text, cursor, end)
        while cursor < end and text[cursor] == ",":
            cursor = _skip(text, cursor + 1, end)
        if cursor >= end:
            return
        problems += 1
        name = NAME.match(text, cursor, end)
        equals = _skip(text, name.end(), end) if name else cursor
        if name is None or equals >= end or text[equals] != "=" or not name[0][0].isalpha():
            yield Problem("here should stand a field, such as year = {2023}", cursor)
            cursor = _resume(text, cursor + 1, end)
            continue
        value = _value(text, _skip(text, equals + 1, end), end)
        if isinstance(value, Problem):
            yield value
            cursor = _resume(text, equals + 1, end)
            continue
        yield intern(name[0].lower()), Span(*name.span()), value
        cursor = _skip(text, value.span.end, end)
        if cursor >= end or text[cursor] == ",":
            problems -= 1
            continue
        yield Problem(f"a comma is missing after the field {name[0]!r}", cursor)
        if not re.compile(r"[A-Za-z][\w-]*\s*=").match(text, cursor, end):
            cursor = _resume(text, cursor, end)
    if cursor < end:
        yield Problem("what follows is not read: too much is wrong before it", cursor)


def _ordinary_value(field: re.Match[str]) -> Value:
    kind = field.lastindex or 0
    start, end = field.span(kind)
    marked = kind != 4
    span = Span(start - marked, end + marked)
    return Value((Piece("" if not marked else "{" if kind == 2 else '"', field[kind], span),), span)


def _skip(text: str, at: int, end: int) -> int:
    match = SPACE.match(text, at, end)
    return match.end() if match else at


def _resume(text: str, at: int, end: int) -> int:
    match = RESUME.search(text, at, end)
    return match.end() if match else end


def _value(text: str, at: int, end: int) -> Value | Problem:
    start, pieces = at, list[Piece]()
    while True:
        close = _piece_end(text, at, end)
        if close < 0:
            return Problem("this value is missing, or never closed", at)
        mark = text[at] if text[at] in '{"' else ""
        pieces.append(Piece(mark, text[at + 1 : close - 1] if mark else text[at:close], Span(at, close)))
        following = _skip(text, close, end)
        if following >= end or text[following] != "#":
            return Value(tuple(pieces), Span(start, close))
        at = _skip(text, following + 1, end)


def _piece_end(text: str, at: int, end: int) -> int:
    """Where the piece that begins at `at` ends; -1 if nothing begins there or nothing ends it."""
    if at >= end:
        return -1
    if text[at] not in '{"':
        match = PLAIN.match(text, at, end)
        return match.end() if match else -1
    quoted, depth = text[at] == '"', 0
    for token in (QUOTE_OR_BRACE if quoted else BRACES).finditer(text, at + quoted, end):
        if token[0] == '"':
            if depth == 0:
                return token.end()
            continue
        depth += 1 if token[0] == "{" else -1
        if depth == 0 and not quoted:
            return token.end()
        if depth < 0:
            return -1
    return -1


class FieldSpans(Mapping[str, Span]):
    """Where an entry's values stand, by field; scanned when first asked, since most never are."""

    __slots__ = ("_spans", "_text", "extent")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self.extent = text, Span(start, end)
        self._spans: dict[str, Span] | None = None

    def _found(self) -> dict[str, Span]:
        if self._spans is None:
            self._spans = {}
            for item in fields(self._text, *self.extent):
                if not isinstance(item, Problem):
                    self._spans.setdefault(item[0], item[2].span)
        return self._spans

    def __getitem__(self, name: str) -> Span:
        return self._found()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())
