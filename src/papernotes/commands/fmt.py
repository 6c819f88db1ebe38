"""`papernotes fmt`: front matter and bibliography in their canonical form."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, config_of
from papernotes.config import ConfigError
from papernotes.formatting import format_all
from papernotes.library import load
from papernotes.text import Edit, Source, apply_edits
from papernotes.writing import write


def add(commands: Commands) -> None:
    help = "put front matter fields and bibliography entries in their canonical form"
    command = commands.add("fmt", run, help, "fmt", "fmt --check")
    command.add_argument("--check", action="store_true", help="change nothing; fail if something would change")


def run(options: Namespace) -> int:
    config = config_of(options)
    library, unreadable = load(config)
    lossy = {fault.location.source.path for fault in unreadable if fault.rule == "not-utf-8"}
    edits: dict[Source, list[Edit]] = {}
    for item, edit in format_all((*library.originals, *library.translations), library.entries):
        if item.source.path not in lossy:
            edits.setdefault(item.source, []).append(edit)
    for source, own in edits.items():
        path = config.root / source.path
        if options.check:
            print(f"{source.path}: {len(own)} place{'' if len(own) == 1 else 's'} not in canonical form")
            continue
        if path.read_bytes() != source.text.encode("utf-8", "surrogatepass"):
            raise ConfigError(f"{source.path} changed while it was read: run it again")
        write(path, apply_edits(source.text, own))
        if not options.quiet:
            print(f"{source.path}: laid out anew in {len(own)} place{'' if len(own) == 1 else 's'}")
    return FINDINGS if edits and options.check else CLEAN
