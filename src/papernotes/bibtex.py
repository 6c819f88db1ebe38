"""BibTeX → entries, and what could not be read. Owns bibtexparser (names) and pylatexenc."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from sys import intern
from typing import Any

from papernotes.bibsyntax import START, Block, FieldSpans, Problem, Value, blocks, fields
from papernotes.diagnostics import Fix, replace_text
from papernotes.entries import CITED_KEY, MONTHS, Entry, Person
from papernotes.model import Fault
from papernotes.text import Location, Source, Span

DECODED = frozenset(
    "title booktitle journal publisher institution organization school series venue note howpublished address".split()
)
BRACES_MATTER = DECODED | {"author", "editor"}
LONGEST_DECODED, LONGEST_EXPANDED, MOST_EXPANDED = 20_000, 20_000, 20_000_000
LONGEST_FIX, LONGEST_SHOWN = 500, 80
AND_OR_BRACE = re.compile(r"[{}]|(?<!\s)\s+and(?=\s)", re.IGNORECASE)
STANDARD_STRINGS: dict[str, str] = dict(zip(MONTHS, MONTHS, strict=True))


@dataclass(frozen=True)
class Bibliography:
    """What a .bib file holds, duplicates kept, and what could not be read."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@dataclass
class _Reading:
    source: Source
    strings: dict[str, str] = field(default_factory=STANDARD_STRINGS.copy)
    entries: list[Entry] = field(default_factory=list[Entry])
    faults: list[Fault] = field(default_factory=list[Fault])
    expanded: int = 0

    def fault(
        self, rule: str, span: Span, message: str, help: str = "", *, first: Span | None = None, fix: Fix | None = None
    ) -> None:
        related = (Location(self.source, first),) if first else ()
        self.faults.append(Fault(rule, Location(self.source, span), message, help, related, fix))

    def broken(self, at: int, message: str, help: str) -> None:
        line_end = self.source.text.find("\n", at)
        end = len(self.source.text) if line_end < 0 else line_end
        self.fault("broken-bib-block", Span(at, at + len(self.source.text[at:end].rstrip())), message, help)

    def concatenated(self, key: str, name: str, span: Span, text: str) -> None:
        fix = replace_text(Location(self.source, span), f"{{{text}}}", safe=False) if len(text) < LONGEST_FIX else None
        message = f"{key}: the value of {name!r} is put together by #, which many readers of BibTeX cannot do"
        self.fault("concatenated-value", span, message, "write the value out in braces", fix=fix)


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
    for mark, text, span in value.pieces:
        if mark or text.isdigit():
            parts.append(text)
        elif (known := reading.strings.get(text.lower())) is not None:
            parts.append(known)
        else:
            message = f"the @string {text!r} is not defined before this place"
            # What begins with a digit can name no @string: the braces were forgotten.
            fix = replace_text(Location(reading.source, span), f"{{{text}}}") if text[0].isdigit() else None
            reading.fault("undefined-string", span, message, "define it, or put the value in braces", fix=fix)
            parts.append(text)
    joined = "".join(parts)
    if len(joined) <= value.span.end - value.span.start:
        return joined
    reading.expanded += len(joined)
    if len(joined) <= LONGEST_EXPANDED and reading.expanded <= MOST_EXPANDED:
        return joined
    reading.fault("broken-bib-block", value.span, "the @strings here make too much text", "write the value out")
    return ""


