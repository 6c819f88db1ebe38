"""The home page: what this knowledge base is, its topics, and its newest notes."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.page import Edition, Page, relative
from papernotes.pages.topic import listed
from papernotes.prose import body_markdown

NEWEST = 12


def pages(edition: Edition) -> Iterator[Page]:
    path = edition.path("")
    home = edition.library.home
    text = edition.text_of(home) if home else None
    notes = edition.newest_first(edition.published.values())
    title = text.title if text else edition.words["home"]
    data = {
        "words": edition.words,
        "title": title,
        "body": body_markdown(edition, text, path) if text else "",
        "topics": [
            (
                edition.title_of(topic),
                relative(edition.document_path(topic), path),
                edition.summary_of(topic),
                len(edition.notes_on(topic.slug)),
            )
            for topic in edition.library.topic_by_slug.values()
        ],
        "newest": [listed(edition, note, path) for note in notes[:NEWEST]],
        "counts": {
            "notes": len(edition.published),
            "entries": len(edition.library.by_citekey),
            "edges": sum(len(cited) for cited in edition.graph.cites.values()),
        },
        "links": {name: relative(edition.path(name), path) for name in ("all", "bibliography", "timeline")},
    }
    summary = edition.summary_of(home) if home else ""
    source = text.source.path if text else ""
    yield Page(path, "pages/home.md.jinja", title, data, edition.lang, "", summary, source, {"kind": "home"})
