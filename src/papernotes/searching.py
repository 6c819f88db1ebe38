"""Built pages → the search index of the site. Owns pagefind.

One record a note, topic or work, whatever its number of languages: names and texts of all of them stand in it, so that
words of one language find the page from the others, and nothing is listed twice. Where a record matches tells in which
language to show it. Nothing of this stands in the pages themselves.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from pagefind.index import IndexConfig, PagefindIndex

from papernotes.bigrams import with_bigrams
from papernotes.naming import without_subtitle
from papernotes.page import Findable, Page
from papernotes.passages import Passage, passages

log = logging.getLogger("papernotes")
FOLDER, PAUSE = "pagefind", 0.5
# The language of no stemmer and no segmenter: words stay whole, since readers type them from their beginnings.
LANGUAGE = "und"
ENTRY, LOW_WEIGHT = "entry", 0.4
# Pagefind ships interfaces of its own; ours uses the engine alone.
UNUSED = ("*-ui.css", "*-ui.js", "pagefind-highlight.js", "wasm.en.pagefind")


# The passages of a page by its file, and when that was written.
Memory = dict[Path, tuple[int, Sequence[Passage]]]


class BuiltPage(NamedTuple):
    """A page and the HTML file that it became."""

    page: Page
    html: Path


@dataclass(frozen=True)
class Edition:
    """What one language says of a record."""

    lang: str
    title: str
    summary: str
    topics: Sequence[str]
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Record:
    """What is found as one: a page in each of its languages."""

    address: str
    findable: Findable
    editions: Sequence[Edition]


def records(pages: Iterable[BuiltPage], memory: Memory) -> Iterator[Record]:
    """One record for each permalink that search may know. Reads what is new of notes and topics; O(their size)."""
    groups: dict[str, list[BuiltPage]] = {}
    titles: dict[tuple[str, str], str] = {}
    for built in pages:
        titles[built.page.address, built.page.lang] = built.page.title
        if built.page.findable is not None:
            groups.setdefault(built.page.address, []).append(built)
    for address, group in groups.items():
        first = group[0].page.findable
        if first is not None:
            yield Record(address, first, [_edition(built, titles, memory) for built in group])


def _edition(built: BuiltPage, titles: Mapping[tuple[str, str], str], memory: Memory) -> Edition:
    page = built.page
    known = page.findable
    topics = [titles.get((f"topics/{topic}", page.lang), "") for topic in known.topics] if known else []
    # A work without a note has no text of its own: lists of other works are all that its page holds.
    written = known is not None and known.kind != ENTRY
    found = _read(built.html, known.written, memory) if known and written else ()
    return Edition(page.lang, page.title, page.summary, [title for title in topics if title], found)


def _read(html: Path, written: frozenset[str], memory: Memory) -> Sequence[Passage]:
    changed = html.stat().st_mtime_ns
    if html not in memory or memory[html][0] != changed:
        memory[html] = changed, passages(html.read_text(encoding="utf-8"), written)
    return memory[html][1]


def index_site(site_dir: Path, pages: Iterable[BuiltPage], memory: Memory | None = None) -> None:
    """Write the search index of a built site into its folder `pagefind`.

    `memory` holds what was read for the index before this one. Where there is one, its files stay: a reader's browser
    may be about to ask for them. What is written on the way then lies beside the site, where the preview cleans up.
    """
    folder = site_dir / FOLDER
    place = None if memory is None else site_dir.parent
    with tempfile.TemporaryDirectory(prefix="papernotes-search-", dir=place) as name:
        source = Path(name)
        for record in records(pages, {} if memory is None else memory):
            path = source / record.address / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html_of(record), encoding="utf-8")
        if memory is None:
            shutil.rmtree(folder, ignore_errors=True)
        asyncio.run(_index(source, folder))
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


async def _index(source: Path, target: Path) -> None:
    # Files rather than one message a record: Pagefind's service waits a tenth of a second for each answer.
    async with PagefindIndex(IndexConfig(output_path=str(target), force_language=LANGUAGE)) as index:
        await index.add_directory(str(source))


def html_of(record: Record) -> str:
    """A record in the form that Pagefind reads; it is no page of the site."""
    known, first = record.findable, record.editions[0]
    entry = known.kind == ENTRY
    head = [_filter(name, value) for name, value in _facets(record) if value]
    head.append(f'<meta data-pagefind-sort="year[content]" content="{escape(known.year or "0")}">')
    for edition in record.editions[:1] if entry else record.editions:
        suffix = "" if edition is first else f"-{edition.lang}"
        head.append(_meta(("work" if entry else "title") + suffix, edition.title))
        head.append(_meta("summary" + suffix, edition.summary))
        head.append(_meta("topics" + suffix, " · ".join(edition.topics)))
    if not entry:
        short = (without_subtitle(edition.title) for edition in record.editions)
        head.append(_meta("called", " · ".join(dict.fromkeys(short))))
    head.append(_meta("also" if entry else "names", " · ".join(known.names)))
    head.append(_meta("people", " · ".join(known.people)))
    low = f'<p data-pagefind-weight="{LOW_WEIGHT}">{_shown(first.title)}</p>'
    body = low if entry else "".join(_sections(record))
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8">{"".join(head)}</head>'
        f"<body><main data-pagefind-body>{body}</main></body></html>"
    )


def _facets(record: Record) -> Iterator[tuple[str, str]]:
    known = record.findable
    yield from (("kind", known.kind), ("status", known.status), ("year", known.year))
    yield from (("topic", topic) for topic in known.topics)
    yield from (("language", edition.lang) for edition in record.editions)


def _sections(record: Record) -> Iterator[str]:
    for edition in record.editions:
        for passage in edition.passages:
            level, heading = passage.level, passage.heading or edition.title
            yield f'<h{level} id="{edition.lang}/{escape(passage.anchor)}">{_shown(heading)}</h{level}>'
            yield f"<p>{_shown(passage.text)}</p>"


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{_shown(value)}">' if value else ""


def _filter(name: str, value: str) -> str:
    return f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'


def _shown(text: str) -> str:
    return escape(with_bigrams(text))


class BackgroundIndex:
    """Indexes beside a live preview, so that it need not wait; of the builds that come meanwhile, only the last."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._next: tuple[Path, Sequence[BuiltPage]] | None = None
        self._thread: threading.Thread | None = None
        self._memory: Memory = {}

    def __call__(self, site_dir: Path, pages: Sequence[BuiltPage]) -> None:
        with self._changed:
            self._next = site_dir, pages
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="search index", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._next is not None)
                # Changes come in bursts, and the reader's browser reloads first.
                self._changed.wait(PAUSE)
                task, self._next = self._next, None
            if task is not None:
                try:
                    index_site(*task, self._memory)
                except Exception as error:
                    log.error("the search index is not new: %s", error)
