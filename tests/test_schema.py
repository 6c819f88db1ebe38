"""schema/*.json say what the model says, and hold of the notes that the model accepts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from papernotes import matter, schema
from papernotes.editor_schema import FILES, MEANINGS, choices_at, json_schema, render_schema
from papernotes.schema import FrontMatter, TranslationMatter, fields_at, required_fields

SCHEMAS = Path(__file__).parent.parent / "schema"


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_current(name: str) -> None:
    file = SCHEMAS / f"{name}.schema.json"
    assert file.read_text(encoding="utf-8") == render_schema(name), "make schema writes it anew"


def test_every_field_is_known_and_explained() -> None:
    for name, model in (("note", FrontMatter), ("translation", TranslationMatter)):
        told = json_schema(name)["properties"]
        assert list(told) == fields_at(model, ())
        assert all(detail["description"] for detail in told.values())


def test_no_field_is_explained_that_does_not_exist() -> None:
    for parent, field in MEANINGS:
        known = fields_at(FrontMatter, (parent,) if parent else ()) + fields_at(TranslationMatter, ())
        assert field in known, (parent, field)


@pytest.mark.parametrize("kind", choices_at("", "kind"))
def test_what_must_be_there_depends_on_the_kind(kind: str) -> None:
    schema = json_schema("note")
    asked = set(schema["required"])
    for part in schema["allOf"]:
        if kind in part["if"]["properties"]["kind"]["enum"]:
            asked |= set(part["then"]["required"])
    assert asked == set(required_fields(kind))


def test_choices_are_those_of_the_model() -> None:
    assert choices_at("", "status") == ("draft", "final")
    assert choices_at("", "basis") == ("paper", "secondary")
    assert "simplifies" in choices_at("relations", "type")
    assert choices_at("", "title") == choices_at("nowhere", "type") == ()


@pytest.mark.parametrize(
    "name", ["FrontMatter", "TranslationMatter", "Relation", "ModelFacts", "ResultFacts", "Series"]
)
def test_values_have_the_fields_of_the_model_and_their_defaults(name: str) -> None:
    fields = dataclasses.fields(getattr(matter, name))
    model = getattr(schema, name).model_fields
    assert [field.name for field in fields] == list(model)
    for field in fields:
        if field.default is not dataclasses.MISSING:
            assert field.default == model[field.name].default
