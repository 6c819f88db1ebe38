"""A note that is to be + a template → its path and text in the vault."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from papernotes.citations import CITEKEY
from papernotes.config import Config
from papernotes.entries import Entry
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.model import LinkKind, Note
from papernotes.naming import short_name
from papernotes.references import links
from papernotes.templating import Markdown, fill, template_folder
from papernotes.text import Edit, Span, apply_edits

MOST_CONNECTIONS = 8
UNSORTED = "unsorted"
UNSORTED_TEXT = {"en": ("Unsorted", "Notes that have no topic yet."), "zh": ("未归类", "还没有归入主题的笔记。")}


def today() -> datetime.date:
    """The current day; SOURCE_DATE_EPOCH, by which builds are repeated, sets another."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.date.today()


@dataclass(frozen=True)
class Draft:
    """A note before it is text.

    `body` is Markdown of its own; without one the template of the kind asks for it. `rest` is Markdown to stand below.
    """

    kind: str
    title: str
    slug: str
    papers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    aliases: tuple[str, ...] = ()
    created: datetime.date = field(default_factory=today)
    updated: datetime.date = field(default_factory=today)
    redirects: tuple[str, ...] = ()
    series: tuple[str, int] | None = None
    connections: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = field(default=())
    body: str = ""
    rest: str = ""

    @property
    def path(self) -> str:
        """Where it goes in the vault."""
        return f"notes/{'topics/' if self.kind == 'topic' else ''}{self.slug}.md"


def draft_text(config: Config, draft: Draft) -> str:
    """The text of a draft by the template of its kind, in the vault's first language."""
    own = config.root / "templates"
    name = "imported" if draft.body else draft.kind
    data: Mapping[str, object] = {
        "draft": draft,
        "body": Markdown(draft.body),
        "connections": [citation(key) for key in draft.connections],
    }
    return fill(_template(name, config.language, own), data, own) + draft.rest


def _template(name: str, lang: str, own: Path) -> str:
    """The template in a language, failing that in English; a vault's own come first."""
    chosen = f"new/{lang}/{name}.md.jinja"
    known = any((folder / chosen).is_file() for folder in (own, template_folder()))
    return chosen if known else f"new/{name}.md.jinja"


def citation(citekey: str) -> Markdown:
    """A citation as it is written in a note."""
    return Markdown(f"[@{citekey}]" if CITEKEY.fullmatch(f"@{citekey}") else f"[@{{{citekey}}}]")


def connections(library: Library, graph: CitationGraph, entry: Entry) -> tuple[str, ...]:
    """The works that a note on this one should speak of: what it cites, those with notes and many citations first."""
    cites = [key for key in entry.cites or () if key in library.by_citekey and key != entry.citekey]

    def weight(key: str) -> tuple[bool, int, str]:
        return key not in graph.note_of, -len(graph.cited_by.get(key, ())), key

    return tuple(sorted(cites, key=weight)[:MOST_CONNECTIONS])


def paper_draft(
    library: Library, graph: CitationGraph, entry: Entry, *, kind: str, slug: str, topics: tuple[str, ...]
) -> Draft:
    """The skeleton of a note on one work."""
    alias = short_name(entry.title)
    aliases = (alias,) if alias and alias.casefold() not in library.note_by_name else ()
    return Draft(
        kind,
        entry.title,
        slug,
        (entry.citekey,),
        topics,
        aliases=aliases,
        connections=connections(library, graph, entry),
        links=links(entry),
    )


def unsorted_topic(config: Config) -> Draft:
    """The topic of notes that have none yet; it is a draft, and so is not published."""
    title, summary = UNSORTED_TEXT.get(config.language, UNSORTED_TEXT["en"])
    return Draft("topic", title, UNSORTED, summary=summary, body=summary)


def translation_path(note: Note, lang: str) -> str:
    """Where the translation of a text goes in the vault."""
    return f"notes/{lang}/{note.source.path.removeprefix('notes/')}"


def translation_text(config: Config, note: Note, lang: str) -> str:
    """The skeleton of a translation: the original's text, to be written over sentence by sentence."""
    own = config.root / "templates"
    start = note.body.start
    edits = [
        Edit(Span(link.span.start - start, link.span.end - start), f"../{link.destination}")
        for link in note.body.links
        if link.kind is LinkKind.IMAGE and ":" not in link.destination
    ]
    body = apply_edits(note.source.text[start:], edits).strip("\n")
    data = {"title": note.title, "summary": note.meta.summary, "aliases": note.meta.aliases, "body": Markdown(body)}
    return fill(_template("translation", lang, own), data, own)
