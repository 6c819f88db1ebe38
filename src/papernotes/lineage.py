"""Notes with their years and ancestors → a drawing in columns: boxes that do not overlap, edges that go around them.

A layered drawing (Sugiyama, Tagawa & Toda 1981): columns by year, a long edge passes every column between its ends in a
place of its own, the order in a column follows the neighbours, and the heights come from a least-squares fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS, FITS = 8, 8
# Heights: a box is one row high, a passing edge takes less.
BOX, PASSAGE = 1.0, 0.45

# A box by its name, or the passage of an edge through a column.
Item = str | tuple[str, str, int]


@dataclass(frozen=True)
class Column:
    """A column of the drawing; a year has several where a note builds on another of the same year."""

    year: int
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """An edge from an ancestor to a note: its height in every column from the one to the other, ends included."""

    ancestor: str
    note: str
    heights: tuple[float, ...]


@dataclass(frozen=True)
class Lineage:
    """Columns from left to right, the middle of every box in rows from the top, and the edges."""

    columns: tuple[Column, ...]
    heights: Mapping[str, float]
    routes: tuple[Route, ...]
    rows: float


def draw_lineage(years: Mapping[str, int], ancestors: Mapping[str, Sequence[str]]) -> Lineage:
    """Place the notes of `years`, which lists every note after its ancestors. O(sweeps × edges × columns)."""
    column_of, columns = _columns(years, ancestors)
    layers: list[list[Item]] = [[] for _ in columns]
    links: list[dict[Item, list[Item]]] = [defaultdict(list) for _ in columns]
    chains: dict[tuple[str, str], list[Item]] = {}
    for name in years:
        layers[column_of[name]].append(name)
    for name in years:
        for ancestor in ancestors.get(name, ()):
            between = range(column_of[ancestor] + 1, column_of[name])
            chain: list[Item] = [ancestor, *((ancestor, name, column) for column in between), name]
            chains[ancestor, name] = chain
            for offset, (left, right) in enumerate(pairwise(chain)):
                links[column_of[ancestor] + offset][left].append(right)
            for item, column in zip(chain[1:-1], between, strict=True):
                layers[column].append(item)
    _order(layers, links)
    heights = _heights(layers, links)
    rows = max((heights[item] + _half(item) for layer in layers for item in layer), default=0.0)
    return Lineage(
        tuple(
            Column(year, tuple(item for item in layer if isinstance(item, str)))
            for (year, _), layer in zip(columns, layers, strict=True)
        ),
        {name: heights[name] for name in years},
        tuple(Route(*ends, tuple(heights[item] for item in chain)) for ends, chain in chains.items()),
        rows,
    )


def _columns(
    years: Mapping[str, int], ancestors: Mapping[str, Sequence[str]]
) -> tuple[Mapping[str, int], Sequence[tuple[int, int]]]:
    """The column of every note, and the columns: a year, and how many notes of that year one builds on at most."""
    depth: dict[str, int] = {}
    for name, year in years.items():
        depth[name] = max((depth[a] + 1 for a in ancestors.get(name, ()) if years[a] == year), default=0)
    columns = sorted({(year, depth[name]) for name, year in years.items()})
    index = {column: i for i, column in enumerate(columns)}
    return {name: index[year, depth[name]] for name, year in years.items()}, columns


def _order(layers: list[list[Item]], links: Sequence[Mapping[Item, Sequence[Item]]]) -> None:
    """Order every column by the mean place of its neighbours, to and fro, and keep the order that crosses least."""
    back = _reversed(links)
    best = [list(layer) for layer in layers]
    fewest = _crossings(layers, links)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for column in range(1, len(layers)) if forth else range(len(layers) - 2, -1, -1):
            fixed = layers[column - 1] if forth else layers[column + 1]
            place = {item: i for i, item in enumerate(fixed)}
            near = back[column] if forth else links[column]
            own = {item: i for i, item in enumerate(layers[column])}
            layers[column].sort(key=lambda item: (_mean([place[n] for n in near.get(item, ())], own[item]), own[item]))
        crossings = _crossings(layers, links)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    layers[:] = best


def _reversed(links: Sequence[Mapping[Item, Sequence[Item]]]) -> Sequence[Mapping[Item, Sequence[Item]]]:
    back: list[dict[Item, list[Item]]] = [defaultdict(list) for _ in links]
    for column, ends in enumerate(links[:-1]):
        for left, rights in ends.items():
            for right in rights:
                back[column + 1][right].append(left)
    return back


def _mean(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _crossings(layers: Sequence[Sequence[Item]], links: Sequence[Mapping[Item, Sequence[Item]]]) -> int:
    total = 0
    for column in range(len(layers) - 1):
        right = {item: i for i, item in enumerate(layers[column + 1])}
        seen: list[int] = []
        for item in layers[column]:
            ends = [right[end] for end in links[column].get(item, ())]
            total += sum(other > end for end in ends for other in seen)
            seen += ends
    return total


def _half(item: Item) -> float:
    return (BOX if isinstance(item, str) else PASSAGE) / 2


def _heights(layers: Sequence[Sequence[Item]], links: Sequence[Mapping[Item, Sequence[Item]]]) -> Mapping[Item, float]:
    """Bring everything as near to the mean height of its neighbours as the order allows; the top is at 0."""
    back = _reversed(links)
    heights: dict[Item, float] = {}
    for layer in layers:
        heights |= zip(layer, _fit([0.0] * len(layer), layer), strict=True)
    for _ in range(FITS):
        for column, layer in enumerate(layers):
            wanted = [
                _mean([heights[n] for n in (*back[column].get(item, ()), *links[column].get(item, ()))], heights[item])
                for item in layer
            ]
            heights |= zip(layer, _fit(wanted, layer), strict=True)
    top = min((height - _half(item) for item, height in heights.items()), default=0.0)
    return {item: round(height - top, 3) for item, height in heights.items()}


def _fit(wanted: Sequence[float], layer: Sequence[Item]) -> Sequence[float]:
    """Heights nearest to those wanted, in this order and without overlap: pooled adjacent violators."""
    offsets: list[float] = []
    at = 0.0
    for item in layer:
        offsets.append(at + _half(item))
        at += 2 * _half(item)
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append((want - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (first, n), (second, m) = blocks[-2:]
            blocks[-2:] = [((first * n + second * m) / (n + m), n + m)]
    starts = [start for start, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
