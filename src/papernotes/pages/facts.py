"""The typed facts of a note → the tables of its page: its models and its results, without empty columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papernotes.amounts import amount, plain
from papernotes.matter import ModelFacts, ResultFacts
from papernotes.model import Note
from papernotes.page import Edition


@dataclass(frozen=True)
class Column:
    """A column by the phrase of its head; numbers stand right."""

    head: str
    number: bool
    cells: Sequence[str]


@dataclass(frozen=True)
class FactTable:
    """A table by its columns."""

    columns: Sequence[Column]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        return tuple(zip(*(column.cells for column in self.columns), strict=True))


def model_table(edition: Edition, note: Note) -> FactTable:
    """What the note says of the models that it is about."""

    def counts(name: str, values: Sequence[str]) -> Column:
        return Column(edition.words[name], True, values)

    def texts(name: str, values: Sequence[str]) -> Column:
        return Column(edition.words[name], False, values)

    lang, models = edition.lang, note.meta.models
    return _table(
        texts("model", [facts.name for facts in models]),
        counts("parameters", [amount(facts.parameters, lang) for facts in models]),
        counts("active_parameters", [amount(facts.active_parameters, lang) for facts in models]),
        counts("tokens", [amount(facts.tokens, lang) for facts in models]),
        counts("per_parameter", [_ratio(facts) for facts in models]),
        counts("context", [plain(facts.context) if facts.context else "" for facts in models]),
        texts("compute", [facts.compute or "" for facts in models]),
        texts("license", [facts.license or "" for facts in models]),
        texts("where", [facts.where or "" for facts in models]),
    )


def result_table(edition: Edition, note: Note) -> FactTable:
    """The results that the note took from its papers, each with the place where it stands."""

    def texts(name: str, values: Sequence[str]) -> Column:
        return Column(edition.words[name], False, values)

    results = note.meta.results
    return _table(
        texts("benchmark", [facts.benchmark for facts in results]),
        texts("model", [facts.model for facts in results]),
        texts("setting", [facts.setting or "" for facts in results]),
        texts("metric", [facts.metric for facts in results]),
        Column(edition.words["value"], True, [_value(facts) for facts in results]),
        texts("where", [facts.where or "" for facts in results]),
    )


def _table(*columns: Column) -> FactTable:
    return FactTable([column for column in columns if any(column.cells)])


def _ratio(facts: ModelFacts) -> str:
    if not facts.tokens or not facts.parameters:
        return ""
    ratio = facts.tokens / facts.parameters
    return f"{ratio:.3g}" if ratio < 1000 else f"{ratio:.0f}"


def _value(facts: ResultFacts) -> str:
    return plain(facts.value) + (f" {facts.unit}" if facts.unit else "")
