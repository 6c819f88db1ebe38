"""`papernotes gaps`: works that several notes cite and that have no note yet."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, Commands, Namespace, bars_of, config_of, print_json
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.references import label
from papernotes.works import notes_on_topic


def add(commands: Commands) -> None:
    help = "list works that several notes cite and that have no note yet"
    command = commands.add("gaps", run, help, "gaps", "gaps --at-least 5 --format json", "gaps --topic alignment")
    command.add_argument(
        "--at-least", type=int, metavar="N", help="how many notes must cite a work (default: settings)"
    )
    command.add_argument("--topic", metavar="T", help="count only the notes of this topic")
    command.add_argument("--format", choices=("text", "json"), default="text")


def run(options: Namespace) -> int:
    config = config_of(options)
    library, _ = load(config, bars_of(options)("reading notes"))
    graph = build_graph(library)
    slugs = None
    if options.topic is not None:
        slugs = frozenset(note.slug for note in notes_on_topic(library, options.topic))
    found = graph.gaps(options.at_least or config.gap_threshold, slugs)
    if options.format == "json":
        rows = [
            {
                "citekey": key,
                "notes": count,
                "title": library.by_citekey[key].title,
                "label": label(library.by_citekey[key]),
            }
            for key, count in found
        ]
        print_json({"version": 1, "gaps": rows})
        return CLEAN
    for key, count in found:
        entry = library.by_citekey[key]
        print(f"{count:3}  {key}  {label(entry)}: {entry.title}")
    if not found and not options.quiet:
        print("no gaps: every work that so many notes cite has a note")
    return CLEAN
