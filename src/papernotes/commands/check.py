"""`papernotes check`: what is wrong in notes, bibliography and graph, and the mending of what has one right answer."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from papernotes.baseline import BaselineError, new_findings, parse_baseline, render_baseline
from papernotes.checking import Checked, check_vault, failed
from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of, names_list
from papernotes.commands.saving import changing, save
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Diagnostic
from papernotes.fixing import difference, fix
from papernotes.reporting import FORMATS, Report, visible
from papernotes.rules import rules_named
from papernotes.writing import write

MOST_ROUNDS = 10


def add(commands: Commands) -> None:
    command = commands.add(
        "check",
        run,
        "find what is wrong in notes, bibliography and graph",
        "check",
        "check notes/dpo.md papers.bib",
        "check --select PN2,PN305 --format json",
        "check --strict --format github",
        "check --fix --diff",
        "check --baseline known.json --update-baseline",
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help="report only what is in these files")
    command.add_argument("--format", choices=FORMATS, help="default: text; github where GITHUB_ACTIONS=true")
    command.add_argument(
        "--select", type=names_list, default=[], metavar="C,…", help="only these rules or families: PN2"
    )
    command.add_argument("--ignore", type=names_list, default=[], metavar="C,…", help="not these rules")
    command.add_argument("--strict", action="store_true", help="warnings fail too")
    command.add_argument("--baseline", type=Path, metavar="FILE", help="only findings that are not in FILE count")
    command.add_argument("--update-baseline", action="store_true", help="write the findings of now to the baseline")
    command.add_argument("--fix", action="store_true", help="mend what has one right answer")
    command.add_argument("--unsafe-fixes", action="store_true", help="mend also what may change a meaning")
    command.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")


def run(options: Namespace) -> int:
    config = _settings(options)
    checked = check_vault(config, bars_of(options))
    wanted = _paths(config, options.paths)
    if options.diff:
        return _show_fixes(options, checked, wanted)
    if options.fix or options.unsafe_fixes:
        checked = _mend(options, checked, wanted)
    diagnostics = _narrowed(checked.diagnostics, wanted)
    baseline = options.baseline or (config.root / config.baseline if config.baseline else None)
    if options.update_baseline:
        return _update(baseline, diagnostics)
    found = new_findings(diagnostics, _known(baseline)) if baseline else diagnostics
    library = checked.library
    report = Report(
        found,
        len(library.notes) + len(library.topics),
        len(library.entries),
        config.site_url,
        options.verbose,
        sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        len(diagnostics) - len(found),
    )
    chosen = options.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    sys.stdout.write(FORMATS[chosen](report))
    return FINDINGS if failed(found, strict=options.strict) else CLEAN


def _settings(options: Namespace) -> Config:
    config = config_of(options)
    select, ignore = tuple(options.select) or config.select, (*config.ignore, *options.ignore)
    for name in (*select, *ignore):
        rules_named(name)
    return replace(config, select=select, ignore=ignore)


def _paths(config: Config, written: list[str]) -> tuple[str, ...]:
    """The files or folders named, relative to the vault. One that the vault does not have is a mistake in the call."""
    wanted: list[str] = []
    for name in written:
        path = Path(name).resolve()
        if not path.exists():
            path = (config.root / name).resolve()
        if not path.exists() or not path.is_relative_to(config.root):
            raise ConfigError(f"{name}: the vault has no such file")
        wanted.append(path.relative_to(config.root).as_posix())
    return tuple(wanted)


def _narrowed(diagnostics: tuple[Diagnostic, ...], wanted: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    if not wanted or "." in wanted:
        return diagnostics
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if any(f"{diagnostic.location.source.path}/".startswith(f"{name}/") for name in wanted)
    )


def _known(path: Path) -> Counter[str]:
    try:
        return parse_baseline(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"--baseline {path}: there is no such file (--update-baseline makes it)") from None
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        raise ConfigError(f"--baseline {path}: {error}") from error


def _update(path: Path | None, diagnostics: tuple[Diagnostic, ...]) -> int:
    if path is None:
        raise ConfigError("--update-baseline needs --baseline FILE (or `baseline` in the settings)")
    write(path, render_baseline(diagnostics))
    print(f"{path}: {len(diagnostics)} findings are known from now on")
    return CLEAN


def _show_fixes(options: Namespace, checked: Checked, wanted: tuple[str, ...]) -> int:
    fixed = fix(_narrowed(checked.diagnostics, wanted), unsafe=options.unsafe_fixes)
    for source, text in fixed.texts.items():
        for line in difference(source, text).splitlines():
            print(visible(line))
    return FINDINGS if fixed.applied else CLEAN


def _mend(options: Namespace, checked: Checked, wanted: tuple[str, ...]) -> Checked:
    """Fix, write, look again, until nothing is left to fix. A round is written whole or not at all."""
    mended = 0
    for _ in range(MOST_ROUNDS):
        # What is not UTF-8 was read with losses, and must not be written back.
        lossy = {d.location.source.path for d in checked.diagnostics if d.rule.name == "not-utf-8"}
        proposed = _narrowed(checked.diagnostics, wanted)
        fixed = fix((d for d in proposed if d.location.source.path not in lossy), unsafe=options.unsafe_fixes)
        if not fixed.applied:
            break
        with changing(checked.config.root):
            save(checked.config.root, fixed.texts, bars=bars_of(options))
        mended += len(fixed.applied)
        checked = check_vault(checked.config, bars_of(options))
    if mended and not options.quiet:
        print(f"mended {mended} finding{'' if mended == 1 else 's'}", file=sys.stderr)
    return checked
