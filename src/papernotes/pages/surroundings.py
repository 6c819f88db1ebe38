"""The small graph beside a note: a data file for each, with what it builds on and what came of it, two steps far.

A node is a page: works that share a note are one. What the note's page lists is all there; the second step is a choice.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from papernotes.atlas import CITES, NOTE_PREFIX, RELATION, Edge, Node, atlas_of
from papernotes.matter import COMPARING
from papernotes.page import DataFile, Edition, address_of
from papernotes.pages.graph import compact, path_of, short_name, short_of, title_of, year_of
from papernotes.references import label

# A drawing of more says less: the rest is in the explorer, and in the page's own lists.
NEAR, FAR = 40, 24
PHRASES = """
builds_on came_of_it legend_before legend_after list steps cites relation mention gap open_explorer nothing more drawing
mentions mentioned_by
""".split()


@dataclass
class Tie:
    """All edges between two pages, one way."""

    kinds: int = 0
    reasons: set[str] = field(default_factory=set[str])

    def add(self, edge: Edge) -> None:
        self.kinds |= edge.kinds
        if edge.reason:
            self.reasons.add(edge.reason)


Ties = Mapping[str, Tie]


@dataclass(frozen=True, eq=False)
class Map:
    """Pages with their place from old to new, what each leads back to, what leads back to it, and how it is shown."""

    age: Mapping[str, int]
    before: Mapping[str, Ties]
    after: Mapping[str, Ties]
    shown: Mapping[str, Sequence[object]]


def files(edition: Edition) -> Iterator[DataFile]:
    everything = _map(edition)
    for slug in edition.published:
        if edition.text_of(edition.library.by_slug[slug]).lang == edition.lang:
            yield DataFile(surroundings_path(edition, slug), compact(_surroundings(edition, everything, slug)))


def surroundings_path(edition: Edition, slug: str) -> str:
    """Where the data of a note's small graph is, inside the site."""
    return posixpath.join(edition.path("graph").removesuffix(".md"), f"{slug}.json")


def explorer_address(edition: Edition, slug: str) -> str:
    """The graph explorer with a note's first work chosen, inside the site."""
    note = edition.library.by_slug[slug]
    own = (key for key in note.meta.papers if edition.graph.note_of.get(key) == slug)
    return f"{address_of(edition.path('graph'))}#work={quote(next(own, NOTE_PREFIX + slug), safe=':,')}"


def _page(node: Node) -> str:
    """What nodes of one page share."""
    return NOTE_PREFIX + node.slug if node.slug else node.key


def _map(edition: Edition) -> Map:
    atlas = atlas_of(edition.library, edition.graph)
    pages = [_page(node) for node in atlas.nodes]
    members: dict[str, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        members[page].append(index)
    ties: dict[tuple[str, str], Tie] = defaultdict(Tie)
    for edge in atlas.edges:
        if pages[edge.origin] != pages[edge.to]:
            ties[pages[edge.origin], pages[edge.to]].add(edge)
    before: dict[str, dict[str, Tie]] = defaultdict(dict)
    after: dict[str, dict[str, Tie]] = defaultdict(dict)
    for (origin, to), tie in ties.items():
        before[origin][to] = after[to][origin] = tie
    shown = {page: _shown(edition, [atlas.nodes[index] for index in indices]) for page, indices in members.items()}
    return Map({page: indices[0] for page, indices in members.items()}, before, after, shown)


def _surroundings(edition: Edition, everything: Map, slug: str) -> object:
    centre = NOTE_PREFIX + slug
    before, after = everything.before.get(centre, {}), everything.after.get(centre, {})
    near = _nearest(everything, before, after)
    left = _second(everything, everything.before, [page for page in near if page in before], {centre, *near})
    right = _second(everything, everything.after, [page for page in near if page in after], {centre, *near, *left})
    pages = [centre, *near, *left, *right]
    index = {page: i for i, page in enumerate(pages)}
    edges = [
        *((0, index[page], *_said(edition, before[page])) for page in near if page in before),
        *((index[page], 0, *_said(edition, after[page])) for page in near if page in after),
        *((index[page], index[far], *_said(edition, tie)) for far, ties in left.items() for page, tie in ties.items()),
        *((index[far], index[page], *_said(edition, tie)) for far, ties in right.items() for page, tie in ties.items()),
    ]
    return {
        "words": {name: edition.words[f"graph_{name}"] for name in PHRASES},
        "left_out": len({*before, *after}) - len(near),
        "nodes": [everything.shown[page] for page in pages],
        "edges": edges,
    }


def _nearest(everything: Map, before: Ties, after: Ties) -> Sequence[str]:
    """The pages one step away, the most telling ones: claimed relations, notes, much cited works; old to new."""

    def rank(page: str) -> tuple[object, ...]:
        kinds = max(ties[page].kinds & (CITES | RELATION) for ties in (before, after) if page in ties)
        cited = len(everything.after.get(page, ()))
        return (not kinds & RELATION, not kinds, not page.startswith(NOTE_PREFIX), -cited, page)

    kept = sorted({**before, **after}, key=rank)[:NEAR]
    return sorted(kept, key=everything.age.__getitem__)


def _second(
    everything: Map, further: Mapping[str, Ties], near: Sequence[str], known: Collection[str]
) -> Mapping[str, Ties]:
    """Pages one step further the same way, those first that most of `near` are tied to; with their ties to it."""
    found: dict[str, dict[str, Tie]] = defaultdict(dict)
    for page in near:
        for other, tie in further.get(page, {}).items():
            if tie.kinds & (CITES | RELATION) and other not in known:
                found[other][page] = tie

    def rank(page: str) -> tuple[object, ...]:
        return (-len(found[page]), not page.startswith(NOTE_PREFIX), page)

    worth = [page for page, ties in found.items() if page.startswith(NOTE_PREFIX) or len(ties) > 1]
    return {page: found[page] for page in sorted(sorted(worth, key=rank)[: FAR // 2], key=everything.age.__getitem__)}


def _said(edition: Edition, tie: Tie) -> tuple[int, str, int]:
    """Kinds, reasons in words, and whether all of them compare."""
    reasons = sorted(tie.reasons)
    compares = bool(reasons) and all(reason in COMPARING for reason in reasons)
    return tie.kinds, ", ".join(edition.words[reason] for reason in reasons), int(compares)


def _shown(edition: Edition, nodes: Sequence[Node]) -> Sequence[object]:
    """Short name, title, label, year, whether it is a note, and address."""
    node = nodes[0]
    if node.slug:
        title = edition.title_of(edition.library.by_slug[node.slug])
        short = short_name(title)
    else:
        title, short = title_of(edition, node), short_of(edition, node)
    entry = edition.library.by_citekey.get(node.key)
    shown_label = label(entry) if entry and len(nodes) == 1 else ""
    return (short, title, shown_label, year_of(node), int(bool(node.slug)), address_of(path_of(edition, node)))
