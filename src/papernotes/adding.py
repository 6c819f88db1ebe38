"""A work, or a title, and the vault → the files of a new note, or the reason why there shall be none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from papernotes.additions import NewEntry, bibliography_file, citekey_of, new_entry, with_entries
from papernotes.config import Config, ConfigError
from papernotes.entries import Entry
from papernotes.graph import CitationGraph, build_graph
from papernotes.identifiers import Identifier, Scheme
from papernotes.library import Library
from papernotes.lookup import Finding
from papernotes.naming import new_slug, usable_citekey, usable_slug
from papernotes.sameness import KnownWorks
from papernotes.scaffold import UNSORTED, Draft, draft_text, paper_draft, unsorted_topic
from papernotes.spelling import Spelling
from papernotes.suggestions import known_references, suggest_topics
from papernotes.venues import KnownVenues

# Keys of this kind are kept; others that a file proposes give way to one of this kind.
HOUSE_CITEKEY = re.compile(r"[a-z]+[12]\d{3}[a-z][a-z0-9]*")


class RefusedError(Exception):
    """There is this note, or this work, already; the message names it."""


@dataclass(frozen=True)
class Wish:
    """What a note shall be: of which kind, and what its author chose instead of leaving it to us."""

    kind: str = "paper"
    slug: str = ""
    citekey: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A note to be written. `files` are in the order in which they make a sound vault at every step."""

    files: Mapping[Path, bytes]
    draft: Draft
    entry: NewEntry | None = None
    reasons: tuple[str, ...] = field(default=())


@dataclass(frozen=True, eq=False)
class Desk:
    """The vault as it is when a note is added to it."""

    config: Config
    library: Library

    @cached_property
    def known(self) -> KnownWorks:
        return KnownWorks(self.library.entries)

    @cached_property
    def graph(self) -> CitationGraph:
        return build_graph(self.library)

    def entry_for(self, words: str, identifier: Identifier) -> Entry | None:
        """The entry that somebody means by a citekey, an identifier or a whole title."""
        if identifier.scheme is Scheme.WORDS:
            return self.library.by_citekey.get(words.removeprefix("@")) or self.known.titled(words)
        return self.known.by_identifier.get(identifier)


def plan_title(desk: Desk, title: str, wish: Wish) -> Plan:
    """The files of a note that is about no work of the bibliography."""
    library = desk.library
    same = library.note_by_name.get(title.casefold())
    if wish.kind == "topic":
        same = next((topic for topic in library.topics if topic.title.casefold() == title.casefold()), None)
    if same:
        raise RefusedError(f"{same.source.path} has this title, or this other name, already")
    slug = _slug(desk, title, "", wish)
    topics, reasons = ((), ()) if wish.kind == "topic" else _topics(desk, title, None, wish)
    return _plan(desk, Draft(wish.kind, title, slug, topics=topics), None, reasons)


def plan_work(desk: Desk, subject: Entry | Finding, wish: Wish) -> Plan:
    """The files of a note on a work, and its entry if there is none yet."""
    if isinstance(subject, Finding):
        same = desk.known.same_as(subject.record)
        if same is None:
            return _plan_new_work(desk, subject, wish)
        return _plan_known_work(desk, same.entry, same.reason, wish)
    return _plan_known_work(desk, subject, "", wish)


def _plan_known_work(desk: Desk, entry: Entry, reason: str, wish: Wish) -> Plan:
    known = f"{entry.citekey} ({entry.title}) is in papers.bib" + (f" ({reason})" if reason else "")
    note = desk.library.by_slug.get(desk.graph.note_of.get(entry.citekey, ""))
    if note and (wish.kind not in ("survey", "digest") or note.meta.kind == wish.kind):
        raise RefusedError(f"{known}, and its note is {note.source.path}")
    if wish.citekey and wish.citekey != entry.citekey:
        raise RefusedError(f"{known}: it keeps its citekey")
    plan = _plan_entry(desk, entry, None, wish)
    return replace(plan, reasons=(f"{known} already; only the note is new", *plan.reasons))


