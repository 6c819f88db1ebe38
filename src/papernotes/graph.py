"""Library → CitationGraph: what cites what, who mentions whom, and what follows from it. Pure; keys, not objects.

Three kinds of edge stay apart: *cites* (a work cites a work; papers.bib), *relation* (a note's claim why; front matter)
and *mention* (a note's text cites a work or links a note). No graph library: every walk here is a few lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from papernotes.library import Library
from papernotes.links import resolve_note
from papernotes.model import LinkKind, Note, Place

Item = TypeVar("Item")
Adjacency = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a note's text that cites the work `target` or links the note `target`; `context` is its sentence."""

    slug: str
    place: Place
    target: str
    context: str
    heading: str


@dataclass(frozen=True)
class RelationEdge:
    """The claim of note `slug`: the work `origin` stands in this relation to the work `to`."""

    slug: str
    origin: str
    to: str
    type: str
    where: str


@dataclass(frozen=True, eq=False)
class CitationGraph:
    """Edges by kind and direction, each tied when it is first asked. Citekeys name works, slugs name notes.

    What leads nowhere is left out here and reported by rules.
    """

    library: Library

    @cached_property
    def works(self) -> frozenset[str]:
        return frozenset(self.library.by_citekey)

    @cached_property
    def cites(self) -> Adjacency:
        return {
            key: tuple(cited for cited in entry.cites or () if cited in self.works and cited != key)
            for key, entry in self.library.by_citekey.items()
        }

    @cached_property
    def cited_by(self) -> Adjacency:
        found = _grouped((cited, key) for key, keys in self.cites.items() for cited in keys)
        return found | dict.fromkeys(self.works - found.keys(), ())

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """Per note: the works that its text cites."""
        return _grouped((mention.slug, mention) for mention in self._mentions if mention.place is Place.NOTE)

    @cached_property
    def mentioned_by(self) -> Mapping[str, tuple[Mention, ...]]:
        return _grouped((mention.target, mention) for mention in self._mentions)

    @cached_property
    def _mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for note in self.library.originals for mention in _mentions(note, self.works))

    @cached_property
    def linked_by(self) -> Mapping[str, tuple[Mention, ...]]:
        """Per note: the links to it."""
        links = (mention for note in self.library.originals for mention in _note_links(note, self.library))
        return _grouped((mention.target, mention) for mention in links)

    @cached_property
    def relations(self) -> tuple[RelationEdge, ...]:
        notes = self.library.by_slug.values()
        return tuple(edge for note in notes for edge in _relations(note, self.works, self.cites))

    @cached_property
    def note_of(self) -> Mapping[str, str]:
        """Per work: the note that is its page."""
        found: dict[str, str] = {}
        # A survey or a digest may be about a paper that has a note of its own; that note is the paper's page.
        for note in sorted(self.library.by_slug.values(), key=lambda note: note.meta.kind in ("survey", "digest")):
            for paper in note.meta.papers:
                if paper in self.works:
                    found.setdefault(paper, note.slug)
        return found

    @cached_property
    def papers_of(self) -> Mapping[str, tuple[str, ...]]:
        """Per note: the works it is about."""
        notes = self.library.by_slug.values()
        return {note.slug: tuple(paper for paper in note.meta.papers if paper in self.works) for note in notes}

    @cached_property
    def age(self) -> Mapping[str, tuple[int, str]]:
        """Per work: the earliest month it can be of, then its key, so that no two are of one age."""
        entries = self.library.by_citekey.items()
        return {key: (entry.date.first if entry.date else 0, key) for key, entry in entries}

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[Mention, ...]]:
        """Per note: every other text that cites one of its papers or links it."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for slug, papers in self.papers_of.items():
            for paper in papers:
                if self.note_of.get(paper) == slug:
                    found[slug] += [
                        m for m in self.mentioned_by.get(paper, ()) if (m.slug, m.place) != (slug, Place.NOTE)
                    ]
        for slug, links in self.linked_by.items():
            found[slug] += [m for m in links if (m.slug, m.place) != (slug, Place.NOTE)]
        return {slug: tuple(mentions) for slug, mentions in found.items() if mentions}

    @cached_property
    def relations_from(self) -> Mapping[str, tuple[RelationEdge, ...]]:
        return _grouped((edge.origin, edge) for edge in self.relations)

    @cached_property
    def relations_to(self) -> Mapping[str, tuple[RelationEdge, ...]]:
        return _grouped((edge.to, edge) for edge in self.relations)

    def neighbours(self, key: str) -> tuple[str, ...]:
        """Works one *cites* edge away, in either direction."""
        return tuple(dict.fromkeys((*self.cites.get(key, ()), *self.cited_by.get(key, ()))))

    def neighbourhood(self, key: str, depth: int = 1) -> Mapping[str, int]:
        """Works within `depth` edges of `key`, with their distance. O(edges seen)."""
        distance = {key: 0}
        queue = deque([key])
        while queue:
            here = queue.popleft()
            if distance[here] == depth:
                continue
            for other in self.neighbours(here):
                if other not in distance:
                    distance[other] = distance[here] + 1
                    queue.append(other)
        return distance

    def shortest_path(self, start: str, end: str) -> tuple[str, ...]:
        """A shortest chain of *cites* edges, either way round, ends included; () if there is none. O(V + E)."""
        if start not in self.works or end not in self.works:
            return ()
        before: dict[str, str] = {start: start}
        queue = deque([start])
        while queue and end not in before:
            here = queue.popleft()
            for other in self.neighbours(here):
                if other not in before:
                    before[other] = here
                    queue.append(other)
        if end not in before:
            return ()
        path = [end]
        while path[-1] != start:
            path.append(before[path[-1]])
        return tuple(reversed(path))

    def co_citation(self, key: str) -> Counter[str]:
        """Other works, each with the number of works that cite both (Small 1973). O(sum of the citing works' lists)."""
        counts: Counter[str] = Counter()
        for citing in self.cited_by.get(key, ()):
            counts.update(other for other in self.cites[citing] if other != key)
        return counts

    def coupling(self, key: str) -> Counter[str]:
        """Other works, each with the number of works that both cite (Kessler 1963). O(the cited works' lists)."""
        counts: Counter[str] = Counter()
        for cited in self.cites.get(key, ()):
            counts.update(other for other in self.cited_by[cited] if other != key)
        return counts

    def related(self, key: str) -> tuple[str, ...]:
        """Works by co-citation plus coupling, strongest first, ties by key; direct neighbours are left out."""
        score = self.co_citation(key)
        score.update(self.coupling(key))
        near = set(self.neighbours(key))
        return tuple(sorted((other for other in score if other not in near), key=lambda other: (-score[other], other)))

    def gaps(self, threshold: int, notes: Collection[str] | None = None) -> tuple[tuple[str, int], ...]:
        """Works without a note that at least `threshold` notes (of these) cite, most cited first: (citekey, notes)."""
        counts = {
            key: len({m.slug for m in mentions if m.place is Place.NOTE and (notes is None or m.slug in notes)})
            for key, mentions in self.mentioned_by.items()
            if key in self.works and key not in self.note_of
        }
        return tuple(sorted(((k, n) for k, n in counts.items() if n >= threshold), key=lambda gap: (-gap[1], gap[0])))

    @cached_property
    def note_ancestors(self) -> Adjacency:
        """Per note: the notes about works that its papers cite and that are older. Acyclic, since age orders it."""
        edges: dict[str, tuple[str, ...]] = {}
        for slug, papers in self.papers_of.items():
            own = min((self.age[paper] for paper in papers if paper in self.age), default=None)
            found: dict[str, None] = {}
            for paper in papers:
                for cited in self.cites.get(paper, ()):
                    other = self.note_of.get(cited)
                    # Preprints of one month may cite each other; the older, then the smaller key, comes first.
                    if other and other != slug and own and self.note_age[other] < own:
                        found[other] = None
            edges[slug] = tuple(found)
        return edges

    @cached_property
    def note_age(self) -> Mapping[str, tuple[int, str]]:
        """Per note: the age of its oldest paper."""
        return {
            slug: min((self.age[paper] for paper in papers if paper in self.age), default=(0, slug))
            for slug, papers in self.papers_of.items()
        }

    def reading_order(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """The notes to read before and up to these: ancestors first, older first. O(V + E) of what is reached."""
        wanted: dict[str, None] = {}
        stack = list(slugs)
        while stack:
            slug = stack.pop()
            if slug not in wanted:
                wanted[slug] = None
                stack.extend(self.note_ancestors.get(slug, ()))
        return tuple(sorted(wanted, key=lambda slug: self.note_age.get(slug, (0, slug))))

    def reduced_ancestors(self, order: Sequence[str]) -> Adjacency:
        """Edges among the notes of `order` without those that a longer way implies (transitive reduction).

        `order` is a reading order. O(V × E) over these notes: reading orders have tens of them.
        """
        position = {slug: i for i, slug in enumerate(order)}
        reach: dict[str, set[str]] = {}
        reduced: dict[str, tuple[str, ...]] = {}
        for slug in order:
            direct = sorted((a for a in self.note_ancestors.get(slug, ()) if a in position), key=position.__getitem__)
            kept: list[str] = []
            reach[slug] = set()
            for ancestor in reversed(direct):
                if ancestor not in reach[slug]:
                    kept.append(ancestor)
                    reach[slug] |= {ancestor} | reach[ancestor]
            reduced[slug] = tuple(reversed(kept))
        return reduced


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for key, item in pairs:
        groups[key].append(item)
    return {key: tuple(items) for key, items in groups.items()}


def build_graph(library: Library) -> CitationGraph:
    """The graph of a library. O(size of the library) when all of it is asked."""
    return CitationGraph(library)


def _mentions(note: Note, works: frozenset[str]) -> Iterable[Mention]:
    for group in note.body.groups:
        for citation in group.citations:
            if citation.citekey in works:
                yield Mention(note.slug, note.place, citation.citekey, group.context, group.heading)


def _note_links(note: Note, library: Library) -> Iterable[Mention]:
    for link in note.body.links:
        if link.kind is LinkKind.IMAGE:
            continue
        target = resolve_note(library, note, link)
        if isinstance(target, Note) and target.place is Place.NOTE:
            yield Mention(note.slug, note.place, target.slug, link.context, link.heading)


def _relations(note: Note, works: frozenset[str], cites: Adjacency) -> Iterable[RelationEdge]:
    papers = [paper for paper in note.meta.papers if paper in works]
    for relation in note.meta.relations:
        citing = [paper for paper in papers if relation.to in cites[paper]] or papers
        origin = relation.origin or (citing[0] if citing else "")
        if origin in works and relation.to in works:
            yield RelationEdge(note.slug, origin, relation.to, relation.type, relation.where or "")
