"""Works that several notes cite and that have no note yet, with the notes that cite them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.model import Place
from papernotes.naming import without_subtitle
from papernotes.page import Edition, Page, relative
from papernotes.pages.reference import Reference, reference

MOST = 100


@dataclass(frozen=True)
class Gap:
    """A work without a note, and (title, path) of the notes that cite it."""

    work: Reference
    notes: Sequence[tuple[str, str]]


def pages(edition: Edition) -> Iterator[Page]:
    path = edition.path("gaps")
    title = edition.words["gaps"]
    found = [_gap(edition, key, path) for key, _ in edition.graph.gaps(edition.config.gap_threshold)[:MOST]]
    data = {"words": edition.words, "title": title, "gaps": found}
    yield Page(path, "pages/gaps.md.jinja", title, data, edition.lang, "gaps", meta={"kind": "index"})


def _gap(edition: Edition, key: str, path: str) -> Gap:
    slugs = dict.fromkeys(
        mention.slug
        for mention in edition.graph.mentioned_by.get(key, ())
        if mention.place is Place.NOTE and mention.slug in edition.published
    )
    names = {slug: without_subtitle(edition.title_of(edition.published[slug])) for slug in slugs}
    return Gap(
        reference(edition, key, path),
        [(name, relative(edition.note_path(slug), path)) for slug, name in names.items()],
    )
