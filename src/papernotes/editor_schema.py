"""The model of front matter → JSON schemas, and the words by which editors explain its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast, get_args

from papernotes.matter import Kind
from papernotes.schema import FrontMatter, TranslationMatter, required_fields

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = ("note", "translation")
MEANINGS: Mapping[tuple[str, str], str] = {
    ("", "title"): "The note's title; its body has no heading of level 1.",
    ("", "kind"): "What the note is about.",
    ("", "papers"): "The citekeys of the works that it is about: none, one, or several.",
    ("", "topics"): "Slugs of notes in notes/topics/.",
    ("", "summary"): "One sentence that stands alone: cards, search and feeds show it.",
    ("", "aliases"): "Other names, by which search and [[wiki links]] find it.",
    ("", "status"): "A draft is checked and not published.",
    ("", "basis"): "Whether its author had the paper itself at hand, or secondary sources.",
    ("", "created"): "The day on which it was begun: 2026-11-20.",
    ("", "updated"): "The day of its last change in content: 2026-11-20.",
    ("", "contributors"): "Handles of the people who wrote it.",
    ("", "relations"): "Why its paper leads to another work, as the note's author sees it.",
    ("", "models"): "Trained models, with numbers that say where they stand.",
    ("", "results"): "Numbers on benchmarks.",
    ("", "redirects"): "Old paths and ids that must keep working.",
    ("", "series"): "A digest's place in its series.",
    ("", "ignore"): "Rules that do not apply to this file: PN201, or a rule's name.",
    ("", "translates"): "What the translation was made from; `papernotes translated` writes it.",
    ("relations", "to"): "The citekey of the work that this one builds on or is compared with.",
    ("relations", "from"): "Which of the note's papers, if it is about several.",
    ("relations", "type"): "How the two works are related.",
    ("relations", "where"): "Where the paper says so: §4, Table 2.",
    ("models", "where"): "Where these numbers stand: Table 2.",
    ("models", "context"): "The length of its context, in tokens.",
    ("results", "where"): "Where this number stands: Table 9.",
    ("results", "setting"): "How it was measured: 5-shot.",
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON schema of a note's front matter, or of a translation's, by its name in `FILES`."""
    translation = name == "translation"
    model = TranslationMatter if translation else FrontMatter
    schema = cast("dict[str, Any]", _plain(model.model_json_schema(mode="validation", by_alias=True)))
    schema |= {"$schema": DIALECT, "title": f"papernotes: front matter of a {name}"}
    by_kind = {kind: required_fields(kind, translation=translation) for kind in get_args(Kind)}
    always = set[str].intersection(*map(set, by_kind.values()))
    schema["required"] = [field for field in schema["properties"] if field in always]
    more: dict[tuple[str, ...], list[str]] = {}
    for kind, fields in by_kind.items():
        if asked := tuple(field for field in fields if field not in always):
            more.setdefault(asked, []).append(kind)
    if more:
        schema["allOf"] = [
            {"if": {"properties": {"kind": {"enum": kinds}}}, "then": {"required": list(fields)}}
            for fields, kinds in more.items()
        ]
    for field, told in schema["properties"].items():
        told["description"] = meaning("", field)
        for inner, detail in _table(schema, field).get("properties", {}).items():
            if text := meaning(field, inner):
                detail["description"] = text
    return schema


def render_schema(name: str) -> str:
    """A schema as the text of its file."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def meaning(parent: str, field: str) -> str:
    """What a field is for; `parent` is the field whose mapping it is in."""
    return MEANINGS.get((parent, field), "")


def choices_at(parent: str, field: str) -> tuple[str, ...]:
    """The words that a field may hold, if it may hold only some; `parent` is the field whose mapping it is in."""
    schema = _note_schema()
    told: dict[str, Any] = (_table(schema, parent) if parent else schema).get("properties", {}).get(field, {})
    options: list[dict[str, Any]] = [told, *told.get("anyOf", [])]
    return tuple(choice for option in options for choice in option.get("enum", ()))


@cache
def _note_schema() -> dict[str, Any]:
    return json_schema("note")


def _table(schema: dict[str, Any], field: str) -> dict[str, Any]:
    """The schema of the mapping that a field holds, or of those in its list; nothing if it holds none."""
    found = re.search(r"'#/\$defs/(\w+)'", str(schema["properties"].get(field, "")))
    return schema["$defs"][found[1]] if found else {}


def _plain(node: Any) -> Any:
    """A schema without titles and defaults made up from names. Text may look like a number: it is read as written."""
    if isinstance(node, list):
        return [_plain(item) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    values = cast("dict[str, Any]", node)
    is_schema = "type" in values or "$ref" in values or "anyOf" in values
    kept = {
        key: _plain(value)
        for key, value in values.items()
        if not (is_schema and key in ("title", "default", "description") and not isinstance(value, dict))
    }
    if values.get("type") == "string" and not {"enum", "format", "const"} & values.keys():
        kept["type"] = ["string", "number", "boolean"]
    return kept
