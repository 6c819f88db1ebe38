"""The index pages: all notes, all topics, the bibliography."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.page import Edition, Page, relative
from papernotes.pages.listed import listed
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
