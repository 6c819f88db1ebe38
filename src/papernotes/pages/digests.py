"""The digests by series and date, each with the one before and the one after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papernotes.model import Note
from papernotes.page import Edition, Page, relative


def pages(edition: Edition) -> Iterator[Page]:
    found = in_order(edition)
    if not found:
        return
    path, title = edition.path("digests"), edition.words["digests"]
    rows = [
        (
            edition.title_of(note),
            relative(edition.note_path(note.slug), path),
            edition.summary_of(note),
            note.meta.created.isoformat(),
            note.meta.series.name if note.meta.series else "",
        )
        for note in reversed(found)
    ]
    data = {"words": edition.words, "title": title, "digests": rows}
    yield Page(path, "pages/digests.md.jinja", title, data, edition.lang, "digests", meta={"kind": "index"})


def in_order(edition: Edition) -> Sequence[Note]:
    """The published digests, oldest first."""
    digests = (note for note in edition.published.values() if note.meta.kind == "digest")
    return sorted(digests, key=lambda note: (note.meta.created, note.slug))


def around(edition: Edition, note: Note, path: str) -> Sequence[tuple[str, str, str]]:
    """(phrase, title, path) of the digests before and after this one, for the page at `path`."""
    order = in_order(edition)
    place = next((i for i, other in enumerate(order) if other is note), None)
    if place is None:
        return ()
    near = [("previous", order[place - 1])] if place else []
    near += [("next", order[place + 1])] if place + 1 < len(order) else []
    return [
        (edition.words[phrase], edition.title_of(other), relative(edition.note_path(other.slug), path))
        for phrase, other in near
    ]
