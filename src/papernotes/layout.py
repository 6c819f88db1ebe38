"""Works with a month and a topic → their places on year × topic. Pure and deterministic; linear in works and edges.

Years are columns, topics are lanes, and every work has a slot of its own in the cell of its year and topic, so that
no two touch. Inside a cell, time runs to the right. Topics that cite each other stand near each other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# One unit is the height of a slot.
SLOT_WIDTH = 1.5
COLUMN_GAP, LANE_GAP = 0.9, 0.9
WIDTH_TO_HEIGHT = 1.9
# Arranging lanes costs the cube of their number; beyond these the smallest follow by name.
ARRANGED = 90


@dataclass(frozen=True)
class Spot:
    """What a work asks of the layout: `month` counts from year 0 (0: unknown); `topic` may be empty."""

    key: str
    month: int
    topic: str

    @property
    def year(self) -> int:
        return (self.month - 1) // 12 if self.month else 0


@dataclass(frozen=True)
class Band:
    """A year's column or a topic's lane: where it begins, and how far it reaches."""

    name: str
    start: float
    length: float


@dataclass(frozen=True)
class Layout:
    """Places, one for each spot and in their order, and the bands that they stand in."""

    places: tuple[tuple[float, float], ...]
    years: tuple[Band, ...]
    lanes: tuple[Band, ...]
    width: float
    height: float


Cells = Mapping[tuple[str, int], Sequence[int]]


def lay_out(spots: Sequence[Spot], edges: Sequence[tuple[int, int]]) -> Layout:
    """Place every spot; edges are pairs of indices. O(V log V + E), and the cube of the number of topics."""
    if not spots:
        return Layout((), (), (), 0.0, 0.0)
    cells: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index in sorted(range(len(spots)), key=lambda i: (spots[i].month, spots[i].key)):
        cells[spots[index].topic, spots[index].year].append(index)
    topics = lane_order(spots, edges)
    years = sorted({year for _, year in cells})
    rows = _rows(cells, topics, years)
    lanes = _bands(topics, [float(rows[topic]) for topic in topics], LANE_GAP)
    widths = _columns(cells, rows)
    columns = _bands([str(year) for year in years], [widths[year] * SLOT_WIDTH for year in years], COLUMN_GAP)
    places = [(0.0, 0.0)] * len(spots)
    pull = _pull(spots, edges, {lane.name: lane.start + lane.length / 2 for lane in lanes})
    top = {lane.name: lane.start for lane in lanes}
    left = dict(zip(years, columns, strict=True))
    for (topic, year), members in cells.items():
        for index, across, down in _slots(members, rows[topic], pull):
            places[index] = (round(left[year].start + left[year].length * across, 2), round(top[topic] + down, 2))
    return Layout(tuple(places), columns, lanes, _extent(columns), _extent(lanes))


def lane_order(spots: Sequence[Spot], edges: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Topics so that edges between them are short: each is inserted where it lengthens them least. No topic is last."""
    weight: Counter[tuple[str, str]] = Counter()
    size = Counter(spot.topic for spot in spots)
    for a, b in edges:
        first, second = sorted((spots[a].topic, spots[b].topic))
        if first != second:
            weight[first, second] += 1
    # Without the sizes, the two largest topics would be neighbours whatever they have to do with each other.
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (first, second), count in weight.items():
        near[first][second] = near[second][first] = count / math.sqrt(size[first] * size[second])
    named = sorted((topic for topic in size if topic), key=lambda topic: (-size[topic], topic))
    arranged, rest = named[:ARRANGED], sorted(named[ARRANGED:])
    pull = {topic: sum(near[topic].get(other, 0.0) for other in arranged) for topic in arranged}
    order: list[str] = []
    for topic in sorted(arranged, key=lambda topic: (-pull[topic], topic)):
        order.insert(_best_place(order, topic, near), topic)
    for _ in range(3):
        before = list(order)
        for topic in arranged:
            order.remove(topic)
            order.insert(_best_place(order, topic, near), topic)
        if order == before:
            break
    return (*order, *rest, *([""] if "" in size else []))


