"""`papernotes graph`: the neighbourhood of a work in the citation graph."""

from __future__ import annotations

from collections.abc import Iterable

from papernotes.commands.parser import CLEAN, Commands, Namespace, bars_of, config_of, print_json
from papernotes.graph import CitationGraph, build_graph
from papernotes.library import Library, load
from papernotes.references import label
from papernotes.works import work_named


def add(commands: Commands) -> None:
    help = "show what a work cites, what cites it, and how it is related"
    command = commands.add(
        "graph", run, help, "graph --around dpo", "graph --around rafailov2023dpo --depth 2 --format json"
    )
    command.add_argument("--around", required=True, metavar="KEY", help="a citekey, or the slug of a note")
    command.add_argument(
        "--depth", type=int, default=1, choices=range(1, 5), help="how many citations away (default: 1)"
    )
    command.add_argument("--format", choices=("text", "json"), default="text")


def run(options: Namespace) -> int:
    library, _ = load(config_of(options), bars_of(options)("reading notes"))
    graph = build_graph(library)
    key = work_named(library, graph, options.around)
    around = graph.neighbourhood(key, options.depth)
    if options.format == "json":
        print_json(_document(library, graph, key, around.keys()))
        return CLEAN
    print(f"{key}  {label(library.by_citekey[key])}: {library.by_citekey[key].title}")
    _section(library, graph, "cites", graph.cites.get(key, ()))
    _section(library, graph, "cited by", graph.cited_by.get(key, ()))
    for edge in (*graph.relations_from.get(key, ()), *graph.relations_to.get(key, ())):
        print(f"  relation: {edge.origin} {edge.type} {edge.to}")
    _section(library, graph, "farther", tuple(other for other, distance in around.items() if distance > 1))
    return CLEAN


def _section(library: Library, graph: CitationGraph, title: str, keys: tuple[str, ...]) -> None:
    if keys:
        print(f"{title} ({len(keys)}):")
    for key in sorted(keys, key=graph.age.__getitem__):
        note = f"  → {graph.note_of[key]}" if key in graph.note_of else ""
        print(f"  {key}  {label(library.by_citekey[key])}{note}")


def _document(library: Library, graph: CitationGraph, key: str, keys: Iterable[str]) -> dict[str, object]:
    inside = dict.fromkeys(sorted(keys))
    return {
        "version": 1,
        "around": key,
        "works": [
            {
                "citekey": k,
                "title": library.by_citekey[k].title,
                "label": label(library.by_citekey[k]),
                "note": graph.note_of.get(k),
            }
            for k in inside
        ],
        "edges": [
            *({"from": k, "to": to, "kind": "cites"} for k in inside for to in graph.cites[k] if to in inside),
            *(
                {"from": e.origin, "to": e.to, "kind": "relation", "type": e.type}
                for e in graph.relations
                if e.origin in inside and e.to in inside
            ),
        ],
    }
