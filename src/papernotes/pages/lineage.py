"""A topic's notes → its lineage as SVG inside the page: by year, each note tied to those it directly builds on."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from papernotes.atlas import short_name, width
from papernotes.lineage import Lineage, draw_lineage
from papernotes.model import Note
from papernotes.page import Edition, address_of
from papernotes.templating import Markdown

# A drawing of more notes is none: the most cited are drawn then.
MOST = 60
NAME = 22
# Pixels: a row, a box, the ends of a box, between columns, above all, and at the sides.
ROW, BOX, ENDS, BETWEEN, HEAD, SIDE = 30, 22, 14, 32, 26, 4


@dataclass(frozen=True)
class Band:
    """A column in pixels."""

    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


def lineage_figure(edition: Edition, notes: Sequence[Note], path: str) -> Markdown | None:
    """The figure for the page at `path`; None where no note builds on another."""
    drawn = _drawn(edition, notes)
    years = {slug: _year(edition, slug) for slug in drawn}
    ancestors = edition.graph.reduced_ancestors(drawn)
    if not any(ancestors.values()):
        return None
    return Markdown(_svg(edition, draw_lineage(years, ancestors), path))


def _drawn(edition: Edition, notes: Sequence[Note]) -> Sequence[str]:
    """The notes to draw in reading order: those about dated works, the most cited first where there are too many."""
    graph = edition.graph

    def cited(slug: str) -> int:
        return sum(len(graph.cited_by[paper]) for paper in graph.papers_of[slug])

    dated = [note.slug for note in notes if _year(edition, note.slug)]
    kept = set(sorted(dated, key=lambda slug: (-cited(slug), slug))[:MOST])
    return [slug for slug in graph.reading_order(kept) if slug in kept]


def _year(edition: Edition, slug: str) -> int:
    month = edition.graph.note_age[slug][0]
    return (month - 1) // 12 if month else 0


def _svg(edition: Edition, lineage: Lineage, path: str) -> str:
    names = {slug: short_name(edition.title_of(edition.published[slug]), NAME) for slug in lineage.heights}
    bands: list[Band] = []
    left = SIDE
    for column in lineage.columns:
        wide = max(_pixels(names[slug]) for slug in column.boxes) + ENDS
        bands.append(Band(left, wide))
        left += wide + BETWEEN
    wide, high = left - BETWEEN + SIDE, HEAD + lineage.rows * ROW + SIDE
    parts = [
        f'<svg class="pn-lineage__svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" height="{high:.0f}">',
        *_years(lineage, bands),
        *_edges(lineage, bands),
        *(
            _box(edition, slug, names[slug], (band, HEAD + lineage.heights[slug] * ROW), path)
            for column, band in zip(lineage.columns, bands, strict=True)
            for slug in column.boxes
        ),
        "</svg>",
    ]
    said = escape(edition.words["lineage_what"], quote=True)
    return f'<div class="pn-lineage" role="region" tabindex="0" aria-label="{said}">{"".join(parts)}</div>'


def _pixels(text: str) -> float:
    """About how long a text is at 12 pixels in any sans-serif; browsers have other fonts than we could measure."""
    return sum(12.5 if width(char) > 1 else 8.4 if char.isupper() else 6.6 for char in text)


def _years(lineage: Lineage, bands: Sequence[Band]) -> Iterator[str]:
    last = 0
    for column, band in zip(lineage.columns, bands, strict=True):
        if column.year != last:
            last = column.year
            yield f'<text class="pn-lineage__year" x="{band.left:.0f}" y="12">{column.year}</text>'


def _edges(lineage: Lineage, bands: Sequence[Band]) -> Iterator[str]:
    """Curves between columns, straight lines through those that an edge passes."""
    column_of = {slug: i for i, column in enumerate(lineage.columns) for slug in column.boxes}
    for route in lineage.routes:
        first, half = column_of[route.ancestor], BETWEEN / 2
        heights = [f"{HEAD + height * ROW:.1f}" for height in route.heights]
        steps = [f"M{bands[first].right:.0f} {heights[0]}"]
        for i, (here, there) in enumerate(pairwise(heights), first):
            x, to = bands[i].right, bands[i + 1]
            steps.append(f"C{x + half:.0f} {here} {to.left - half:.0f} {there} {to.left:.0f} {there}")
            if i + 1 < first + len(heights) - 1:
                steps.append(f"H{to.right:.0f}")
        yield f'<path class="pn-line pn-line--before" d="{"".join(steps)}"></path>'


def _box(edition: Edition, slug: str, name: str, place: tuple[Band, float], path: str) -> str:
    band, middle = place
    address = posixpath.relpath(address_of(edition.note_path(slug)), address_of(path) or ".") + "/"
    title = escape(edition.title_of(edition.published[slug]), quote=True)
    return (
        f'<a href="{escape(address, quote=True)}" aria-label="{title}">'
        f'<rect class="pn-lineage__box" x="{band.left:.0f}" y="{middle - BOX / 2:.1f}" '
        f'width="{band.width:.0f}" height="{BOX}" rx="4"></rect>'
        f'<text x="{band.left + ENDS / 2:.0f}" y="{middle:.1f}">{escape(name)}</text></a>'
    )
