"""The index pages: all notes, all topics, the bibliography, the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.page import Edition, Page, relative
from papernotes.pages.reference import reference
from papernotes.pages.topic import listed


def pages(edition: Edition) -> Iterator[Page]:
    yield _all_notes(edition)
    yield _topics(edition)
    yield _bibliography(edition)
    yield _timeline(edition)


def _page(edition: Edition, address: str, template: str, title: str, **data: object) -> Page:
    return Page(
        edition.path(address),
        f"pages/{template}.md.jinja",
        title,
        {"words": edition.words, "title": title, **data},
        edition.lang,
        address,
        meta={"kind": "index"},
    )


def _all_notes(edition: Edition) -> Page:
    path = edition.path("all")
    notes = sorted(edition.published.values(), key=lambda note: edition.title_of(note).casefold())
    return _page(
        edition, "all", "all", edition.words["all_notes"], notes=[listed(edition, note, path) for note in notes]
    )


def _topics(edition: Edition) -> Page:
    path = edition.path("topics/index")
    topics = [
        (
            edition.title_of(topic),
            relative(edition.document_path(topic), path),
            edition.summary_of(topic),
            len(edition.notes_on(topic.slug)),
        )
        for topic in edition.library.topic_by_slug.values()
    ]
    return _page(edition, "topics/index", "topics", edition.words["topics"], topics=topics)


def _bibliography(edition: Edition) -> Page:
    path = edition.path("bibliography")
    works = [reference(edition, key, path) for key in sorted(edition.library.by_citekey)]
    return _page(edition, "bibliography", "bibliography", edition.words["bibliography"], works=works)


def _timeline(edition: Edition) -> Page:
    path = edition.path("timeline")
    by_year: dict[int, list[object]] = {}
    dated = [(entry.date, key) for key, entry in edition.library.by_citekey.items() if entry.date]
    for date, key in sorted(dated, key=lambda item: (item[0].first, item[1]), reverse=True):
        by_year.setdefault(date.year, []).append(reference(edition, key, path))
    return _page(edition, "timeline", "timeline", edition.words["timeline"], years=by_year)
