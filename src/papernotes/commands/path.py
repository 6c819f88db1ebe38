"""`papernotes path`: a shortest chain of citations between two works."""

from __future__ import annotations

import itertools

from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of, print_json
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.references import label
from papernotes.works import work_named


def add(commands: Commands) -> None:
    help = "find a shortest chain of citations between two works"
    command = commands.add(
        "path", run, help, "path rafailov2023dpo vaswani2017attention", "path dpo bert --format json"
    )
    command.add_argument("start", metavar="A", help="a citekey, or the slug of a note")
    command.add_argument("end", metavar="B")
    command.add_argument("--format", choices=("text", "json"), default="text")


def run(options: Namespace) -> int:
    library, _ = load(config_of(options), bars_of(options)("reading notes"))
    graph = build_graph(library)
    start, end = (work_named(library, graph, name) for name in (options.start, options.end))
    path = graph.shortest_path(start, end)
    if options.format == "json":
        print_json({"version": 1, "path": list(path)})
    elif not path:
        print(f"no chain of citations joins {start} and {end}")
    else:
        print(f"{path[0]}  {label(library.by_citekey[path[0]])}")
        for before, here in itertools.pairwise(path):
            how = "cites" if here in graph.cites[before] else "is cited by"
            print(f"  {how} {here}  {label(library.by_citekey[here])}")
    return CLEAN if path else FINDINGS
