"""The index pages: all notes, all topics, the bibliography."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from papernotes.page import Edition, Page
from papernotes.pages.listed import by_initial, listed, topic_cards
from papernotes.pages.reference import reference


def pages(edition: Edition) -> Iterator[Page]:
    if edition.wants("all"):
        yield _all_notes(edition)
    if edition.wants("topics/index"):
        yield _topics(edition)
    if edition.wants("bibliography"):
        yield _bibliography(edition)


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
    letters = by_initial(
        [listed(edition, note, path) for note in notes], lambda note: note.title, edition.words["other_letters"]
    )
    return _page(edition, "all", "all", edition.words["all_notes"], letters=letters)


def _topics(edition: Edition) -> Page:
    path = edition.path("topics/index")
    page = _page(edition, "topics/index", "topics", edition.words["topics"], topics=topic_cards(edition, path))
    # Cards may use the whole width.
    return replace(page, meta={**page.meta, "hide": ["toc"]})


def _bibliography(edition: Edition) -> Page:
    path = edition.path("bibliography")
    works = [reference(edition, key, path) for key in sorted(edition.library.by_citekey)]
    letters = by_initial(works, lambda work: work.citekey, edition.words["other_letters"])
    return _page(edition, "bibliography", "bibliography", edition.words["bibliography"], letters=letters)
