"""`papernotes init`: a new vault that passes the check and builds."""

from __future__ import annotations

import json
from pathlib import Path

from papernotes.commands.parser import CLEAN, Commands, Namespace
from papernotes.config import ConfigError
from papernotes.templating import template_folder
from papernotes.writing import write

SAMPLE_TITLE = "My paper notes"


def add(commands: Commands) -> None:
    help = "make a new vault: three sample notes, settings, a workflow"
    command = commands.add("init", run, help, "init my-notes", 'init kb --title "Reading group"')
    command.add_argument("directory", type=Path, metavar="DIR", help="a new or empty folder")
    command.add_argument("--title", default=SAMPLE_TITLE, help=f"the site's name (default: {SAMPLE_TITLE})")


def run(options: Namespace) -> int:
    target: Path = options.directory
    if target.exists() and (not target.is_dir() or any(item.name != ".git" for item in target.iterdir())):
        raise ConfigError(f"{target}: this is not an empty folder; nothing was written")
    title = " ".join(options.title.split())
    source = template_folder() / "init"
    files = sorted(path for path in source.rglob("*") if path.is_file())
    for path in files:
        text = path.read_text(encoding="utf-8")
        if title != SAMPLE_TITLE:
            quoted = path.suffix in (".yml", ".md") and path.name != "README.md"
            text = text.replace(f": {SAMPLE_TITLE}", f": {json.dumps(title, ensure_ascii=False)}") if quoted else text
            text = text.replace(f"# {SAMPLE_TITLE}", f"# {title}")
        write(target / path.relative_to(source), text)
    if not options.quiet:
        print(f"{target}: a vault of {len(files)} files. Next:\n  cd {target}\n  papernotes check\n  papernotes serve")
    return CLEAN
