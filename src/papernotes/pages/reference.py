"""A work as a page shows it: label, authors, venue, date, links, and where its page is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papernotes.page import Edition, relative
from papernotes.references import label, links, names, plain_reference, venue


@dataclass(frozen=True)
class Reference:
    """A work for a template; `path` is its page, `noted` whether that is a note's."""

    citekey: str
    label: str
    title: str
    authors: str
    venue: str
    year: str
    date: str
    links: Sequence[tuple[str, str]]
    path: str
    noted: bool
    foreign: bool
    plain: str


def reference(edition: Edition, citekey: str, path: str) -> Reference:
    """The work as the page at `path` shows it."""
    entry = edition.library.by_citekey[citekey]
    slug = edition.graph.note_of.get(citekey, "")
    noted = slug in edition.published
    return Reference(
        citekey,
        label(entry),
        entry.title,
        names(entry),
        venue(entry),
        entry.fields.get("year", ""),
        str(entry.date or ""),
        links(entry),
        relative(edition.work_path(citekey), path),
        noted,
        noted and edition.is_foreign(slug),
        plain_reference(entry),
    )
