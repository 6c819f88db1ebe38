"""The home page: what this knowledge base is, its topics, where to begin, and what is new, corrected and not known."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.languages import counted
from papernotes.page import Edition, Page, relative
from papernotes.pages.excerpts import excerpts
from papernotes.pages.listed import listed, topic_cards
from papernotes.pages.trails import trails
from papernotes.prose import body_markdown

NEWEST, TRAILS, EXCERPTS = 8, 4, 3


def pages(edition: Edition) -> Iterator[Page]:
    if not edition.wants(""):
        return
    path = edition.path("")
    home = edition.library.home
    text = edition.text_of(home) if home else None
    notes = edition.newest_first(edition.published.values())
    title = text.title if text else edition.config.site_name or edition.words["home"]
    counts = {
        "all": counted(edition.words, "n_notes", len(edition.published)),
        "bibliography": counted(edition.words, "n_works", len(edition.library.by_citekey)),
        "timeline": edition.words["n_citations"].format(n=sum(map(len, edition.graph.cites.values()))),
    }
    summary = edition.summary_of(home) if home else ""
    data = {
        "words": edition.words,
        "title": title,
        "summary": summary,
        "body": body_markdown(edition, text, path) if text else "",
        "counts": [(phrase, relative(edition.path(address), path)) for address, phrase in counts.items()],
        "topics": topic_cards(edition, path),
        "trails": trails(edition, path, TRAILS),
        "newest": [listed(edition, note, path) for note in notes[:NEWEST]],
        "links": {name: relative(edition.path(name), path) for name in ("all", "new", "corrections", "questions")},
        "corrections": excerpts(edition, "correction", path, EXCERPTS),
        "questions": excerpts(edition, "question", path, EXCERPTS),
    }
    yield Page(
        path,
        "pages/home.md.jinja",
        title,
        data,
        edition.lang,
        "",
        summary,
        text.source.path if text else "",
        {"kind": "home", "hide": ["toc"]},
        updated=max((note.meta.updated for note in notes), default=None),
    )
