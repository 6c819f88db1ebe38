"""The typed fields of front matter as values. `schema` makes them of what is written; the two tell the same fields."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["paper", "model", "system", "dataset", "concept", "survey", "digest", "essay", "topic", "home"]
Status = Literal["draft", "final"]
Basis = Literal["paper", "secondary"]
BUILDING = ("extends", "simplifies", "scales", "uses", "applies", "combines", "analyses")
COMPARING = ("compares", "competes", "refutes")
RelationType = Literal[
    "extends", "simplifies", "scales", "uses", "applies", "combines", "analyses", "compares", "competes", "refutes"
]
Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Relation:
    """The note author's claim on why the work `origin` (one of the note's papers) leads to the work `to`."""

    to: str
    type: RelationType
    origin: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class ModelFacts:
    """A trained model: counts are plain numbers; `context` is in tokens; `where` says where the numbers stand."""

    name: str
    paper: str | None = None
    parameters: Decimal | None = None
    active_parameters: Decimal | None = None
    tokens: Decimal | None = None
    context: Decimal | None = None
    compute: str | None = None
    license: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """One number on one benchmark."""

    model: str
    paper: str | None = None
    benchmark: str
    setting: str | None = None
    metric: str
    value: Decimal
    unit: str | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Series:
    """A digest's place in its series."""

    name: str
    number: Decimal


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """Front matter of a note in the vault's first language."""

    title: str = ""
    kind: Kind = "paper"
    papers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    aliases: tuple[str, ...] = ()
    status: Status = "draft"
    basis: Basis | None = None
    created: datetime.date = datetime.date.min
    updated: datetime.date = datetime.date.min
    contributors: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    models: tuple[ModelFacts, ...] = ()
    results: tuple[ResultFacts, ...] = ()
    redirects: tuple[str, ...] = ()
    series: Series | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TranslationMatter:
    """Front matter of a translation: only what translates; `translates` maps source headings to their sha256."""

    title: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    translates: Mapping[str, str] = field(default_factory=dict[str, str])
    ignore: tuple[str, ...] = ()
