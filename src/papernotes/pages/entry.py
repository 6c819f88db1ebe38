"""The page of a work that has no note: what it is, who cites it, and an offer to write its note."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from papernotes.page import Edition, Page, entry_address, relative
from papernotes.pages.connections import connections
from papernotes.pages.crediting import work_forms
from papernotes.pages.findable import findable_entry
from papernotes.pages.reference import reference
from papernotes.references import plain_title
from papernotes.repository import wanted_address


def pages(edition: Edition) -> Iterator[Page]:
    for citekey, entry in edition.library.by_citekey.items():
        if edition.graph.note_of.get(citekey, "") in edition.published:
            continue
        address = entry_address(citekey)
        if not edition.wants(address):
            continue
        path = edition.path(address)
        mentions = edition.graph.mentioned_by.get(citekey, ())
        data = {
            "words": edition.words,
            "work": reference(edition, citekey, path),
            "wanted": wanted_address(edition.config, edition.words, entry),
            "gaps": relative(edition.path("gaps"), path),
            "command": "papernotes new " + shlex.quote(citekey),
            "connections": connections(edition, [citekey], mentions, "", path),
            "work_forms": work_forms(edition, [entry]),
        }
        yield Page(
            path,
            "pages/entry.md.jinja",
            plain_title(entry),
            data,
            edition.lang,
            address,
            meta={"kind": "entry"},
            findable=findable_entry(entry),
        )
