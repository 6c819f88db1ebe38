"""The graph explorer: its page, with the same as lists for who runs no scripts, and the data that it is drawn from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from papernotes.atlas import CITES, MENTION, RELATION, Atlas, Node, atlas_of, short_name
from papernotes.matter import BUILDING, COMPARING
from papernotes.page import DataFile, Edition, Page, address_of, relative
from papernotes.references import label, plain_title

PHRASE = "graph_"
NOTED, RECORDED, FOREIGN = 1, 2, 4


@dataclass(frozen=True)
class Listed:
    """A node as a row of the page's table; `builds_on`, `led_to` and `missing` are numbers of works."""

    title: str
    path: str
    year: str
    noted: bool
    builds_on: int
    led_to: int
    missing: int


def pages(edition: Edition) -> Iterator[Page]:
    path = edition.path("graph")
    atlas = atlas_of(edition.library, edition.graph)
    rows: dict[str, list[Listed]] = {lane.name: [] for lane in atlas.layout.lanes}
    left_out = 0
    for index, node in enumerate(atlas.nodes):
        row = _listed(edition, atlas, index, path)
        if node.slug or row.led_to >= edition.config.gap_threshold:
            rows[node.topic].append(row)
        else:
            left_out += 1
    data = {
        "words": edition.words,
        "title": edition.words["graph"],
        "data": data_path(edition),
        "topics": [(topic_title(edition, topic), listed) for topic, listed in rows.items() if listed],
        "left_out": left_out,
        "bibliography": relative(edition.path("bibliography"), path),
    }
    yield Page(
        path,
        "pages/graph.md.jinja",
        edition.words["graph"],
        data,
        edition.lang,
        "graph",
        edition.words["graph_summary"],
        meta={"kind": "graph", "hide": ["toc"]},
    )


def data_path(edition: Edition) -> str:
    """Where the data of this edition's graph is, inside the site."""
    return edition.path("graph").removesuffix(".md") + ".json"


def topic_title(edition: Edition, topic: str) -> str:
    note = edition.library.topic_by_slug.get(topic)
    return edition.title_of(note) if note else edition.words["graph_no_topic"]


def title_of(edition: Edition, node: Node) -> str:
    """A node's name in this edition: its note's, unless the note is about other works too."""
    if node.slug and node.alone:
        return edition.title_of(edition.library.by_slug[node.slug])
    return plain_title(edition.library.by_citekey[node.key])


def path_of(edition: Edition, node: Node) -> str:
    return edition.note_path(node.slug) if node.slug else edition.work_path(node.key)


def short_of(edition: Edition, node: Node) -> str:
    """A node's name where room is scarce."""
    entry = edition.library.by_citekey.get(node.key)
    own = entry.fields.get("shorttitle") if entry else None
    return own or _name_in_key(edition, node) or short_name(title_of(edition, node))


def _name_in_key(edition: Edition, node: Node) -> str:
    """Which of its note's names a work's citekey ends in: `brown2020gpt3` is GPT-3, where the note is on GPT-1 to 3."""
    if not node.slug or node.alone:
        return ""
    aliases = edition.library.by_slug[node.slug].meta.aliases
    return next((alias for alias in aliases if re.search(rf"\d{re.escape(_letters(alias))}$", node.key)), "")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def year_of(node: Node) -> int:
    return (node.month - 1) // 12 if node.month else 0


def _listed(edition: Edition, atlas: Atlas, index: int, path: str) -> Listed:
    node = atlas.nodes[index]
    cited = [edge.to for edge in atlas.outgoing[index] if edge.kinds & CITES]
    return Listed(
        title_of(edition, node),
        relative(path_of(edition, node), path),
        str(year_of(node) or ""),
        bool(node.slug),
        len(cited),
        sum(bool(edge.kinds & CITES) for edge in atlas.incoming[index]),
        sum(not atlas.nodes[other].slug for other in cited),
    )


def files(edition: Edition) -> Iterator[DataFile]:
    atlas = atlas_of(edition.library, edition.graph)
    layout = atlas.layout
    kinds = sorted({node.kind for node in atlas.nodes})
    relations = (*BUILDING, *COMPARING)
    yield DataFile(
        data_path(edition),
        compact(
            {
                "version": 1,
                "lang": edition.lang,
                "words": {
                    name.removeprefix(PHRASE): phrase
                    for name, phrase in edition.words.items()
                    if name.startswith(PHRASE)
                },
                "topics": [
                    (lane.name, topic_title(edition, lane.name), lane.start, lane.length) for lane in layout.lanes
                ],
                "years": [(int(year.name), year.start, year.length) for year in layout.years],
                "kinds": [(kind, edition.words[f"kind_{kind}"]) for kind in kinds],
                "relations": [(name, edition.words[name], int(name in COMPARING)) for name in relations],
                "nodes": _columns(edition, atlas, kinds),
                "cites": [end for edge in atlas.edges if edge.kinds & CITES for end in (edge.origin, edge.to)],
                "relation": [
                    end
                    for edge in atlas.edges
                    if edge.kinds & RELATION
                    for end in (edge.origin, edge.to, relations.index(edge.reason))
                ],
                "mention": [end for edge in atlas.edges if edge.kinds & MENTION for end in (edge.origin, edge.to)],
            }
        ),
    )


def compact(data: object) -> str:
    """Data for scripts, as short as JSON can be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _columns(edition: Edition, atlas: Atlas, kinds: Sequence[str]) -> dict[str, Sequence[object]]:
    """One list for each field of the nodes: a third of the size of one object for each node."""
    nodes = atlas.nodes
    lane = {lane.name: i for i, lane in enumerate(atlas.layout.lanes)}
    entries = edition.library.by_citekey
    titles = [title_of(edition, node) for node in nodes]
    return {
        "key": [node.key for node in nodes],
        "title": titles,
        "short": [cut(title, short_of(edition, node)) for node, title in zip(nodes, titles, strict=True)],
        "label": [label(entries[node.key]) if node.key in entries else "" for node in nodes],
        "month": [node.month for node in nodes],
        "topic": [lane[node.topic] for node in nodes],
        "kind": [kinds.index(node.kind) for node in nodes],
        "flags": [
            NOTED * bool(node.slug)
            | RECORDED * node.recorded
            | FOREIGN * (bool(node.slug) and edition.is_foreign(node.slug))
            for node in nodes
        ],
        "path": [address_of(path_of(edition, node)) for node in nodes],
        "also": ["|".join(_also(edition, node)) for node in nodes],
        "x": [place[0] for place in atlas.layout.places],
        "y": [place[1] for place in atlas.layout.places],
    }


def cut(title: str, short: str) -> int | str:
    """A short name as how much of its title it is: `n` characters, `-n` and an ellipsis, or another text."""
    if title.startswith(short):
        return len(short)
    return 1 - len(short) if short.endswith("…") and title.startswith(short[:-1]) else short


def _also(edition: Edition, node: Node) -> Sequence[str]:
    """Other names under which a node is sought."""
    if not node.slug:
        return ()
    note = edition.library.by_slug[node.slug]
    names = dict.fromkeys((note.title, *edition.text_of(note).meta.aliases, *note.meta.aliases))
    return [name for name in names if name != title_of(edition, node)]
