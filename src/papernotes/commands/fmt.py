"""`papernotes fmt`: front matter and bibliography in their canonical form."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of
from papernotes.commands.saving import changing, save
from papernotes.formatting import format_all
from papernotes.library import load
from papernotes.text import Edit, Source, apply_edits


def add(commands: Commands) -> None:
    help = "put front matter fields and bibliography entries in their canonical form"
    command = commands.add("fmt", run, help, "fmt", "fmt --check")
    command.add_argument("--check", action="store_true", help="change nothing; fail if something would change")


def run(options: Namespace) -> int:
    config = config_of(options)
    library, unreadable = load(config, bars_of(options)("reading notes"))
    lossy = {fault.location.source.path for fault in unreadable if fault.rule == "not-utf-8"}
    edits: dict[Source, list[Edit]] = {}
    for item, edit in format_all((*library.originals, *library.translations), library.entries):
        if item.source.path not in lossy:
            edits.setdefault(item.source, []).append(edit)
    if edits and not options.check:
        with changing(config.root):
            texts = {source: apply_edits(source.text, own) for source, own in edits.items()}
            save(config.root, texts, bars=bars_of(options))
    for source, own in edits.items():
        places = f"{len(own)} place{'' if len(own) == 1 else 's'}"
        if options.check:
            print(f"{source.path}: {places} not in canonical form")
        elif not options.quiet:
            print(f"{source.path}: laid out anew in {places}")
    return FINDINGS if edits and options.check else CLEAN
