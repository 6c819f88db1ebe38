"""`papernotes check`: what is wrong in notes, bibliography and graph."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from papernotes.checking import check_vault, failed, rules_named
from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, config_of, names_list
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Diagnostic
from papernotes.reporting import FORMATS, Report


def add(commands: Commands) -> None:
    command = commands.add(
        "check",
        run,
        "find what is wrong in notes, bibliography and graph",
        "check",
        "check notes/dpo.md papers.bib",
        "check --select PN2,PN305 --format json",
        "check --strict --format github",
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help="report only what is in these files")
    command.add_argument("--format", choices=FORMATS, help="default: text; github where GITHUB_ACTIONS=true")
    command.add_argument(
        "--select", type=names_list, default=[], metavar="C,…", help="only these rules, or families: PN2"
    )
    command.add_argument("--ignore", type=names_list, default=[], metavar="C,…", help="not these rules")
    command.add_argument("--strict", action="store_true", help="warnings fail too")


def run(options: Namespace) -> int:
    config = config_of(options)
    select, ignore = tuple(options.select) or config.select, (*config.ignore, *options.ignore)
    for name in (*select, *ignore):
        rules_named(name)
    config = replace(config, select=select, ignore=ignore)
    checked = check_vault(config)
    library = checked.library
    diagnostics = _narrowed(config, checked.diagnostics, options.paths)
    report = Report(
        diagnostics,
        len(library.notes) + len(library.topics),
        len(library.entries),
        config.site_url,
        options.verbose,
    )
    chosen = options.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    sys.stdout.write(FORMATS[chosen](report))
    return FINDINGS if failed(diagnostics, strict=options.strict) else CLEAN


def _narrowed(config: Config, diagnostics: tuple[Diagnostic, ...], paths: list[str]) -> tuple[Diagnostic, ...]:
    """The findings in these files or folders. A path that the vault does not have is a mistake in the call."""
    if not paths:
        return diagnostics
    wanted: list[str] = []
    for written in paths:
        path = Path(written).resolve()
        if not path.exists():
            path = (config.root / written).resolve()
        if not path.exists() or not path.is_relative_to(config.root):
            raise ConfigError(f"{written}: the vault has no such file")
        wanted.append(path.relative_to(config.root).as_posix())
    return tuple(
        d
        for d in diagnostics
        if any(
            name in (".", d.location.source.path) or d.location.source.path.startswith(f"{name}/") for name in wanted
        )
    )
