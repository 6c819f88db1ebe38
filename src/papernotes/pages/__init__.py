"""The kinds of page: one file and one template each, listed here."""

from collections.abc import Callable, Iterator

from papernotes.page import DataFile, Edition, Page
from papernotes.pages import cards, entry, home, indexes, note, rules, search, topic

PAGE_KINDS: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    home.pages,
    note.pages,
    topic.pages,
    entry.pages,
    indexes.pages,
    rules.pages,
    search.pages,
)
DATA_KINDS: tuple[Callable[[Edition], Iterator[DataFile]], ...] = (cards.files, search.files)
