"""The small graph beside a note: a data file for each, with what it builds on and what came of it, two steps far.

A node is a page: works that share a note are one. What the note's page lists is all there; the second step is a choice.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from papernotes.atlas import CITES, NOTE_PREFIX, RELATION, Atlas, Edge, Node, atlas_of
from papernotes.page import DataFile, Edition, address_of
from papernotes.pages.graph import compact, path_of, short_name, short_of, title_of, year_of
from papernotes.references import label
from papernotes.schema import COMPARING

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
        self.reasons |= {edge.reason} if edge.reason else set()


Ties = Mapping[str, Tie]


def files(edition: Edition) -> Iterator[DataFile]:
    atlas = atlas_of(edition.library, edition.graph)
    members: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(atlas.nodes):
        members[_page(node)].append(index)
    for slug in edition.published:
        if edition.text_of(edition.library.by_slug[slug]).lang == edition.lang:
            yield DataFile(surroundings_path(edition, slug), compact(_surroundings(edition, atlas, members, slug)))


def surroundings_path(edition: Edition, slug: str) -> str:
    """Where the data of a note's small graph is, inside the site."""
    return posixpath.join(edition.path("graph").removesuffix(".md"), f"{slug}.json")


def explorer_address(edition: Edition, slug: str) -> str:
    """The graph explorer with a note's first work chosen, inside the site."""
    note = edition.library.by_slug[slug]
    own = (key for key in note.meta.papers if edition.graph.note_of.get(key) == slug)
    return f"{address_of(edition.path('graph'))}#work={next(own, NOTE_PREFIX + slug)}"


def _page(node: Node) -> str:
    """What nodes of one page share. No citekey ends in a slash."""
    return f"{node.slug}/" if node.slug else node.key


def _surroundings(edition: Edition, atlas: Atlas, members: Mapping[str, Sequence[int]], slug: str) -> object:
    centre = f"{slug}/"
    before, after = _ties(atlas, members, centre, back=True), _ties(atlas, members, centre, back=False)
    near = _nearest(atlas, members, before, after)
    left = _second(atlas, members, {page for page in near if page in before}, {centre, *near}, back=True)
    right = _second(atlas, members, {page for page in near if page in after}, {centre, *near, *left}, back=False)
    pages = [centre, *near, *left, *right]
    index = {page: i for i, page in enumerate(pages)}
    edges = [
        *((0, index[page], *_tie(edition, before[page])) for page in near if page in before),
        *((index[page], 0, *_tie(edition, after[page])) for page in near if page in after),
        *((index[page], index[far], *_tie(edition, tie)) for far, ties in left.items() for page, tie in ties.items()),
        *((index[far], index[page], *_tie(edition, tie)) for far, ties in right.items() for page, tie in ties.items()),
    ]
    return {
        "words": {name: edition.words[f"graph_{name}"] for name in PHRASES},
        "left_out": len({*before, *after}) - len(near),
        "nodes": [_shown(edition, atlas, members[page]) for page in pages],
        "edges": edges,
    }


def _ties(atlas: Atlas, members: Mapping[str, Sequence[int]], page: str, *, back: bool) -> Ties:
    """What a page leads back to, or what leads back to it."""
    found: dict[str, Tie] = defaultdict(Tie)
    for member in members[page]:
        for edge in atlas.outgoing[member] if back else atlas.incoming[member]:
            other = _page(atlas.nodes[edge.to if back else edge.origin])
            if other != page:
                found[other].add(edge)
    return found


def _nearest(atlas: Atlas, members: Mapping[str, Sequence[int]], before: Ties, after: Ties) -> Sequence[str]:
    """The pages one step away, the most telling ones: claimed relations, notes, much cited works; old to new."""

    def rank(page: str) -> tuple[object, ...]:
        kinds = max(ties[page].kinds & (CITES | RELATION) for ties in (before, after) if page in ties)
        cited = sum(len(atlas.incoming[member]) for member in members[page])
        return (not kinds & RELATION, not kinds, not page.endswith("/"), -cited, page)

    kept = sorted({**before, **after}, key=rank)[:NEAR]
    return sorted(kept, key=lambda page: members[page][0])


def _second(
    atlas: Atlas, members: Mapping[str, Sequence[int]], near: set[str], known: set[str], *, back: bool
) -> Mapping[str, Ties]:
    """Pages one step further the same way, those first that most of `near` are tied to; with their ties to it."""
    found: dict[str, dict[str, Tie]] = defaultdict(dict)
    for page in sorted(near):
        for other, tie in _ties(atlas, members, page, back=back).items():
            if other not in known and tie.kinds & (CITES | RELATION):
                found[other][page] = tie

    def rank(page: str) -> tuple[object, ...]:
        return (-len(found[page]), not page.endswith("/"), page)

    worth = [page for page in found if page.endswith("/") or len(found[page]) > 1]
    kept = sorted(worth, key=rank)[: FAR // 2]
    return {page: found[page] for page in sorted(kept, key=lambda page: members[page][0])}


def _tie(edition: Edition, tie: Tie) -> tuple[int, str, int]:
    """Kinds, reasons in words, and whether all of them compare."""
    reasons = sorted(tie.reasons)
    compares = bool(reasons) and all(reason in COMPARING for reason in reasons)
    return tie.kinds, ", ".join(edition.words[reason] for reason in reasons), int(compares)


def _shown(edition: Edition, atlas: Atlas, members: Sequence[int]) -> Sequence[object]:
    """Short name, title, label, year, whether it is a note, and address."""
    node = atlas.nodes[members[0]]
    if node.slug:
        title = edition.title_of(edition.library.by_slug[node.slug])
        short = short_name(title)
    else:
        title, short = title_of(edition, node), short_of(edition, node)
    entry = edition.library.by_citekey.get(node.key)
    shown_label = label(entry) if entry and len(members) == 1 else ""
    return (short, title, shown_label, year_of(node), int(bool(node.slug)), address_of(path_of(edition, node)))
