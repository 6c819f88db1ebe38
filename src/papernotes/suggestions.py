"""A work and the bibliography → the topics that it probably belongs to, and which of its references are known here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from papernotes.entries import Entry
from papernotes.graph import CitationGraph
from papernotes.identifiers import Identifier
from papernotes.library import Library
from papernotes.model import Note
from papernotes.naming import plain_letters
from papernotes.sameness import KnownWorks

MOST_TOPICS, NAMED_WEIGHT, SHORTEST_TITLE = 2, 3, 15


class Suggestion(NamedTuple):
    """A topic, and why."""

    topic: str
    reason: str


def known_references(
    known: KnownWorks, references: Iterable[Identifier], titles: Iterable[str], citing: Entry | None = None
) -> tuple[str, ...]:
    """The citekeys of references that the bibliography holds: matched by identifier, failing that by an equal title."""
    found = {entry.citekey for name in references if (entry := known.by_identifier.get(name))}
    found |= {entry.citekey for title in titles if len(title) >= SHORTEST_TITLE and (entry := known.titled(title))}
    return tuple(sorted(found - {citing.citekey if citing else ""}))


def suggest_topics(
    library: Library, graph: CitationGraph, title: str, cites: Iterable[str], citekey: str = ""
) -> tuple[Suggestion, ...]:
    """At most two topics: of notes on what the work cites and on what cites it, and those that its title names."""
    score: Counter[str] = Counter()
    through: dict[str, list[str]] = {}
    told = [(key, f"it cites {key}") for key in sorted(cites)]
    told += [(key, f"{key} cites it") for key in sorted(graph.cited_by.get(citekey, ()))]
    for key, reason in told:
        note = library.by_slug.get(graph.note_of.get(key, ""))
        for topic in note.meta.topics if note else ():
            if topic in library.topic_by_slug:
                score[topic] += 1
                through.setdefault(topic, []).append(reason)
    words = frozenset(_words(title))
    named = {topic.slug for topic in library.topics if any(_within(name, words) for name in _names(topic))}
    for topic in named:
        score[topic] += NAMED_WEIGHT
    best = sorted(score, key=lambda topic: (-score[topic], topic))[:MOST_TOPICS]
    return tuple(
        Suggestion(topic, _reason(topic in named, through.get(topic, [])))
        for topic in best
        if score[topic] * 2 >= score[best[0]]
    )


def _reason(named: bool, edges: list[str]) -> str:
    told = ["its title says so"] if named else []
    if edges:
        told.append(f"{edges[0]}, and {len(edges) - 1} more such edges" if len(edges) > 2 else ", ".join(edges))
    return ", ".join(told)


def _names(topic: Note) -> tuple[str, ...]:
    return (topic.slug.replace("-", " "), topic.title, *topic.meta.aliases)


def _words(text: str) -> list[str]:
    """Words in one form: lower case, no plural s."""
    return [re.sub(r"(?<=\w{3})s$", "", word) for word in re.findall(r"[a-z0-9]+", plain_letters(text).lower())]


def _within(name: str, words: frozenset[str]) -> bool:
    wanted = _words(name)
    return bool(wanted) and words.issuperset(wanted)
