"""`papernotes stats`: what the knowledge base holds."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of, print_json
from papernotes.config import ConfigError
from papernotes.graph import CitationGraph, build_graph
from papernotes.library import Library, load


def add(commands: Commands) -> None:
    help = "count notes, citations and edges, or find works that ought to have a note"
    command = commands.add("stats", run, help, "stats", "stats --format json", "stats --expect wanted.txt")
    command.add_argument(
        "--expect", type=Path, metavar="FILE", help="citekeys, one a line: which of them have no note?"
    )
    command.add_argument("--format", choices=("text", "json"), default="text")


def run(options: Namespace) -> int:
    config = config_of(options)
    library, _ = load(config, bars_of(options)("reading notes"))
    graph = build_graph(library)
    if options.expect is not None:
        return _expect(options, graph)
    found = _counts(library, graph)
    if options.format == "json":
        print_json({"version": 1, **found})
        return CLEAN
    for name, value in found.items():
        if isinstance(value, dict):
            print(f"{name.replace('_', ' ')}:")
            width = max((len(str(key)) for key in value), default=0)
            for key, count in value.items():
                print(f"  {key:<{width}}  {count:>5}")
        else:
            print(f"{name.replace('_', ' ')}: {value}")
    return CLEAN


def _counts(library: Library, graph: CitationGraph) -> dict[str, int | float | dict[str, int]]:
    notes = tuple(library.by_slug.values())
    citations = sum(len(note.body.groups) for note in notes)
    return {
        "notes": len(notes),
        "topics": len(library.topic_by_slug),
        "entries": len(library.by_citekey),
        "words": sum(note.body.words for note in notes),
        "citations_per_note": round(citations / max(1, len(notes)), 1),
        "edges": {
            "cites": sum(map(len, graph.cites.values())),
            "relation": len(graph.relations),
            "mention": sum(map(len, graph.mentions.values())),
        },
        "notes_by_kind": _sorted(Counter(str(note.meta.kind) for note in notes)),
        "notes_by_status": _sorted(Counter(str(note.meta.status) for note in notes)),
        "notes_by_basis": _sorted(Counter(str(note.meta.basis or "not said") for note in notes)),
        "notes_by_language": {
            **dict(Counter(note.lang for note in notes).items()),
            **_sorted(Counter(t.lang for t in library.translations if t.slug in library.by_slug)),
        },
        "notes_by_topic": _sorted(Counter(topic for note in notes for topic in note.meta.topics)),
    }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _expect(options: Namespace, graph: CitationGraph) -> int:
    """The expected citekeys that no note is about; `#` begins a comment."""
    try:
        lines = options.expect.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"--expect {options.expect}: {told}") from error
    wanted = [key for line in lines if (key := line.partition("#")[0].strip())]
    missing = [key for key in wanted if key not in graph.note_of]
    if options.format == "json":
        print_json({"version": 1, "expected": len(wanted), "without_note": missing})
    else:
        for key in missing:
            print(key)
        if not options.quiet:
            print(f"{len(wanted)} expected, {len(missing)} without a note", file=sys.stderr)
    return FINDINGS if missing else CLEAN
