"""BibTeX → entries, and what could not be read. Owns bibtexparser (names) and pylatexenc.

The blocks and fields are scanned here: bibtexparser's splitter gives no offsets inside an entry, reads parentheses as a
comment and a `%` line as part of a field's name, and drops what repeats a key, all of which `check` has to point at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts
from pylatexenc.latex2text import LatexNodes2Text

from papernotes.model import MONTHS, Entry, Fault, Person
from papernotes.text import Source, Span

START = re.compile(r"(?:^[ \t\ufeff]*|(?<=[})])[ \t]*)@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])", re.MULTILINE)
DELIMITERS = re.compile(r"[{}]|^@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
NAME = re.compile(r"[^\s={}(),\"#%]+")
SPACE = re.compile(r"(?:\s|%[^\n]*\n)*")
PLAIN = re.compile(r"[^\s,#{}\"()=]+")
RESUME = re.compile(r",(?=\s*[A-Za-z][\w-]*\s*=)")
BRACES = re.compile(r"[{}]")
QUOTE_OR_BRACE = re.compile(r"[{}\"]")
DECODED = frozenset("title booktitle journal publisher institution organization school series venue".split())
LONGEST_DECODED, MOST_EXPANDED = 20_000, 20_000
STANDARD_STRINGS = dict(zip(MONTHS, MONTHS, strict=True))


@dataclass(frozen=True)
class Bibliography:
    """What a .bib file holds, duplicates kept, and what could not be read."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


class Block(NamedTuple):
    """`@type{…}` or `@type(…)`: its type in lower case, its extent, where its content begins; `end` < 0 if unclosed."""

    type: str
    start: int
    content: int
    end: int


class Value(NamedTuple):
    """A field's value: pieces that `#` joins, each with how it was written: `{`, `"`, or nothing for a bare word."""

    pieces: tuple[tuple[str, str], ...]
    span: Span


class Problem(NamedTuple):
    """A place in an entry that is no field."""

    message: str
    offset: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a .bib text. An entry inside another's balanced braces is text; an unclosed one ends at the next.

    O(length): after the first block that nothing closes, a block at the start of a line always begins anew.
    """
    cursor, strict = 0, False
    while match := START.search(text, cursor):
        block = _block(text, match, strict)
        if block.end < 0:
            strict = True
            following = START.search(text, match.end())
            cursor = following.start() if following else len(text)
        else:
            cursor = block.end
        yield block


def _block(text: str, match: re.Match[str], strict: bool) -> Block:
    at = match.start() + match[0].index("@")
    kind, depth = match[1].lower(), 1 if match[2] == "{" else 0
    if match[2] == "(":
        return _parenthesised(text, kind, at, match.end())
    for token in DELIMITERS.finditer(text, match.end()):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                return Block(kind, at, match.end(), token.end())
        elif depth == 1 or strict:
            break
        else:
            depth += token[0].endswith("{")
    return Block(kind, at, match.end(), -1)


def _parenthesised(text: str, kind: str, at: int, content: int) -> Block:
    depth = 0
    for token in re.compile(r"[{})]|^@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE).finditer(text, content):
        if token[0] == ")" and depth == 0:
            return Block(kind, at, content, token.end())
        if token[0].startswith("@"):
            break
        depth += (token[0] == "{") - (token[0] == "}")
    return Block(kind, at, content, -1)


def fields(text: str, start: int, end: int) -> Iterator[tuple[str, Span, Value] | Problem]:
    """The fields between two offsets: lower-case name, place of the name, value; and what is no field."""
    cursor = start
    while True:
        cursor = _skip(text, cursor, end)
        while cursor < end and text[cursor] == ",":
            cursor = _skip(text, cursor + 1, end)
        if cursor >= end:
            return
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
        yield name[0].lower(), Span(*name.span()), value
        cursor = _skip(text, value.span.end, end)
        if cursor < end and text[cursor] != ",":
            yield Problem(f"a comma is missing after the field {name[0]!r}", cursor)
            if not re.compile(r"[A-Za-z][\w-]*\s*=").match(text, cursor, end):
                cursor = _resume(text, cursor, end)


def _skip(text: str, at: int, end: int) -> int:
    match = SPACE.match(text, at, end)
    return match.end() if match else at


def _resume(text: str, at: int, end: int) -> int:
    match = RESUME.search(text, at, end)
    return match.end() if match else end


def _value(text: str, at: int, end: int) -> Value | Problem:
    start, pieces = at, list[tuple[str, str]]()
    while True:
        close = _piece_end(text, at, end)
        if close < 0:
            return Problem("this value is missing, or never closed", at)
        mark = text[at] if text[at] in '{"' else ""
        pieces.append((mark, text[at + 1 : close - 1] if mark else text[at:close]))
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


class _FieldSpans(Mapping[str, Span]):
    """Where an entry's values stand, by field; scanned when first asked, since most never are."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._range = text, (start, end)
        self._spans: dict[str, Span] | None = None

    def _found(self) -> dict[str, Span]:
        if self._spans is None:
            self._spans = {}
            for item in fields(self._text, *self._range):
                if not isinstance(item, Problem):
                    self._spans.setdefault(item[0], item[2].span)
        return self._spans

    def __getitem__(self, name: str) -> Span:
        return self._found()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())