def _entry(reading: _Reading, block: Block) -> None:
    text, end = reading.source.text, block.end - 1
    comma = text.find(",", block.content, end)
    key_end = comma if comma >= 0 else end
    key = intern(text[block.content : key_end].strip())
    key_start = block.content + len(text[block.content : key_end]) - len(text[block.content : key_end].lstrip())
    if not key or "=" in key:
        reading.broken(block.start, "this entry has no citekey, or no comma after it", "write @article{key, …}")
        return
    values: dict[str, str] = {}
    names: dict[str, Span] = {}
    shown_key = key if len(key) <= LONGEST_SHOWN else f"{key[:LONGEST_SHOWN]}…"
    for item in fields(text, key_end, end):
        if isinstance(item, Problem):
            reading.broken(
                item.offset, f"{shown_key}: {item.message}", "mend this place; the entry's other fields were read"
            )
            continue
        name, name_span, value = item
        if name in values:
            message = f"{shown_key}: the field {name!r} is written twice; what stands here is not read"
            reading.fault("repeated-bib-field", name_span, message, "keep one of the two", first=names[name])
            continue
        names[name] = name_span
        values[name] = _unwrapped(name, _expand(reading, value).strip())
        if len(value.pieces) > 1:
            reading.concatenated(shown_key, name, value.span, values[name])
    authors = tuple(read_names(values.get("author", values.get("editor", ""))))
    cites = values.get("cites")
    keys = None if cites is None else tuple(dict.fromkeys(map(intern, CITED_KEY.findall(cites))))
    shown = {name: decode_latex(value) if name in DECODED else value for name, value in values.items()}
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
            FieldSpans(text, key_end, end),
            values,
        )
    )


def _unwrapped(name: str, text: str) -> str:
    """A value without a second pair of braces, as Web of Science writes it; in names and titles the pair counts."""
    if text[:1] == "{" and name not in BRACES_MATTER and text[-1] == "}" and not re.search(r"[{}]", text[1:-1]):
        return text[1:-1].strip()
    return text


@cache
def _decoder() -> Callable[[str], str]:
    """pylatexenc with its tables built once: it would build them anew for every text."""
    # Most runs of a check read no bibliography anew, and should wait neither for this nor for bibtexparser.
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexWalker, get_default_latex_context_db

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # it warns on stderr of macros without arguments
    context: Any = get_default_latex_context_db()
    to_text: Any = LatexNodes2Text(math_mode="verbatim", keep_comments=True)

    def decode(text: str) -> str:
        walker: Any = LatexWalker(text, latex_context=context)
        return str(to_text.nodelist_to_text(walker.get_latex_nodes()[0]))

    return decode


@lru_cache(maxsize=20_000)
def _decoded(text: str) -> str:
    """The same names and venues come again and again."""
    # pylatexenc gives up on some unbalanced input; the text as written is still better than none
    with suppress(ValueError, IndexError, RecursionError):
        # it prints \textasciicircum as the modifier letter
        return _decoder()(text).replace("\u02c6", "^")
    return text if "$" in text else _without_braces(text)


def _without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def decode_latex(text: str) -> str:
    """LaTeX as plain text: accents become letters, braces go, formulas stay TeX between dollars."""
    # Before the braces go: two signs with braces between them are no quotation mark.
    if "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    if len(text) < LONGEST_DECODED and ("\\" in text or "$" in text or "~" in text):
        text = _decoded(text)
    elif "{" in text or "}" in text:
        text = _without_braces(text)
    return " ".join(text.split())


def read_names(text: str) -> Iterator[Person]:
    """The people of an author field. `and others` gives a person called "others"."""
    for start, end in split_names(text):
        name = " ".join(text[start:end].split())
        if name.startswith("{") and name.endswith("}") and "}" not in name[1:-1]:
            yield Person(decode_latex(name[1:-1]))
        elif name.count(",") == 1:
            family, _, given = name.partition(",")
            # The same names stand in many entries.
            yield Person(intern(decode_latex(family)), intern(decode_latex(given)))
        else:
            yield _parse_name(name)


def split_names(text: str) -> Iterator[Span]:
    """Where the names of an author field stand: `and` outside braces parts them. O(length)."""
    start = depth = 0
    for token in AND_OR_BRACE.finditer(text):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
        elif depth == 0:
            yield from _trimmed(text, start, token.start())
            start = token.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    name = text[start:end].strip()
    if name:
        at = text.index(name, start)
        yield Span(at, at + len(name))


def _parse_name(name: str) -> Person:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return Person(decode_latex(name))
    family = decode_latex(" ".join([*parts.von, *parts.last, *parts.jr]))
    return Person(family or decode_latex(name), decode_latex(" ".join(parts.first)) if family else "")