def _plan_new_work(desk: Desk, finding: Finding, wish: Wish) -> Plan:
    record, taken = finding.record, {entry.citekey.lower() for entry in desk.library.entries}
    if wish.citekey and not usable_citekey(wish.citekey, taken):
        raise ConfigError(f"--citekey {wish.citekey}: it is taken, or holds characters that a citekey may not hold")
    if not HOUSE_CITEKEY.fullmatch(record.citekey):
        record = replace(record, citekey="")
    record = KnownVenues(desk.library.entries).respelled(record)
    citekey = wish.citekey or citekey_of(record, taken)
    cites = known_references(desk.known, finding.references, finding.titles) or None
    if record.cites is not None:
        cites = tuple(key for key in record.cites if key in desk.library.by_citekey)
    entry = new_entry(record, citekey, cites)
    later = Desk(desk.config, with_entries(desk.library, [entry]))
    plan = _plan_entry(later, entry.entry, entry, wish)
    path, data = bibliography_file(desk.config, desk.library, [entry])
    total = len(finding.references) or len(finding.titles)
    told = f"of its references, papers.bib holds {len(cites) if cites else 'none'}"
    reasons = (told,) if total or cites else ("its references are not known: `cites` is left out",)
    return replace(plan, files={path: data, **plan.files}, reasons=(*plan.reasons, *reasons))


def _plan_entry(desk: Desk, entry: Entry, new: NewEntry | None, wish: Wish) -> Plan:
    slug = _slug(desk, entry.title, entry.citekey, wish)
    topics, reasons = _topics(desk, entry.title, entry, wish)
    draft = paper_draft(desk.library, desk.graph, entry, kind=wish.kind, slug=slug, topics=topics)
    return _plan(desk, draft, new, reasons)


def _plan(desk: Desk, draft: Draft, new: NewEntry | None, reasons: tuple[str, ...]) -> Plan:
    files: dict[Path, bytes] = {}
    drafts = [draft]
    if UNSORTED in draft.topics and UNSORTED not in desk.library.topic_by_slug:
        drafts.insert(0, unsorted_topic(desk.config))
    for each in drafts:
        files[desk.config.root / each.path] = draft_text(desk.config, each).encode()
    return Plan(files, draft, new, reasons)


def _slug(desk: Desk, title: str, citekey: str, wish: Wish) -> str:
    languages = desk.config.languages
    taken = {name.casefold() for name in (desk.library.topic_by_slug if wish.kind == "topic" else desk.library.by_slug)}
    if wish.slug in taken:
        raise RefusedError(f"--slug {wish.slug}: there is such a note already")
    if wish.slug and not usable_slug(wish.slug, languages):
        raise ConfigError(f"--slug {wish.slug}: a slug is lower-case words with hyphens, and no name of the site's own")
    return wish.slug or new_slug(title, citekey, taken, languages)


def _topics(desk: Desk, title: str, entry: Entry | None, wish: Wish) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The topics of a note, and for each that we chose the reason."""
    known = desk.library.topic_by_slug
    for topic in wish.topics:
        if topic not in known:
            near = Spelling(known).nearest(topic)
            ask = f"did you mean {near!r}?" if near else f"there are: {', '.join(sorted(known)) or 'none yet'}"
            raise ConfigError(f"--topic {topic}: there is no such topic; {ask} (or `papernotes new --kind topic`)")
    if wish.topics:
        return wish.topics, ()
    cites, citekey = ((entry.cites or ()), entry.citekey) if entry else ((), "")
    found = suggest_topics(desk.library, desk.graph, title, cites, citekey)
    if found:
        return tuple(item.topic for item in found), tuple(f"topic {item.topic}: {item.reason}" for item in found)
    return (UNSORTED,), (f"topic {UNSORTED}: none suggests itself; --topic chooses one",)
