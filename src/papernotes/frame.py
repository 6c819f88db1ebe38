"""Pages → what stands around each: where else to go, its other languages, its feeds; and the map of the site."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papernotes.config import Config
from papernotes.languages import phrases
from papernotes.page import Page, feed_path

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
class Feed:
    """A feed that concerns a page: `path` is a file of the site."""

    title: str
    path: str


@dataclass(frozen=True)
class MapEntry:
    """A page as search engines are told of it, with the same page in every language that has it."""

    path: str
    updated: datetime.date | None
    languages: Sequence[Alternate]


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
    feeds: Sequence[Feed]


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
            self._alternates(page),
            tuple(self._feeds(page)),
        )

    def homes(self) -> Mapping[str, Frame]:
        """By language, the frame of what is no page of ours, such as the page for wrong addresses."""
        return {lang: self.around(self.pages[lang, ""]) for lang in self.config.languages}

    def site_map(self) -> Iterator[MapEntry]:
        """Every page; redirects and the page for wrong addresses are none."""
        for page in self.pages.values():
            exact = [alternate for alternate in self._alternates(page) if alternate.exact]
            yield MapEntry(page.path, page.updated, exact if len(exact) > 1 else ())

    def _feeds(self, page: Page) -> Iterator[Feed]:
        """The feed of all notes, and those of the topics that the page is about. There are none without a site_url."""
        if not self.config.site_url:
            return
        yield Feed(phrases(page.lang)["feed_all"], feed_path("", page.lang, self.config.language))
        for address in (page.address, *_topics(page)):
            topic = self.pages.get((page.lang, address))
            if topic is not None and topic.meta.get("kind") == "topic":
                slug = address.removeprefix("topics/")
                yield Feed(topic.title, feed_path(slug, page.lang, self.config.language))

    def _alternates(self, page: Page) -> tuple[Alternate, ...]:
        return tuple(self._alternate(page, lang) for lang in self.config.languages)

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
    yield from _topics(page)
    if folder := posixpath.dirname(page.address):
        yield f"{folder}/index"


def _topics(page: Page) -> Iterator[str]:
    """The permalinks of a page's topics."""
    topics = page.meta.get("topics")
    if isinstance(topics, (list, tuple)):
        yield from (f"topics/{topic}" for topic in topics)  # pyright: ignore[reportUnknownVariableType]


def frames(pages: Sequence[Page], config: Config) -> Frames:
    """Index the pages. O(pages)."""
    return Frames({(page.lang, page.address): page for page in pages}, config)
