"""The layout of all works: the same every time, no two in one place, years and topics where they belong."""

from __future__ import annotations

import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from papernotes.layout import SLOT_WIDTH, Layout, Spot, lane_order, lay_out

TOPICS = ("alignment", "classics", "vision", "")
MONTHS = st.one_of(st.just(0), st.integers(2015 * 12 + 1, 2024 * 12 + 12))
SPOTS = st.lists(st.tuples(MONTHS, st.sampled_from(TOPICS)), min_size=1, max_size=60).map(
    lambda parts: [Spot(f"w{i}", month, topic) for i, (month, topic) in enumerate(parts)]
)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Spot], list[tuple[int, int]]]:
    spots = draw(SPOTS)
    node = st.integers(0, len(spots) - 1)
    return spots, draw(st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=80))


def column_of(layout: Layout, spot: Spot) -> tuple[float, float]:
    band = next(band for band in layout.years if band.name == str(spot.year))
    return band.start, band.start + band.length


def lane_of(layout: Layout, spot: Spot) -> tuple[float, float]:
    band = next(band for band in layout.lanes if band.name == spot.topic)
    return band.start, band.start + band.length


@given(graphs())
def test_every_work_stands_in_its_year_and_topic(graph: tuple[list[Spot], list[tuple[int, int]]]) -> None:
    spots, edges = graph
    layout = lay_out(spots, edges)
    for spot, (x, y) in zip(spots, layout.places, strict=True):
        left, right = column_of(layout, spot)
        top, bottom = lane_of(layout, spot)
        assert left < x < right
        assert top < y < bottom


@given(graphs())
def test_no_two_works_overlap(graph: tuple[list[Spot], list[tuple[int, int]]]) -> None:
    spots, edges = graph
    for one, other in itertools.combinations(lay_out(spots, edges).places, 2):
        # Half a slot is more than the largest dot; places are rounded to hundredths.
        assert abs(one[0] - other[0]) >= SLOT_WIDTH - 0.02 or abs(one[1] - other[1]) >= 1 - 0.02


@given(graphs())
def test_bands_do_not_overlap_and_end_where_the_map_ends(graph: tuple[list[Spot], list[tuple[int, int]]]) -> None:
    layout = lay_out(*graph)
    for bands, extent in ((layout.years, layout.width), (layout.lanes, layout.height)):
        for before, after in itertools.pairwise(bands):
            assert before.start + before.length < after.start
        assert abs(bands[-1].start + bands[-1].length - extent) < 0.02


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_works_and_edges_does_not_matter(
    graph: tuple[list[Spot], list[tuple[int, int]]], shuffle: random.Random
) -> None:
    spots, edges = graph
    places = dict(zip((spot.key for spot in spots), lay_out(spots, edges).places, strict=True))
    order = list(range(len(spots)))
    shuffle.shuffle(order)
    to = {old: new for new, old in enumerate(order)}
    moved = [(to[a], to[b]) for a, b in edges]
    shuffle.shuffle(moved)
    again = lay_out([spots[i] for i in order], moved)
    assert dict(zip((spots[i].key for i in order), again.places, strict=True)) == places


def test_time_runs_to_the_right_inside_a_year() -> None:
    spots = [Spot(f"w{13 - month:02}", 2023 * 12 + month, "vision") for month in range(1, 13)]
    xs = [x for x, _ in lay_out(spots, []).places]
    assert xs == sorted(xs)
    assert xs[0] < xs[-1]


def test_topics_that_cite_each_other_are_neighbours() -> None:
    topics = ["audio", "efficiency", "language", "vision"]
    spots = [Spot(f"{topic}{i}", 2020 * 12 + 1, topic) for topic in topics for i in range(4)]
    at = {spot.key: i for i, spot in enumerate(spots)}
    pairs = [("audio", "vision"), ("vision", "language"), ("language", "efficiency")]
    edges = [(at[f"{a}{i}"], at[f"{b}{j}"]) for a, b in pairs for i in range(4) for j in range(4)]
    order = lane_order(spots, edges)
    assert order in (("audio", "vision", "language", "efficiency"), ("efficiency", "language", "vision", "audio"))


def test_works_without_a_topic_come_last() -> None:
    spots = [Spot("a", 1, ""), Spot("b", 1, "vision"), Spot("c", 1, "audio")]
    assert lane_order(spots, [(0, 1), (0, 2)])[-1] == ""


def test_undated_works_have_a_column_of_their_own_at_the_left() -> None:
    layout = lay_out([Spot("dated", 2020 * 12 + 5, "vision"), Spot("undated", 0, "vision")], [])
    assert [band.name for band in layout.years] == ["0", "2020"]


def test_a_lonely_work_and_no_work_at_all() -> None:
    assert lay_out([], []) == Layout((), (), (), 0.0, 0.0)
    assert len(lay_out([Spot("one", 2020 * 12 + 1, "vision")], []).places) == 1


def test_the_map_has_about_the_shape_of_a_screen() -> None:
    chance = random.Random(1)
    spots = [Spot(f"w{i}", chance.randint(2000 * 12 + 1, 2025 * 12), f"t{chance.randrange(40)}") for i in range(3000)]
    layout = lay_out(spots, [])
    assert 1.2 < layout.width / layout.height < 3


def test_ten_thousand_works_take_a_second_or_two() -> None:
    chance = random.Random(1)
    spots = [Spot(f"w{i}", chance.randint(2000 * 12 + 1, 2025 * 12), f"t{chance.randrange(60)}") for i in range(10_000)]
    edges = [(chance.randrange(10_000), chance.randrange(10_000)) for _ in range(20_000)]
    start = time.perf_counter()
    lay_out(spots, edges)
    # It takes a quarter of a second; what is guarded is that it does not grow with the square of the works.
    assert time.perf_counter() - start < 5
