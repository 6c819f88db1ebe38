"""The page of a work that has no note: what it is, who cites it, and an offer to write its note."""

from __future__ import annotations

from collections.abc import Iterator

from papernotes.page import Edition, Page, entry_address
from papernotes.pages.findable import findable_entry
from papernotes.pages.note import backlinks
from papernotes.pages.reference import reference
from papernotes.references import bibtex


def pages(edition: Edition) -> Iterator[Page]:
    for citekey, entry in edition.library.by_citekey.items():
        if edition.graph.note_of.get(citekey, "") in edition.published:
            continue
        address = entry_address(citekey)
        path = edition.path(address)
        data = {
            "words": edition.words,
            "work": reference(edition, citekey, path),
            "cites": [reference(edition, key, path) for key in edition.graph.cites.get(citekey, ())],
            "cited_by": [reference(edition, key, path) for key in edition.graph.cited_by.get(citekey, ())],
            "backlinks": backlinks(edition, edition.graph.mentioned_by.get(citekey, ()), path, (citekey,)),
            "bibtex": bibtex(entry),
        }
        yield Page(
            path,
            "pages/entry.md.jinja",
            entry.title,
            data,
            edition.lang,
            address,
            meta={"kind": "entry"},
            findable=findable_entry(entry),
        )
