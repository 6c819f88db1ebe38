"""Front matter that is being typed, and so need not be YAML yet → the field and word that a place stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from papernotes.frontmatter import CLOSING, OPENING

FIELD = re.compile(r"^([A-Za-z_]+):(?:[ \t]+(.*))?$", re.DOTALL)
ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$", re.DOTALL)
NESTED = re.compile(r"^[ \t]+([A-Za-z_]+):[ \t]+(.*)$", re.DOTALL)
PAIR = re.compile(r"^[ \t]*([A-Za-z_]+):[ \t]+(.*)$", re.DOTALL)
NAME = re.compile(r"^[ \t]*([A-Za-z_]*)$")
NAMES = re.compile(r"(?:^|[{,])[ \t]*(?:-[ \t]+\{?)?([A-Za-z_]+):")


@dataclass(frozen=True)
class FieldPlace:
    """Where a place in front matter is: in the value of `field`, or (None) in the name of a field.

    `parent` is the field that holds the mapping around it, if one does. `typed` ends at `offset`. `written` are the
    names that the mapping has already.
    """

    parent: str
    field: str | None
    typed: str
    offset: int
    written: frozenset[str]


def field_place(text: str, offset: int) -> FieldPlace | None:
    """Where `offset` is in the front matter; None if it is elsewhere or in no field."""
    opening = OPENING.match(text)
    if opening is None or offset < opening.end():
        return None
    closing = CLOSING.search(text, opening.end())
    end = closing.start() if closing else len(text)
    if offset > end or (closing and offset == end and not text[:offset].endswith("\n")):
        return None
    block = text[opening.end() : end]
    line_start = max(text.rfind("\n", 0, offset) + 1, opening.end())
    before = text[line_start:offset]
    line_end = text.find("\n", offset)
    line = text[line_start : line_end if 0 <= line_end <= end else end]
    field = FIELD.match(before)
    if field and "{" not in before:
        return FieldPlace("", field[1], _word(field[2] or ""), offset, frozenset())
    if field is None and NAME.match(before) and not before.startswith((" ", "\t")):
        names = frozenset(found[1] for found in re.finditer(r"^([A-Za-z_]+):", block, re.MULTILINE))
        return FieldPlace("", None, before, offset, names)
    parent = field[1] if field else _parent(text[opening.end() : line_start])
    return _inside(parent, before, line, offset)


def _parent(before: str) -> str:
    """The last field at the left margin."""
    found = re.findall(r"^([A-Za-z_]+):", before, re.MULTILINE)
    return found[-1] if found else ""


def _inside(parent: str, before: str, line: str, offset: int) -> FieldPlace | None:
    """A place in a list or mapping that belongs to `parent`."""
    written = frozenset(found[1] for found in NAMES.finditer(line.partition(f"{parent}:")[2] or line))
    flow = before.rfind("{")
    if flow > before.rfind("}"):
        part = before[flow + 1 :].rpartition(",")[2]
    elif item := ITEM.match(before):
        part = item[1]
        if not PAIR.match(part) and "{" not in part:
            return FieldPlace("", parent, _word(part), offset, written)
    elif NESTED.match(before) or NAME.match(before):
        part = before
    else:
        return None
    if pair := PAIR.match(part):
        return FieldPlace(parent, pair[1], _word(pair[2]), offset, written)
    if name := NAME.match(part):
        return FieldPlace(parent, None, name[1], offset, written)
    return None


def _word(value: str) -> str:
    """The item of a list, or the value, that is being written."""
    if value.lstrip().startswith("["):
        value = value.rpartition("[")[2].rpartition(",")[2]
    return value.lstrip().lstrip("\"'")