@dataclass
class _Reading:
    source: Source
    strings: dict[str, str] = field(default_factory=lambda: dict(STANDARD_STRINGS))
    entries: list[Entry] = field(default_factory=list[Entry])
    faults: list[Fault] = field(default_factory=list[Fault])

    def fault(self, rule: str, start: int, end: int, message: str, help: str = "") -> None:
        self.faults.append(Fault(rule, self.source.at(start, end), message, help))

    def broken(self, at: int, message: str, help: str) -> None:
        line_end = self.source.text.find("\n", at)
        end = len(self.source.text) if line_end < 0 else line_end
        self.fault("broken-bib-block", at, at + len(self.source.text[at:end].rstrip()), message, help)


def read_bibliography(source: Source) -> Bibliography:
    """Read a whole .bib file. O(length); never raises."""
    reading = _Reading(source)
    outside = 0
    for block in blocks(source.text):
        _stray(reading, outside, block.start)
        outside = block.end if block.end > 0 else block.content
        if block.end < 0:
            reading.broken(block.start, "this block is never closed", "balance its braces")
            following = START.search(source.text, block.content)
            outside = following.start() if following else len(source.text)
        elif block.type == "string":
            _define(reading, block)
        elif block.type not in ("comment", "preamble"):
            _entry(reading, block)
    _stray(reading, outside, len(source.text))
    return Bibliography(tuple(reading.entries), tuple(reading.faults))


def _stray(reading: _Reading, start: int, end: int) -> None:
    """Text between blocks is a comment, but a brace or a field there is the rest of a broken entry."""
    for line in re.finditer(r"[^\n]+", reading.source.text[start:end]):
        text = line[0].strip().lstrip("\ufeff")
        if not text or text.startswith("%") or text.lower().startswith("@comment"):
            continue
        if re.search(r"[{}]|^@", text):
            at = start + line.start() + len(line[0]) - len(line[0].lstrip())
            reading.broken(at, "this stands outside every entry and is lost", "close the entry after it, or remove it")
            return


def _define(reading: _Reading, block: Block) -> None:
    for item in fields(reading.source.text, block.content, block.end - 1):
        if isinstance(item, Problem):
            reading.broken(item.offset, item.message, "write @string{name = {text}}")
        else:
            reading.strings[item[0]] = _expand(reading, item[2])


