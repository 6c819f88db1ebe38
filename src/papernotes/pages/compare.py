"""The comparison: models by size and tokens, a leaderboard for every benchmark, works that notes compare."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from papernotes.amounts import amount, plain
from papernotes.matter import COMPARING, ModelFacts
from papernotes.model import Note
from papernotes.naming import without_subtitle
from papernotes.page import Edition, Page, address_of, relative
from papernotes.pages.reference import Reference, reference
from papernotes.scatter import Axis, Point, Ratio, decades, draw_scatter
from papernotes.templating import Markdown

CHINCHILLA = 20
FIRST_YEAR, LAST_YEAR = 2018, 2025
# Metrics that are better the smaller they are.
SMALLER_IS_BETTER = ("perplexity", "fid", "error", "wer", "loss", "bits per byte", "bpb", "distance", "latency")


@dataclass(frozen=True)
class ModelRow:
    """A model as the table shows it."""

    name: str
    year: str
    parameters: str
    active: str
    tokens: str
    ratio: str
    context: str
    compute: str
    license: str
    where: str
    note: str
    path: str


@dataclass(frozen=True)
class ResultRow:
    """A number on a benchmark as its leaderboard shows it."""

    model: str
    setting: str
    metric: str
    value: str
    where: str
    note: str
    path: str


@dataclass(frozen=True)
class Pair:
    """Two works that a note compares."""

    one: Reference
    how: str
    other: Reference
    note: str
    path: str


def pages(edition: Edition) -> Iterator[Page]:
    path, title = edition.path("compare"), edition.words["compare"]
    models = [(note, facts) for note in edition.published.values() for facts in note.meta.models]
    boards = _boards(edition, path)
    data = {
        "words": edition.words,
        "title": title,
        "plot": _plot(edition, models, path),
        "models": [_model_row(edition, note, facts, path) for note, facts in sorted(models, key=_order(edition))],
        "boards": [(name, rows) for name, rows in boards if _compares(rows)],
        "single": [(name, row) for name, rows in boards if not _compares(rows) for row in rows],
        "pairs": _pairs(edition, path),
    }
    yield Page(path, "pages/compare.md.jinja", title, data, edition.lang, "compare", meta={"kind": "compare"})


def _year(edition: Edition, note: Note, paper: str | None) -> int:
    entry = edition.library.by_citekey.get(paper or (note.meta.papers[0] if note.meta.papers else ""))
    return entry.date.year if entry and entry.date else 0


def _order(edition: Edition) -> Callable[[tuple[Note, ModelFacts]], tuple[int, Decimal, str]]:
    def key(item: tuple[Note, ModelFacts]) -> tuple[int, Decimal, str]:
        note, facts = item
        return -_year(edition, note, facts.paper), -(facts.parameters or Decimal(0)), facts.name

    return key


def _model_row(edition: Edition, note: Note, facts: ModelFacts, path: str) -> ModelRow:
    year = _year(edition, note, facts.paper)
    ratio = facts.tokens / facts.parameters if facts.tokens and facts.parameters else None
    return ModelRow(
        facts.name,
        str(year or ""),
        amount(facts.parameters, edition.lang),
        amount(facts.active_parameters, edition.lang),
        amount(facts.tokens, edition.lang),
        "" if ratio is None else plain(_rounded(ratio)),
        f"{int(facts.context):,}" if facts.context else "",
        facts.compute or "",
        facts.license or "",
        facts.where or "",
        edition.title_of(note),
        relative(edition.note_path(note.slug), path),
    )


def _rounded(ratio: Decimal) -> Decimal:
    """To three digits: more would claim what nobody has measured."""
    return ratio.quantize(Decimal(1).scaleb(ratio.adjusted() - 2))


def _plot(edition: Edition, models: Sequence[tuple[Note, ModelFacts]], path: str) -> Markdown | None:
    known = [(note, facts) for note, facts in models if facts.parameters and facts.tokens]
    if len(known) < 2:
        return None
    points = [
        Point(
            float(facts.parameters or 0),
            float(facts.tokens or 0),
            facts.name,
            min(max(_year(edition, note, facts.paper), FIRST_YEAR), LAST_YEAR) - FIRST_YEAR,
            posixpath.relpath(address_of(edition.note_path(note.slug)), address_of(path) or ".") + "/",
        )
        for note, facts in sorted(known, key=lambda item: -(item[1].parameters or 0))
    ]
    words = edition.words

    def axis(title: str, values: Sequence[float]) -> Axis:
        return Axis(title, [(value, amount(Decimal(value), edition.lang)) for value in decades(values)])

    return Markdown(
        draw_scatter(
            points,
            axis(words["parameters"], [point.x for point in points]),
            axis(words["tokens"], [point.y for point in points]),
            Ratio(CHINCHILLA, words["tokens_each"]),
            words["models_plot"],
        )
    )


def _compares(rows: Sequence[ResultRow]) -> bool:
    """Whether more than one note has a number on a benchmark."""
    return len({row.note for row in rows}) > 1


def _boards(edition: Edition, path: str) -> Sequence[tuple[str, Sequence[ResultRow]]]:
    found: dict[tuple[str, str], list[tuple[Decimal, ResultRow]]] = {}
    for note in edition.published.values():
        for facts in note.meta.results:
            row = ResultRow(
                facts.model,
                facts.setting or "",
                facts.metric,
                plain(facts.value) + (f" {facts.unit}" if facts.unit else ""),
                facts.where or "",
                without_subtitle(edition.title_of(note)),
                relative(edition.note_path(note.slug), path),
            )
            found.setdefault((facts.benchmark, facts.metric), []).append((facts.value, row))
    boards: dict[str, list[ResultRow]] = {}
    for (benchmark, metric), rows in sorted(found.items(), key=lambda item: item[0]):
        smaller = any(word in metric.lower() for word in SMALLER_IS_BETTER)
        ordered = sorted(rows, key=lambda row: (row[0] if smaller else -row[0], row[1].model))
        boards.setdefault(benchmark, []).extend(row for _, row in ordered)
    return sorted(boards.items(), key=lambda board: (-len(board[1]), board[0]))


def _pairs(edition: Edition, path: str) -> Sequence[Pair]:
    pairs = [
        Pair(
            reference(edition, edge.origin, path),
            edition.words[edge.type],
            reference(edition, edge.to, path),
            edition.title_of(edition.published[edge.slug]),
            relative(edition.note_path(edge.slug), path),
        )
        for edge in edition.graph.relations
        if edge.type in COMPARING and edge.slug in edition.published
    ]
    return sorted(pairs, key=lambda pair: (pair.one.label, pair.other.label))
