"""A name that a person gives → the work it means: a citekey, or the slug or title of a note about one."""

from __future__ import annotations

import difflib

from papernotes.config import ConfigError
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.model import Note


def work_named(library: Library, graph: CitationGraph, name: str) -> str:
    """The citekey that `name` means; of a note on several works, its oldest. Raises ConfigError if it means none."""
    if name in library.by_citekey:
        return name
    note = library.by_slug.get(name) or library.note_by_name.get(name.casefold())
    papers = graph.papers_of.get(note.slug, ()) if note else ()
    if papers:
        return min(papers, key=graph.age.__getitem__)
    near = difflib.get_close_matches(name, [*library.by_citekey, *library.by_slug], 1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    raise ConfigError(f"{name}: there is neither an entry nor a note on a work of this name{hint}")


def notes_on_topic(library: Library, topic: str) -> tuple[Note, ...]:
    """The notes of a topic. Raises ConfigError if there is no such topic."""
    if topic not in library.topic_by_slug:
        near = difflib.get_close_matches(topic, library.topic_by_slug, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"topics: {', '.join(sorted(library.topic_by_slug))}"
        raise ConfigError(f"{topic}: there is no such topic ({hint})")
    return tuple(note for note in library.by_slug.values() if topic in note.meta.topics)
