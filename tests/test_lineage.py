"""The drawing of a lineage: boxes that do not overlap, edges that end where their notes stand."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from papernotes.lineage import BOX, Lineage, draw_lineage

Family = tuple[dict[str, int], dict[str, list[str]]]


@st.composite
def families(draw: st.DrawFn) -> Family:
    """Notes from old to new, each with ancestors among those before it."""
    years = sorted(draw(st.lists(st.integers(2017, 2023), min_size=1, max_size=18)))
    names = [f"n{i}" for i in range(len(years))]
    ancestors = {
        name: draw(st.lists(st.sampled_from(names[:i]), unique=True, max_size=3)) if i else []
        for i, name in enumerate(names)
    }
    return dict(zip(names, years, strict=True)), ancestors


def columns(lineage: Lineage) -> dict[str, int]:
    return {name: i for i, column in enumerate(lineage.columns) for name in column.boxes}


@given(families())
def test_boxes_of_a_column_do_not_overlap(family: Family) -> None:
    lineage = draw_lineage(*family)
    for column in lineage.columns:
        for above, below in itertools.pairwise(sorted(lineage.heights[name] for name in column.boxes)):
            assert below - above >= BOX - 0.01


@given(families())
def test_everything_is_inside_the_drawing(family: Family) -> None:
    lineage = draw_lineage(*family)
    for height in (*lineage.heights.values(), *(h for route in lineage.routes for h in route.heights)):
        assert -0.01 <= height <= lineage.rows + 0.01


@given(families())
def test_every_note_is_in_a_column_of_its_year_right_of_its_ancestors(family: Family) -> None:
    years, ancestors = family
    lineage = draw_lineage(years, ancestors)
    column = columns(lineage)
    assert sorted(column) == sorted(years)
    assert all(lineage.columns[column[name]].year == year for name, year in years.items())
    assert all(column[ancestor] < column[name] for name in years for ancestor in ancestors[name])
    assert [c.year for c in lineage.columns] == sorted(c.year for c in lineage.columns)


@given(families())
def test_edges_run_from_their_ancestor_through_every_column_to_their_note(family: Family) -> None:
    years, ancestors = family
    lineage = draw_lineage(years, ancestors)
    column = columns(lineage)
    assert {(route.ancestor, route.note) for route in lineage.routes} == {(a, n) for n in years for a in ancestors[n]}
    for route in lineage.routes:
        assert route.heights[0] == lineage.heights[route.ancestor]
        assert route.heights[-1] == lineage.heights[route.note]
        assert len(route.heights) == column[route.note] - column[route.ancestor] + 1


@given(families())
def test_no_edge_goes_through_a_box(family: Family) -> None:
    lineage = draw_lineage(*family)
    column = columns(lineage)
    for route in lineage.routes:
        for offset, height in enumerate(route.heights[1:-1], 1):
            passed = lineage.columns[column[route.ancestor] + offset]
            assert all(abs(lineage.heights[name] - height) > BOX / 2 for name in passed.boxes)


def test_a_chain_is_a_straight_line() -> None:
    lineage = draw_lineage({"a": 2020, "b": 2021, "c": 2022}, {"b": ["a"], "c": ["b"]})
    assert set(lineage.heights.values()) == {0.5}


def test_edges_cross_no_more_than_they_must() -> None:
    years = {"a": 2020, "b": 2020, "c": 2021, "d": 2021}
    lineage = draw_lineage(years, {"c": ["b"], "d": ["a"]})
    heights = lineage.heights
    assert (heights["a"] < heights["b"]) == (heights["d"] < heights["c"])


def test_the_same_notes_are_drawn_the_same_every_time() -> None:
    years = {f"n{i}": 2018 + i // 4 for i in range(20)}
    ancestors = {f"n{i}": [f"n{i // 2}", f"n{i // 3}"] for i in range(4, 20)}
    assert draw_lineage(years, ancestors) == draw_lineage(years, ancestors)
