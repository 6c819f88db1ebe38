"""The kinds of page: one file and one template each, listed here."""

from collections.abc import Callable, Iterator

from papernotes.page import DataFile, Edition, Page
from papernotes.pages import (
    cards,
    compare,
    contribute,
    digests,
    entry,
    gaps,
    graph,
    home,
    indexes,
    news,
    note,
    people,
    rules,
    search,
    statements,
    surroundings,
    timeline,
    topic,
)

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
    compare.pages,
    statements.pages,
    gaps.pages,
    people.pages,
    digests.pages,
    news.pages,
    contribute.pages,
)
# The kinds that can make some of their pages alone.
NARROWED_KINDS = (home.pages, note.pages, topic.pages, entry.pages, indexes.pages)
DATA_KINDS: tuple[Callable[[Edition], Iterator[DataFile]], ...] = (
    cards.files,
    search.files,
    graph.files,
    surroundings.files,
    news.files,
)