def _best_place(order: Sequence[str], topic: str, near: Mapping[str, Mapping[str, float]]) -> int:
    """Where `topic` makes the sum of weight × distance smallest: its own edges, and those that it pushes apart."""
    own = near.get(topic, {})
    pulls = [own.get(other, 0.0) for other in order]
    # Own edges at place 0, where other i is i + 1 away; each step right comes nearer to those still on the right.
    cost, left, right = sum(pull * (i + 1) for i, pull in enumerate(pulls)), 0.0, sum(pulls)
    cut = 0.0
    best, place = cost, 0
    for at, other in enumerate(order, 1):
        left, right = left + pulls[at - 1], right - pulls[at - 1]
        cost += left - right - pulls[at - 1]
        weights = near.get(other, {})
        cut += sum(weights.get(name, 0.0) for name in order[at:]) - sum(weights.get(name, 0.0) for name in order[:at])
        if cost + cut < best - 1e-9:
            best, place = cost + cut, at
    return place


def _rows(cells: Cells, topics: Sequence[str], years: Sequence[int]) -> Mapping[str, int]:
    """How many slots high each lane is, so that the whole has about the shape of a screen."""
    peak = {topic: max(len(cells.get((topic, year), ())) for year in years) for topic in topics}
    best: tuple[float, Mapping[str, int]] = (math.inf, {})
    depth = 1
    while depth <= 2 * max(peak.values(), default=1):
        rows = {topic: max(1, math.ceil(count / depth)) for topic, count in peak.items()}
        width = sum(_columns(cells, rows).values()) * SLOT_WIDTH + len(years) * COLUMN_GAP
        height = sum(rows.values()) + len(topics) * LANE_GAP
        best = min(best, (abs(math.log(width / height / WIDTH_TO_HEIGHT)), rows), key=lambda pair: pair[0])
        depth += max(1, depth // 4)
    return best[1]


def _columns(cells: Cells, rows: Mapping[str, int]) -> Mapping[int, int]:
    """How many slots wide each year is: as its fullest cell asks."""
    widths: dict[int, int] = defaultdict(int)
    for (topic, year), members in cells.items():
        widths[year] = max(widths[year], math.ceil(len(members) / rows[topic]))
    return widths


def _bands(names: Sequence[str], lengths: Sequence[float], gap: float) -> tuple[Band, ...]:
    bands: list[Band] = []
    start = 0.0
    for name, length in zip(names, lengths, strict=True):
        bands.append(Band(name, round(start, 2), round(length, 2)))
        start += length + gap
    return tuple(bands)


def _extent(bands: Sequence[Band]) -> float:
    return round(bands[-1].start + bands[-1].length, 2) if bands else 0.0


def _pull(
    spots: Sequence[Spot], edges: Sequence[tuple[int, int]], middle: Mapping[str, float]
) -> Sequence[tuple[float, str]]:
    """Per spot, how high it would stand among its neighbours' lanes; the key breaks ties."""
    total, count = [0.0] * len(spots), [0] * len(spots)
    for a, b in edges:
        for one, other in ((a, b), (b, a)):
            total[one] += middle[spots[other].topic]
            count[one] += 1
    return [
        (round(total[i] / count[i], 6) if count[i] else middle[spot.topic], spot.key) for i, spot in enumerate(spots)
    ]


def _slots(members: Sequence[int], rows: int, pull: Sequence[tuple[float, str]]) -> Iterator[tuple[int, float, float]]:
    """(index, how far across its cell, how far down its lane): columns by time, and in a column by pull."""
    columns = math.ceil(len(members) / rows)
    height = math.ceil(len(members) / columns)
    for column in range(columns):
        stack = sorted(members[column * height : (column + 1) * height], key=lambda index: pull[index])
        for row, index in enumerate(stack):
            yield index, (column + 0.5) / columns, (rows - len(stack)) / 2 + row + 0.5
