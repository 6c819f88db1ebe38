"""When works appeared: drawn by topic along a line of time, and as a list by year for who runs no scripts."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.page import Edition, Page
from papernotes.pages.graph import data_path
from papernotes.pages.reference import reference


def pages(edition: Edition) -> Iterator[Page]:
    path = edition.path("timeline")
    by_year: dict[int, list[object]] = {}
    dated = [(entry.date, key) for key, entry in edition.library.by_citekey.items() if entry.date]
    for date, key in sorted(dated, key=lambda item: (item[0].first, item[1]), reverse=True):
        by_year.setdefault(date.year, []).append(reference(edition, key, path))
    title = edition.words["timeline"]
    summary = edition.words["timeline_summary"]
    data = {
        "words": edition.words,
        "title": title,
        "summary": summary,
        "data": data_path(edition),
        "years": by_year,
    }
    yield Page(
        path,
        "pages/timeline.md.jinja",
        title,
        data,
        edition.lang,
        "timeline",
        summary,
        meta={"kind": "timeline", "hide": ["toc"]},
    )
