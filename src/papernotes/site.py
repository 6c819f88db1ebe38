"""Library, graph and findings → every page of the site; Page → Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from papernotes.config import Config
from papernotes.diagnostics import Diagnostic
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.page import DataFile, Edition, Page, entry_address
from papernotes.pages import DATA_KINDS, NARROWED_KINDS, PAGE_KINDS
from papernotes.rules import RULES
from papernotes.templating import fill


class PageClashError(Exception):
    """Two pages want one path."""


def all_pages(
    library: Library,
    graph: CitationGraph,
    diagnostics: tuple[Diagnostic, ...],
    config: Config,
    narrowed: frozenset[str] | None = None,
) -> tuple[Page, ...]:
    """Every page of every language, in a fixed order. Raises PageClashError if two want one path.

    `narrowed` to some addresses, only the notes, topics, entries and indexes that are served there.
    """
    found: dict[str, Page] = {}
    for lang in config.languages:
        edition = Edition(library, graph, diagnostics, RULES, config, lang, narrowed)
        for pages in PAGE_KINDS if narrowed is None else NARROWED_KINDS:
            for page in pages(edition):
                if page.path.casefold() in found:
                    raise PageClashError(f"two pages want the path {page.path}")
                found[page.path.casefold()] = page
    return tuple(found.values())


def data_files(
    library: Library, graph: CitationGraph, diagnostics: tuple[Diagnostic, ...], config: Config
) -> Iterator[DataFile]:
    """Every file that scripts of the site fetch, in a fixed order."""
    for lang in config.languages:
        edition = Edition(library, graph, diagnostics, RULES, config, lang)
        for files in DATA_KINDS:
            yield from files(edition)


def markdown_of(page: Page, own_templates: Path | None = None) -> str:
    """A page as plain Markdown with front matter that any builder can take."""
    front = {"title": page.title, "description": page.summary, **page.meta}
    # JSON is YAML, and it quotes what needs quotes.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + fill(page.template, page.data, own_templates).lstrip("\n")


def redirects(library: Library, graph: CitationGraph, config: Config) -> Iterator[tuple[str, str]]:
    """(old address, address it leads to) in every language: papers to their notes, and what front matter asks for."""
    for lang in config.languages:
        edition = Edition(library, graph, (), RULES, config, lang)
        for citekey, slug in graph.note_of.items():
            if slug in edition.published:
                yield edition.path(entry_address(citekey)), edition.note_path(slug)
        for note in (*edition.published.values(), *library.topic_by_slug.values()):
            for old in note.meta.redirects:
                yield edition.path(old.strip("/")), edition.document_path(edition.text_of(note))
