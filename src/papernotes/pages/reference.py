"""A work as a page shows it: label, authors, venue, date, links, and where its page is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from papernotes.entries import Entry
from papernotes.languages import month_text
from papernotes.page import Edition, entry_address, relative
from papernotes.references import label, links, names, plain_reference, venue
from papernotes.templating import escape_prose


@dataclass(frozen=True)
class Reference:
    """A work for a template; `path` is its page, `noted` whether that is a note's, `card` what scripts show of it."""

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
    card: str
    published: str


def reference(edition: Edition, citekey: str, path: str, most_authors: int = 12) -> Reference:
    """The work as the page at `path` shows it, `et al.` after so many authors."""
    entry = edition.library.by_citekey[citekey]
    slug = edition.graph.note_of.get(citekey, "")
    noted = slug in edition.published
    return Reference(
        citekey,
        label(entry),
        escape_prose(entry.title),
        names(entry, most_authors),
        venue(entry),
        entry.fields.get("year", ""),
        str(entry.date or ""),
        [(edition.words.get(f"link_{name}", name), address) for name, address in links(entry)],
        relative(edition.work_path(citekey), path),
        noted,
        noted and edition.is_foreign(slug),
        plain_reference(entry),
        entry_address(citekey),
        published(edition, entry),
    )


def published(edition: Edition, entry: Entry) -> str:
    """Where and when a work appeared: `NeurIPS 2023, first posted May 2023`, `arXiv, May 2023`."""
    where, year, date = venue(entry), entry.fields.get("year", ""), entry.date
    month = month_text(edition.lang, date.year, date.month) if date else year
    if not where or where.casefold() == "arxiv" or not (entry.eprint and date and date.month):
        return ", ".join(part for part in (where, month) if part)
    return f"{where} {year}".rstrip() + ", " + edition.words["first_posted"].format(date=month)
