"""Somebody's front matter, in YAML, TOML or JSON, broken ones too → fields as they were written, and the body."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from papernotes.config import parse_toml
from papernotes.frontmatter import read_block
from papernotes.importers.found import Remark
from papernotes.metadata.tree import Tree, UnreadableError, parse_json
from papernotes.text import Source

SIMPLE = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?\n)?\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Matter:
    """Fields by lower-case name: texts, lists, mappings; `raw` is the block where it could not be read."""

    fields: Mapping[str, Any]
    body: str
    raw: str = ""
    remarks: tuple[Remark, ...] = ()


def read_front_matter(source: Source) -> Matter:
    """Split a file. A block that cannot be read gives its simple lines, and is kept whole besides."""
    text = source.text
    if match := TOML.match(text):
        table = parse_toml(match[1] or "")
        body = text[match.end() :]
        return _unreadable(source, match[1] or "", body, "no TOML") if table is None else Matter(_plain(table), body)
    if text.lstrip("\ufeff").startswith("{") and (end := text.find("\n}")) >= 0:
        try:
            return Matter(_plain(parse_json(text[: end + 2].lstrip("\ufeff")).value), text[end + 2 :])
        except UnreadableError:
            return Matter({}, text)
    block = read_block(source)
    if not block.span.end or (block.body_start == len(text) and not block.values):
        return Matter({}, text)
    broken = next((fault for fault in block.faults if fault.rule == "broken-front-matter"), None)
    body = text[block.body_start :]
    if broken:
        return _unreadable(source, text[block.span.start : block.span.end], body, broken.message)
    return Matter(_plain(block.values), body)


def _unreadable(source: Source, raw: str, body: str, why: str) -> Matter:
    fields = {name.lower(): value.strip("'\"") for name, value in SIMPLE.findall(raw)}
    remark = Remark(source.path, f"{why}; its simple lines were read, the block is kept in the note", lost=True)
    return Matter(fields, body, raw, (remark,))


def _plain(value: Any) -> Mapping[str, Any]:
    """Names in lower case with hyphens for underscores and spaces; dates as text."""
    if not isinstance(value, dict):
        return {}
    named = cast("dict[Any, Any]", value)
    return {re.sub(r"[_ ]+", "-", str(name).strip().lower()): _dated(item) for name, item in named.items()}


def _dated(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime, datetime.time)) else value


def text_of(value: Any) -> str:
    """A field that should be one text: the text, the first of a list, or nothing."""
    if isinstance(value, list):
        return text_of(cast("list[Any]", value)[0]) if value else ""
    return Tree(value).text.strip() or (str(value) if isinstance(value, float) else "")


def texts_of(value: Any) -> tuple[str, ...]:
    """A field that should be a list of texts; `a, b` and `#a #b` are lists too."""
    if isinstance(value, list):
        return tuple(text for item in cast("list[Any]", value) if (text := text_of(item)))
    text = text_of(value)
    return tuple(part.strip() for part in re.split(r",|\s(?=#)", text) if part.strip())


def date_of(value: Any) -> datetime.date | None:
    """A date at the beginning of a text, also inside `[[2024-01-31]]`."""
    match = re.match(r"\W*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text_of(value), re.ASCII)
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
