"""Built pages → the search index of the site. Owns pagefind.

One record a note, topic or work, whatever its number of languages: names and texts of all of them stand in it, so that
words of one language find the page from the others, and nothing is listed twice. Where a record matches tells in which
language to show it. Nothing of this stands in the pages themselves.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from pagefind.index import IndexConfig, PagefindIndex

from papernotes.bigrams import with_bigrams
from papernotes.page import Findable, Page
from papernotes.passages import Passage, passages

FOLDER = "pagefind"
# Only the stemmer depends on it, and only English words have one: all others are indexed as they are.
STEMMER = "en"
ENTRY, SMALL = "entry", 0.4
# Pagefind ships interfaces of its own; ours uses the engine alone.
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js", "wasm.unknown.*")


class BuiltPage(NamedTuple):
    """A page and the HTML file that it became."""

    page: Page
    html: Path


@dataclass(frozen=True)
class _Text:
    lang: str
    title: str
    summary: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class Record:
    """What is found as one: a page in each of its languages."""

    address: str
    findable: Findable
    texts: Sequence[_Text]
    topics: Sequence[tuple[str, str]]


def records(pages: Iterable[BuiltPage]) -> Iterator[Record]:
    """One record for each permalink that search may know. Reads the pages of notes and topics; O(their size)."""
    groups: dict[str, list[BuiltPage]] = {}
    titles: dict[tuple[str, str], str] = {}
    for built in pages:
        titles[built.page.address, built.page.lang] = built.page.title
        if built.page.findable is not None:
            groups.setdefault(built.page.address, []).append(built)
    for address, group in groups.items():
        first = group[0].page.findable
        if first is not None:
            texts = [_text(built, built.page.findable or first) for built in group]
            shown = [titles.get((f"topics/{topic}", text.lang), "") for text in texts for topic in first.topics]
            yield Record(address, first, texts, [title for title in shown if title])


def _text(built: BuiltPage, findable: Findable) -> _Text:
    page = built.page
    # A work without a note has no text of its own: lists of other works are all that its page holds.
    found = passages(built.html.read_text(encoding="utf-8"), findable.written) if page.source else ()
    return _Text(page.lang, page.title, page.summary, found)


def index_site(site_dir: Path, pages: Iterable[BuiltPage], *, keep: bool = False) -> None:
    """Write the search index of a built site into its folder `pagefind`.

    `keep` leaves the files of the index before it, which a reader's browser may be about to ask for.
    """
    folder = site_dir / FOLDER
    with tempfile.TemporaryDirectory(prefix="papernotes-search-") as name:
        source = Path(name)
        for record in records(pages):
            path = source / record.address / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html_of(record), encoding="utf-8")
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        asyncio.run(_index(source, folder))
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


async def _index(source: Path, target: Path) -> None:
    # Files rather than one message a record: Pagefind's service waits a tenth of a second for each answer.
    async with PagefindIndex(IndexConfig(output_path=str(target), force_language=STEMMER)) as index:
        await index.add_directory(str(source))


def html_of(record: Record) -> str:
    """A record in the form that Pagefind reads; it is not a page of the site."""
    known = record.findable
    entry = known.kind == ENTRY
    head = [_filter(name, value) for name, value in _facets(record) if value]
    first = record.texts[0]
    for text in record.texts[:1] if entry else record.texts:
        suffix = "" if text is first else f"-{text.lang}"
        head += [_meta(("work" if entry else "title") + suffix, text.title), _meta("summary" + suffix, text.summary)]
    head.append(_meta("also" if entry else "names", " · ".join(known.names)))
    head.append(_meta("people", " · ".join(known.people)))
    head.append(_meta("topics", " · ".join(dict.fromkeys(record.topics))))
    body = f'<p data-pagefind-weight="{SMALL}">{_shown(first.title)}</p>' if entry else "".join(_sections(record))
    return (
        f'<!doctype html><html lang="{STEMMER}"><head><meta charset="utf-8">{"".join(head)}</head>'
        f"<body><main data-pagefind-body>{body}</main></body></html>"
    )


def _facets(record: Record) -> Iterator[tuple[str, str]]:
    known = record.findable
    yield from (("kind", known.kind), ("status", known.status), ("year", known.year))
    yield from (("topic", topic) for topic in known.topics)
    yield from (("language", text.lang) for text in record.texts)


def _sections(record: Record) -> Iterator[str]:
    for text in record.texts:
        for passage in text.passages:
            level, heading = passage.level, passage.heading or text.title
            yield f'<h{level} id="{text.lang}/{escape(passage.anchor)}">{_shown(heading)}</h{level}>'
            yield f"<p>{_shown(passage.text)}</p>"


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{_shown(value)}">' if value else ""


def _filter(name: str, value: str) -> str:
    return f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">'


def _shown(text: str) -> str:
    return escape(with_bigrams(text))
