"""`papernotes init`: a new vault that passes the check and builds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from papernotes.commands.parser import CLEAN, Commands, Namespace
from papernotes.commands.saving import changing
from papernotes.config import ConfigError
from papernotes.staging import SCRATCH, write_together
from papernotes.templating import template_folder

SAMPLE_TITLE = "My paper notes"


def add(commands: Commands) -> None:
    help = "make a new vault: three sample notes, settings, a workflow"
    command = commands.add("init", run, help, "init my-notes", 'init kb --title "Reading group"')
    command.add_argument("directory", type=Path, metavar="DIR", help="a new or empty folder")
    command.add_argument("--title", default=SAMPLE_TITLE, help=f"the site's name (default: {SAMPLE_TITLE})")


def run(options: Namespace) -> int:
    target: Path = options.directory
    files = _files(target, " ".join(options.title.split()))
    if target.exists() and (not target.is_dir() or any(_strange(path, files) for path in target.iterdir())):
        raise ConfigError(f"{target}: this is not an empty folder; nothing was written")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{target}: {error.strerror}; nothing was written") from None
    with changing(target):
        write_together(target, files)
    if not options.quiet:
        print(f"{target}: a vault of {len(files)} files. Next:\n  cd {target}\n  papernotes check\n  papernotes serve")
    return CLEAN


def _files(target: Path, title: str) -> dict[Path, bytes]:
    """The files of a new vault, in their order."""
    source = template_folder() / "init"
    files: dict[Path, bytes] = {}
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        if title != SAMPLE_TITLE:
            quoted = path.suffix in (".yml", ".md") and path.name != "README.md"
            text = text.replace(f": {SAMPLE_TITLE}", f": {json.dumps(title, ensure_ascii=False)}") if quoted else text
            text = text.replace(f"# {SAMPLE_TITLE}", f"# {title}")
        files[target / path.relative_to(source)] = text.encode()
    return files


def _strange(path: Path, files: Mapping[Path, bytes]) -> bool:
    """Whether it is neither a repository's, nor what a killed `init` has left."""
    if path.is_dir() and path.name not in (".git", SCRATCH):
        return any(_strange(inside, files) for inside in path.iterdir())
    return path.name not in (".git", SCRATCH) and (path not in files or path.read_bytes() != files[path])
