"""The typed fields of front matter, and what is wrong with values that do not fit them. Owns pydantic."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, cast, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from papernotes import matter
from papernotes.matter import Basis, Kind, Path, RelationType, Status

NUMBER = re.compile(r"[-+]?\d[\d_]*(\.\d+)?([eE][-+]?\d{1,4})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Redirects become files of the site, so they may hold nothing that leads out of it or that a disk refuses.
OLD_PATH = re.compile(r"""[^\x00-\x1f\x7f-\x9f\\/:*?"<>|#]+(/[^\x00-\x1f\x7f-\x9f\\/:*?"<>|#]+)*""")


def _number(text: Any) -> Any:
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise ValueError("must be a number such as 7e9 or 63.4")
    return Decimal(text.replace("_", ""))


def _date(text: Any) -> Any:
    if not isinstance(text, str) or not DATE.fullmatch(text):
        raise ValueError("must be a date such as 2026-11-20")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"is no day of the calendar ({error})") from None


def _old_path(text: str) -> str:
    if not OLD_PATH.fullmatch(text.strip("/")) or any(part in (".", "..") for part in text.split("/")):
        raise ValueError("must be an old path of this site, such as 202502191442 or notes/old-name")
    return text


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[Decimal, BeforeValidator(_number, json_schema_input_type=float)]
Date = Annotated[datetime.date, BeforeValidator(_date, json_schema_input_type=datetime.date)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


class Table(BaseModel):
    """A mapping of front matter: fields we do not know are faults."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)


class Relation(Table):
    """The note author's claim on why the work `origin` (one of the note's papers) leads to the work `to`."""

    to: Text
    type: RelationType
    origin: Text | None = Field(default=None, alias="from")
    where: Text | None = None


class ModelFacts(Table):
    """A trained model: counts are plain numbers; `context` is in tokens; `where` says where the numbers stand."""

    name: Text
    paper: Text | None = None
    parameters: Number | None = None
    active_parameters: Number | None = None
    tokens: Number | None = None
    context: Number | None = None
    compute: Text | None = None
    license: Text | None = None
    where: Text | None = None


class ResultFacts(Table):
    """One number on one benchmark."""

    model: Text
    paper: Text | None = None
    benchmark: Text
    setting: Text | None = None
    metric: Text
    value: Number
    unit: Text | None = None
    where: Text | None = None


class Series(Table):
    """A digest's place in its series."""

    name: Text
    number: Number


class FrontMatter(Table):
    """Front matter of a note in the vault's first language. `required_fields` says what may not be left out."""

    title: Text = ""
    kind: Kind = "paper"
    papers: Texts = ()
    topics: Texts = ()
    summary: Text = ""
    aliases: Texts = ()
    status: Status = "draft"
    basis: Basis | None = None
    created: Date = datetime.date.min
    updated: Date = datetime.date.min
    contributors: Texts = ()
    relations: Annotated[tuple[Relation, ...], Field(strict=False)] = ()
    models: Annotated[tuple[ModelFacts, ...], Field(strict=False)] = ()
    results: Annotated[tuple[ResultFacts, ...], Field(strict=False)] = ()
    redirects: Annotated[tuple[Annotated[Text, AfterValidator(_old_path)], ...], Field(strict=False)] = ()
    series: Series | None = None
    ignore: Texts = ()


class TranslationMatter(Table):
    """Front matter of a translation: only what translates; `translates` maps source headings to their sha256."""

    title: Text = ""
    summary: Text = ""
    aliases: Texts = ()
    translates: Annotated[dict[str, Text], Field(strict=False)] = {}
    ignore: Texts = ()


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with the value at `path`; `rule` is the name of the rule that reports it."""

    rule: str
    path: Path
    message: str
    help: str = ""


def required_fields(kind: str | None, *, translation: bool = False) -> tuple[str, ...]:
    """The fields that front matter of this kind may not leave out."""
    if translation:
        return ("title", "summary")
    always = ("title", "kind", "summary", "status", "created", "updated")
    if kind in ("topic", "home"):
        return always
    return (*always, "topics", "papers") if kind == "paper" else (*always, "topics")


Model = type[FrontMatter] | type[TranslationMatter]


def read_fields(
    model: Model, values: Mapping[str, Any]
) -> tuple[matter.FrontMatter | matter.TranslationMatter, tuple[FieldFault, ...]]:
    """Fit raw values (texts, lists, mappings, None) to the model: what fits, and every fault of what does not."""
    remaining: dict[str, Any] = {key: value for key, value in values.items() if value is not None}
    faults: dict[Path, FieldFault] = {}
    while True:
        try:
            return _value(model.model_validate(remaining)), tuple(faults.values())
        except ValidationError as error:
            dropped: set[str] = set()
            for detail in error.errors(include_url=False, include_input=False):
                path = tuple(detail["loc"])
                faults.setdefault(path, _fault(model, path, detail["type"], detail["msg"]))
                dropped.add(str(path[0]))
            for field in dropped:
                del remaining[field]


def _value(fitted: Any) -> Any:
    """What was fitted to a model as the value of that name."""
    if isinstance(fitted, BaseModel):
        fields = {name: _value(getattr(fitted, name)) for name in type(fitted).model_fields}
        return getattr(matter, type(fitted).__name__)(**fields)
    return tuple(map(_value, cast("tuple[Any, ...]", fitted))) if isinstance(fitted, tuple) else fitted


def _fault(model: type[BaseModel], path: Path, kind: str, message: str) -> FieldFault:
    name = ".".join(str(part) for part in path if isinstance(part, str) and part != "[key]")
    if kind == "extra_forbidden":
        fields = fields_at(model, path[:-1])
        near = difflib.get_close_matches(str(path[-1]), fields, 1)
        ask = f"did you mean {near[0]!r}?" if near else f"fields here: {', '.join(fields)}"
        return FieldFault("unknown-field", path, f"there is no field {name!r}", ask)
    if kind == "missing":
        return FieldFault("missing-field", path, f"{name!r} is missing", f"add '{path[-1]}: …'")
    if kind == "literal_error":
        choices = message.removeprefix("Input should be ").replace("'", "")
        return FieldFault("ill-typed-field", path, f"{name!r} must be {choices}")
    sentences = {
        "string_type": "must be text",
        "string_too_short": "must not be empty",
        "tuple_type": "must be a list, such as [one, two]",
        "dict_type": "must be a mapping, such as {name: value}",
        "model_type": "must be a mapping, such as {name: value}",
    }
    return FieldFault(
        "ill-typed-field", path, f"{name!r} " + sentences.get(kind, message.removeprefix("Value error, "))
    )


def fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields that the mapping at `path` may have."""
    for part in path:
        if isinstance(part, int):
            continue
        annotation: Any = next(
            (info.annotation for name, info in model.model_fields.items() if part in (name, info.alias)), None
        )
        inner = next(
            (
                arg
                for arg in (annotation, *get_args(annotation))
                if isinstance(arg, type) and issubclass(arg, BaseModel)
            ),
            None,
        )
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]
