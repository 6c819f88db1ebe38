"""Points of two positive numbers → a logarithmic plot as SVG, with a line of constant ratio; links in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 96, 24, 44
RADIUS, LETTER, LINE = 4.5, 6.3, 13


@dataclass(frozen=True)
class Point:
    """A point, its label, its group (drawn alike), and where it leads."""

    x: float
    y: float
    label: str
    group: int
    address: str


@dataclass(frozen=True)
class Axis:
    """An axis: its title, and how its numbers read."""

    title: str
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True)
class Ratio:
    """A line on which y is so many times x."""

    value: float
    label: str


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low or 1)
        return self.start + share * (self.end - self.start)


def decades(values: Sequence[float]) -> Sequence[float]:
    """The powers of ten around positive values, those at both ends included."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return [10.0**power for power in range(low, max(high, low + 1) + 1)]


def draw_scatter(points: Sequence[Point], x: Axis, y: Axis, ratio: Ratio, title: str) -> str:
    """The plot. Labels that would cover another are left out: the table says them. O(n²) in the labels."""
    across = _Scale(math.log10(x.ticks[0][0]), math.log10(x.ticks[-1][0]), LEFT, WIDTH - RIGHT)
    up = _Scale(math.log10(y.ticks[0][0]), math.log10(y.ticks[-1][0]), HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg class="pn-scatter__svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        *_axes(across, up, x, y),
        *_ratio_line(across, up, (x, y), ratio),
        *_points(points, across, up),
        "</svg>",
    ]
    said = escape(title, quote=True)
    return f'<div class="pn-scatter" role="region" tabindex="0" aria-label="{said}">{"".join(parts)}</div>'


def _axes(across: _Scale, up: _Scale, x: Axis, y: Axis) -> Iterator[str]:
    for value, text in x.ticks:
        at = across(value)
        yield f'<line class="pn-scatter__grid" x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}"></line>'
        place = f'x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle"'
        yield f'<text class="pn-scatter__tick" {place}>{escape(text)}</text>'
    for value, text in y.ticks:
        at = up(value)
        yield f'<line class="pn-scatter__grid" x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}"></line>'
        yield f'<text class="pn-scatter__tick" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{escape(text)}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    place = f'x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle"'
    yield f'<text class="pn-scatter__axis" {place}>{escape(x.title)}</text>'
    yield f'<text class="pn-scatter__axis" x="{LEFT}" y="{TOP - 4}" text-anchor="start">{escape(y.title)}</text>'


def _ratio_line(across: _Scale, up: _Scale, axes: tuple[Axis, Axis], ratio: Ratio) -> Iterator[str]:
    x, y = axes
    low = max(x.ticks[0][0], y.ticks[0][0] / ratio.value)
    high = min(x.ticks[-1][0], y.ticks[-1][0] / ratio.value)
    if low >= high:
        return
    end_x, end_y = across(high), up(high * ratio.value)
    yield (
        f'<line class="pn-scatter__ratio" x1="{across(low):.1f}" y1="{up(low * ratio.value):.1f}" '
        f'x2="{end_x:.1f}" y2="{end_y:.1f}"></line>'
    )
    place = f'x="{end_x - 10:.1f}" y="{end_y - 6:.1f}" text-anchor="end"'
    yield f'<text class="pn-scatter__tick" {place}>{escape(ratio.label)}</text>'


def _points(points: Sequence[Point], across: _Scale, up: _Scale) -> Iterator[str]:
    taken: list[tuple[float, float, float, float]] = []
    for point in points:
        at, height = across(point.x), up(point.y)
        taken.append((at - RADIUS, height - RADIUS, at + RADIUS, height + RADIUS))
    for point in points:
        at, height = across(point.x), up(point.y)
        wide = len(point.label) * LETTER
        text = ""
        places = ((at + 8, height + 4, "start", at + 8), (at - 8, height + 4, "end", at - 8 - wide))
        for left, baseline, anchor, begin in places:
            box = (begin, baseline - LINE + 3, begin + wide, baseline + 3)
            if box[0] >= 0 and box[2] <= WIDTH and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                place = f'x="{left:.1f}" y="{baseline:.1f}" text-anchor="{anchor}"'
                text = f'<text class="pn-scatter__label" {place}>{escape(point.label)}</text>'
                break
        yield (
            f'<a href="{escape(point.address, quote=True)}" aria-label="{escape(point.label, quote=True)}">'
            f'<circle class="pn-scatter__point pn-scatter__point--{point.group}" '
            f'cx="{at:.1f}" cy="{height:.1f}" r="{RADIUS}"></circle>{text}</a>'
        )


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
