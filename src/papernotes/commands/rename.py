"""`papernotes rename`: another name for a note, a topic or an entry, and every place that names it."""

from __future__ import annotations

from pathlib import Path

from papernotes.commands.parser import CLEAN, Commands, Namespace, config_of
from papernotes.config import Config, ConfigError
from papernotes.fixing import difference
from papernotes.library import load
from papernotes.renaming import RenameError, Renaming, rename, subject_named
from papernotes.reporting import visible
from papernotes.staging import only_writer, write_together
from papernotes.text import Source


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
    with only_writer(config.root):
        renaming = _renaming(options, config)
        _write(config.root, renaming)
    if not options.quiet:
        for old, new in renaming.moves:
            print(f"{old} → {new}")
        places = f"{renaming.uses} place{'' if renaming.uses == 1 else 's'}"
        files = f"{len(renaming.edits)} file{'' if len(renaming.edits) == 1 else 's'}"
        print(f"{options.old} is {options.new} now: {places} followed, {files} changed")
    return CLEAN


def _renaming(options: Namespace, config: Config) -> Renaming:
    library, unreadable = load(config)
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


def _write(root: Path, renaming: Renaming) -> None:
    moves, texts = dict(renaming.moves), {source.path: (source, text) for source, text in renaming.texts().items()}
    before: dict[Path, bytes] = {}
    files: dict[Path, bytes] = {}
    for path in (*moves, *(path for path in texts if path not in moves)):
        data = before[root / path] = (root / path).read_bytes()
        source, text = texts.get(path, (None, ""))
        if source is not None and data != _bytes(source):
            raise ConfigError(f"{path} changed while it was read: run it again; nothing was changed")
        files[root / moves.get(path, path)] = data if source is None else text.encode("utf-8", "surrogatepass")
    try:
        write_together(root, files, gone=[root / path for path in moves])
    except OSError as error:
        _restore(root, before, files)
        raise ConfigError(f"{error.filename or root}: {error.strerror}; nothing was changed") from None


def _restore(root: Path, before: dict[Path, bytes], files: dict[Path, bytes]) -> None:
    """Put back what stood there before a disk refused the rest."""
    changed = {path: data for path, data in before.items() if not path.exists() or path.read_bytes() != data}
    write_together(root, changed, gone=[path for path in files if path not in before and path.exists()])


def _bytes(source: Source) -> bytes:
    return source.text.encode("utf-8", "surrogatepass")
