"""Library and graph → Atlas: every work, and every note about none, as nodes on year × topic, with the edges between.

The graph explorer, the timeline and the small graphs beside notes are all drawn from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from papernotes.graph import CitationGraph
from papernotes.layout import Layout, Spot, lay_out
from papernotes.library import Library
from papernotes.model import Note, Place

CITES, RELATION, MENTION = 1, 2, 4
SHORT = 28
# A note that is about no work is a node too; no citekey has a comma in it.
NOTE_PREFIX = "note,"


@dataclass(frozen=True)
class Node:
    """A work, or a note about none. `slug` is its published note's, if it has one; `alone`: the note has no other work.

    `month` counts from year 0, `recorded` tells whether anybody wrote down what the work cites.
    """

    key: str
    month: int
    topic: str
    kind: str
    slug: str
    alone: bool
    recorded: bool


@dataclass(frozen=True)
class Edge:
    """From a node to one that it cites, claims a relation to, or mentions; `kinds` adds up, `reason` is a relation."""

    origin: int
    to: int
    kinds: int
    reason: str


@dataclass(frozen=True, eq=False)
class Atlas:
    """Nodes from old to new, edges between their indices, and where everything stands."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    layout: Layout

    @cached_property
    def index(self) -> Mapping[str, int]:
        return {node.key: index for index, node in enumerate(self.nodes)}

    @cached_property
    def outgoing(self) -> Sequence[Sequence[Edge]]:
        return _by(len(self.nodes), ((edge.origin, edge) for edge in self.edges))

    @cached_property
    def incoming(self) -> Sequence[Sequence[Edge]]:
        return _by(len(self.nodes), ((edge.to, edge) for edge in self.edges))


def _by(count: int, pairs: Iterable[tuple[int, Edge]]) -> Sequence[Sequence[Edge]]:
    lists: list[list[Edge]] = [[] for _ in range(count)]
    for index, edge in pairs:
        lists[index].append(edge)
    return lists


def build_atlas(library: Library, graph: CitationGraph) -> Atlas:
    """Everything that a vault's graph shows. O(works + edges); deterministic."""
    published = {slug: note for slug, note in library.by_slug.items() if note.meta.status == "final"}
    own = {
        slug: [key for key in note.meta.papers if graph.note_of.get(key) == slug] for slug, note in published.items()
    }
    first = {slug: _first_topic(library, note) for slug, note in published.items()}
    works = _works(library, graph, own, _topics(graph, first))
    nodes = tuple(sorted((*works, *_ideas(library, graph, own, first)), key=lambda node: (node.month, node.key)))
    index = {node.key: i for i, node in enumerate(nodes)}
    node_of = {slug: index[keys[0] if keys else NOTE_PREFIX + slug] for slug, keys in own.items()}
    edges = tuple(_edges(graph, index, node_of))
    spots = [Spot(node.key, node.month, node.topic) for node in nodes]
    return Atlas(nodes, edges, lay_out(spots, [(edge.origin, edge.to) for edge in edges if edge.kinds != MENTION]))


def short_name(title: str, most: int = SHORT) -> str:
    """A title as a label: what stands before its colon, or as much as fits into so many columns."""
    head = re.split(r":\s|：|\s[–—]\s|（|\s\(", title, maxsplit=1)[0].strip()
    if 1 < width(head) <= most:
        return head
    cut, left = "", most - 2
    for word in re.findall(r"[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯]+\s*|\s+", head[:most]):
        left -= width(word.rstrip())
        if left < 0:
            break
        cut += word
        left -= len(word) - len(word.rstrip())
    if width(cut) < (most - 2) // 2:
        cut = head[: most - 2]
    return cut.rstrip(" ,;-，、") + "…"


def width(text: str) -> int:
    """How many columns a text takes; Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _first_topic(library: Library, note: Note) -> str:
    return next((topic for topic in note.meta.topics if topic in library.topic_by_slug), "")


def _works(
    library: Library, graph: CitationGraph, own: Mapping[str, Sequence[str]], topics: Mapping[str, str]
) -> Iterator[Node]:
    for key, entry in library.by_citekey.items():
        slug = graph.note_of.get(key, "")
        slug = slug if slug in own else ""
        kind = library.by_slug[slug].meta.kind if slug else "work"
        month = entry.date.first if entry.date else 0
        yield Node(key, month, topics.get(key, ""), kind, slug, len(own.get(slug, ())) == 1, entry.cites is not None)


def _ideas(
    library: Library, graph: CitationGraph, own: Mapping[str, Sequence[str]], first: Mapping[str, str]
) -> Iterator[Node]:
    """Notes about no work of their own; they stand where the newest work stands that they mention."""
    for slug, keys in own.items():
        if not keys:
            meta = library.by_slug[slug].meta
            mentioned = [graph.age[mention.target][0] for mention in graph.mentions.get(slug, ())]
            month = max(mentioned, default=meta.created.year * 12 + meta.created.month)
            yield Node(NOTE_PREFIX + slug, month, first[slug], meta.kind, slug, True, True)


def _topics(graph: CitationGraph, first: Mapping[str, str]) -> Mapping[str, str]:
    """The topic of every work: its note's first, else the one that most of the notes around it have."""
    found = {key: topic for key, slug in graph.note_of.items() if (topic := first.get(slug))}
    # Works that only works without a note cite have their topic from those, one round later.
    for _ in range(2):
        votes: dict[str, str] = {}
        for key in sorted(graph.works - found.keys()):
            count = Counter(found[other] for other in graph.neighbours(key) if other in found)
            slugs = {mention.slug for mention in graph.mentioned_by.get(key, ()) if mention.place is Place.NOTE}
            count.update(topic for slug in sorted(slugs) if (topic := first.get(slug)))
            if count:
                votes[key] = min(count, key=lambda topic: (-count[topic], topic))
        found |= votes
    return found


def _edges(graph: CitationGraph, index: Mapping[str, int], node_of: Mapping[str, int]) -> Iterator[Edge]:
    kinds: dict[tuple[int, int], int] = {}
    reasons: dict[tuple[int, int], str] = {}

    def add(origin: int | None, to: int | None, kind: int, reason: str = "") -> None:
        if origin is not None and to is not None and origin != to:
            kinds[origin, to] = kinds.get((origin, to), 0) | kind
            reasons[origin, to] = reasons.get((origin, to), "") or reason

    for key, cited in graph.cites.items():
        for other in cited:
            add(index[key], index[other], CITES)
    for edge in graph.relations:
        if edge.slug in node_of:
            add(index[edge.origin], index[edge.to], RELATION, edge.type)
    for slug, mentions in graph.mentions.items():
        for mention in mentions:
            add(node_of.get(slug), index[mention.target], MENTION)
    for target, mentions in graph.linked_by.items():
        for mention in mentions:
            if mention.place is Place.NOTE:
                add(node_of.get(mention.slug), node_of.get(target), MENTION)
    for pair in sorted(kinds):
        yield Edge(*pair, kinds[pair], reasons[pair])


_ATLASES: WeakKeyDictionary[Library, Atlas] = WeakKeyDictionary()


def atlas_of(library: Library, graph: CitationGraph) -> Atlas:
    """The library's atlas, built once for all editions."""
    if library not in _ATLASES:
        _ATLASES[library] = build_atlas(library, graph)
    return _ATLASES[library]
