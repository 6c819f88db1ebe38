"""Front matter and bibliography → their canonical form, by edits that keep every value and comment as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from papernotes.bibsyntax import Problem, fields
from papernotes.entries import Entry
from papernotes.model import Document, Note
from papernotes.schema import FrontMatter, TranslationMatter
from papernotes.text import Edit

BIB_ORDER = (
    "author editor title journal booktitle venue edition year month volume number pages publisher institution school "
    "organization isbn issn eprint archiveprefix primaryclass doi url pdf code project keywords abstract note cites"
).split()
NOTE_ORDER = tuple(info.alias or name for name, info in FrontMatter.model_fields.items())
TRANSLATION_ORDER = tuple(TranslationMatter.model_fields)


def format_front_matter(document: Document) -> Edit | None:
    """The edit that puts the fields in their order. A field takes its comments along; values stay as written."""
    order = NOTE_ORDER if isinstance(document, Note) else TRANSLATION_ORDER
    block = document.source.text[document.front.start : document.front.end]
    names = [path[0] for path in document.keys if len(path) == 1]
    if not names or any(name not in order for name in names):
        return None
    starts: list[tuple[int, str]] = []
    for name in names:
        at = document.keys[(name,)].start - document.front.start
        if at and block[at - 1] != "\n":
            return None  # fields in braces on one line: leave them
        starts.append((_with_comments(block, at), str(name)))
    starts.sort()
    head = block[: starts[0][0]]
    ends = [start for start, _ in starts[1:]] + [len(block)]
    parts = {name: block[start:end] for (start, name), end in zip(starts, ends, strict=True)}
    if any(not part.endswith("\n") for part in parts.values()):
        return None
    text = head + "".join(parts[name] for name in sorted(parts, key=order.index))
    return None if text == block else Edit(document.front, text)


def _with_comments(block: str, at: int) -> int:
    """Where a field begins, together with the comment lines right above it."""
    while at:
        line = block.rfind("\n", 0, at - 1) + 1
        if not block[line:at].lstrip().startswith("#"):
            return at
        at = line
    return at


def format_entry(entry: Entry) -> Edit | None:
    """The edit that lays an entry out anew: one field a line, in order, `cites` sorted. None if nothing changes.

    Entries that hold comments, faults or parentheses stay as they are.
    """
    text = entry.source.text
    written = text[entry.span.start : entry.span.end]
    start = text.find(",", entry.key_span.end, entry.span.end)
    if start < 0 or not written.endswith("}"):
        return None
    rows: list[tuple[str, str]] = []
    cursor = start
    for item in fields(text, start, entry.span.end - 1):
        if isinstance(item, Problem) or "%" in text[cursor : item[1].start]:
            return None
        name, _, value = item
        cursor = value.span.end
        rows.append((name, text[value.span.start : value.span.end]))
    if "%" in text[cursor : entry.span.end] or len({name for name, _ in rows}) != len(rows):
        return None
    rows.sort(key=lambda row: (BIB_ORDER.index(row[0]) if row[0] in BIB_ORDER else len(BIB_ORDER) - 2, row[0]))
    lines = [f"  {name} = {_sorted_keys(value) if name == 'cites' else value}" for name, value in rows]
    laid_out = f"@{entry.type}{{{entry.citekey},\n" + ",\n".join(lines) + "\n}"
    return None if laid_out == written else Edit(entry.span, laid_out)


def _sorted_keys(value: str) -> str:
    keys = sorted({key for key in re.split(r"[\s,;{}\"]+", value) if key})
    return "{" + ", ".join(keys) + "}"


def format_all(documents: Sequence[Document], entries: Sequence[Entry]) -> Iterator[tuple[Document | Entry, Edit]]:
    """Every edit that brings a vault to its canonical form, with what it lays out."""
    for document in documents:
        if edit := format_front_matter(document):
            yield document, edit
    for entry in entries:
        if edit := format_entry(entry):
            yield entry, edit
