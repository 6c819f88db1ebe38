"""`papernotes rename`: another name for a note, a topic or an entry, and every place that names it."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, Commands, Namespace, bars_of, config_of
from papernotes.commands.saving import changing, save
from papernotes.config import Config, ConfigError
from papernotes.fixing import difference
from papernotes.library import load
from papernotes.renaming import RenameError, Renaming, rename, subject_named
from papernotes.reporting import visible


def add(commands: Commands) -> None:
    help = "give a note, topic or entry another name, everywhere it is named"
    command = commands.add(
        "rename",
        run,
        help,
        "rename dpo direct-preference-optimization",
        "rename topics/alignment preference-learning",
        "rename rafailov2023direct rafailov2023dpo --dry-run",
    )
    command.add_argument("old", metavar="OLD", help="a slug, topics/SLUG or a citekey (@KEY where a slug is the same)")
    command.add_argument("new", metavar="NEW", help="its new name")
    command.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")


def run(options: Namespace) -> int:
    config = config_of(options)
    if options.dry_run:
        _show(_renaming(options, config))
        return CLEAN
    with changing(config.root):
        renaming = _renaming(options, config)
        save(config.root, renaming.texts(), dict(renaming.moves), bars_of(options))
    if not options.quiet:
        for old, new in renaming.moves:
            print(f"{old} → {new}")
        places = f"{renaming.uses} place{'' if renaming.uses == 1 else 's'}"
        files = f"{len(renaming.edits)} file{'' if len(renaming.edits) == 1 else 's'}"
        print(f"{options.old} is {options.new} now: {places} followed, {files} changed")
    return CLEAN


def _renaming(options: Namespace, config: Config) -> Renaming:
    library, unreadable = load(config, bars_of(options)("reading notes"))
    try:
        renaming = rename(library, config, subject := subject_named(library, options.old), _bare(options.new))
    except RenameError as error:
        raise ConfigError(f"{error}; nothing was changed") from None
    lossy = {fault.location.source.path for fault in unreadable if fault.rule == "not-utf-8"}
    for source in renaming.edits:
        if source.path in lossy:
            raise ConfigError(f"{source.path} names {subject.name} and is not UTF-8; nothing was changed")
    for old, new in renaming.moves:
        if (config.root / new).exists() and not (config.root / new).samefile(config.root / old):
            raise ConfigError(f"{new}: this file exists already; nothing was changed")
    return renaming


def _bare(name: str) -> str:
    """A new name as it is, whichever way the old one was written."""
    return name.removeprefix("@").removeprefix("notes/").removeprefix("topics/").removesuffix(".md")


def _show(renaming: Renaming) -> None:
    for old, new in renaming.moves:
        print(f"{old} → {new}")
    for source, text in renaming.texts().items():
        for line in difference(source, text).splitlines():
            print(visible(line))
