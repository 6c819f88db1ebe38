"""The kinds of page: one file and one template each, listed here."""

from collections.abc import Callable, Iterator

from papernotes.page import DataFile, Edition, Page
from papernotes.pages import cards, entry, graph, home, indexes, note, rules, search, surroundings, timeline, topic

PAGE_KINDS: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    home.pages,
    note.pages,
    topic.pages,
    entry.pages,
    indexes.pages,
    rules.pages,
    search.pages,
    graph.pages,
    timeline.pages,
)
DATA_KINDS: tuple[Callable[[Edition], Iterator[DataFile]], ...] = (
    cards.files,
    search.files,
    graph.files,
    surroundings.files,
)
