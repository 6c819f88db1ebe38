"""Pages → what the frame around each of them shows: where else to go, and the same page in the other languages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papernotes.config import Config
from papernotes.languages import phrases
from papernotes.page import Page

# Address and phrase of what the header leads to, and of what only the footer does. Pages that are missing are left out.
HEADER = (
    ("topics/index", "topics"),
    ("all", "notes"),
    ("timeline", "timeline"),
    ("graph", "graph"),
    ("compare", "compare"),
    ("bibliography", "bibliography"),
)
FOOTER = (
    ("new", "whats_new"),
    ("digests", "digests"),
    ("questions", "open_questions"),
    ("corrections", "corrections"),
    ("gaps", "gaps"),
    ("authors", "authors"),
    ("venues", "venues"),
    ("search", "search"),
    ("contribute", "contribute"),
    ("rules/index", "rules"),
)


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame: `path` is a Markdown file of the site; `current` where it leads to the page itself."""

    title: str
    path: str
    current: bool


@dataclass(frozen=True)
class Alternate:
    """A language of the site: the path of this page in it (`exact`), or else of the page nearest to it."""

    lang: str
    name: str
    path: str
    exact: bool
    current: bool


@dataclass(frozen=True)
class Frame:
    """What stands around one page; all paths are Markdown files of the site."""

    words: Mapping[str, str] = field(repr=False)
    kind: str
    home: str
    cards: str
    header: Sequence[FrameLink]
    footer: Sequence[FrameLink]
    alternates: Sequence[Alternate]


@dataclass(frozen=True, eq=False)
class Frames:
    """Every page of the site, by language and permalink."""

    pages: Mapping[tuple[str, str], Page]
    config: Config

    def around(self, page: Page) -> Frame:
        home = self.pages[page.lang, ""].path
        return Frame(
            phrases(page.lang),
            str(page.meta.get("kind", "")),
            home,
            posixpath.join(posixpath.dirname(home), "cards/"),
            tuple(self._links(HEADER, page)),
            tuple(self._links(FOOTER, page)),
            tuple(self._alternate(page, lang) for lang in self.config.languages),
        )

    def home(self) -> Frame:
        """The frame of what is no page of ours, such as the page for wrong addresses."""
        return self.around(self.pages[self.config.language, ""])

    def _links(self, wanted: Sequence[tuple[str, str]], page: Page) -> Iterator[FrameLink]:
        words = phrases(page.lang)
        for address, phrase in wanted:
            found = self.pages.get((page.lang, address)) or self.pages.get((self.config.language, address))
            if found is not None:
                yield FrameLink(words[phrase], found.path, found is page)

    def _alternate(self, page: Page, lang: str) -> Alternate:
        name = phrases(lang)["language"]
        for address in _nearest(page):
            if (found := self.pages.get((lang, address))) is not None:
                return Alternate(lang, name, found.path, address == page.address, lang == page.lang)
        return Alternate(lang, name, self.pages[lang, ""].path, False, lang == page.lang)


def _nearest(page: Page) -> Iterator[str]:
    """The permalink of a page, then of those that are about the same: its topics, and the index above it."""
    yield page.address
    topics = page.meta.get("topics")
    if isinstance(topics, (list, tuple)):
        yield from (f"topics/{topic}" for topic in topics)  # pyright: ignore[reportUnknownVariableType]
    if folder := posixpath.dirname(page.address):
        yield f"{folder}/index"


def frames(pages: Sequence[Page], config: Config) -> Frames:
    """Index the pages. O(pages)."""
    return Frames({(page.lang, page.address): page for page in pages}, config)