def _expand(reading: _Reading, value: Value) -> str:
    """A value's text, @string names replaced; what is undefined is reported and stands for itself."""
    parts: list[str] = []
    for mark, text in value.pieces:
        if mark or text.isdigit():
            parts.append(text)
        elif (known := reading.strings.get(text.lower())) is not None:
            parts.append(known)
        else:
            message = f"the @string {text!r} is not defined before this place"
            reading.fault("undefined-string", *value.span, message, "define it, or put the value in braces")
            parts.append(text)
    joined = "".join(parts)
    if len(joined) > MOST_EXPANDED and len(value.pieces) > 1:
        reading.fault("broken-bib-block", *value.span, f"this expands to more than {MOST_EXPANDED} characters")
        return joined[:MOST_EXPANDED]
    return joined


def _entry(reading: _Reading, block: Block) -> None:
    text, end = reading.source.text, block.end - 1
    comma = text.find(",", block.content, end)
    key_end = comma if comma >= 0 else end
    key = text[block.content : key_end].strip()
    key_start = block.content + len(text[block.content : key_end]) - len(text[block.content : key_end].lstrip())
    if not key or re.search(r"[\s={}\"#%]", key):
        reading.broken(block.start, "this entry has no citekey", "write @article{key, …}")
        return
    values: dict[str, str] = {}
    for item in fields(text, key_end, end):
        if isinstance(item, Problem):
            reading.broken(item.offset, f"{key}: {item.message}", "mend this place; the entry's other fields were read")
            continue
        name, name_span, value = item
        if name in values:
            reading.fault("repeated-bib-field", *name_span, f"{key}: the field {name!r} is written twice", "keep one")
            continue
        values[name] = _expand(reading, value)
    authors = tuple(read_names(values.get("author", values.get("editor", ""))))
    cites = values.get("cites")
    keys = None if cites is None else tuple(dict.fromkeys(key for key in re.split(r"[\s,;]+", cites) if key))
    shown = {name: decode_latex(value) if name in DECODED else value.strip() for name, value in values.items()}
    reading.entries.append(
        Entry(
            key,
            block.type,
            shown,
            authors,
            keys,
            reading.source,
            Span(block.start, block.end),
            Span(key_start, key_start + len(key)),
            _FieldSpans(text, key_end, end),
        )
    )


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def decode_latex(text: str) -> str:
    """LaTeX as plain text: accents become letters, braces go, formulas stay TeX between dollars."""
    if len(text) < LONGEST_DECODED and ("\\" in text or "$" in text or "~" in text):
        try:
            text = _decoder().latex_to_text(text)
        except (ValueError, IndexError, RecursionError):
            pass  # pylatexenc gives up on some unbalanced input; the text as written is still better than none
    if "$" not in text and ("{" in text or "}" in text):
        text = text.replace("{", "").replace("}", "")
    return " ".join(text.split())


def read_names(text: str) -> Iterator[Person]:
    """The people of an author field. `and others` gives a person called "others"."""
    for name in _split_names(text):
        if name.startswith("{") and name.endswith("}") and "}" not in name[1:-1]:
            yield Person(decode_latex(name[1:-1]))
        elif name.count(",") == 1:
            family, _, given = name.partition(",")
            yield Person(decode_latex(family), decode_latex(given))
        else:
            yield _parse_name(name)


def _split_names(text: str) -> Iterator[str]:
    flat = " ".join(text.split())
    if "{" not in flat:
        yield from (name for part in flat.split(" and ") if (name := part.strip()))
        return
    start = depth = 0
    for token in re.finditer(r"[{}]| and ", flat):
        if token[0] == " and ":
            if depth == 0:
                yield flat[start : token.start()].strip()
                start = token.end()
        else:
            depth += 1 if token[0] == "{" else -1
    if flat[start:].strip():
        yield flat[start:].strip()


def _parse_name(name: str) -> Person:
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return Person(decode_latex(name))
    family = decode_latex(" ".join([*parts.von, *parts.last, *parts.jr]))
    return Person(family or decode_latex(name), decode_latex(" ".join(parts.first)) if family else "")
