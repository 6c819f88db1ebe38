"""Arguments in, one call, text out, exit code. Owns argparse."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from papernotes import __version__
from papernotes.checking import check, failed, rules_named
from papernotes.config import Config, ConfigError, load_config
from papernotes.diagnostics import Diagnostic
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.model import Place
from papernotes.reporting import FORMATS, Report
from papernotes.rules import RULES, find_rule
from papernotes.text import apply_edits
from papernotes.translations import recording
from papernotes.writing import write

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors say how to get help."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}\ntry '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except ConfigError as error:
        print(f"papernotes: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("papernotes: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output is gone; what it wanted it has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        print(f"papernotes: internal error: {type(error).__name__}: {error} (--debug shows more)", file=sys.stderr)
        return INTERNAL


def _parser() -> Parser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--vault", type=Path, metavar="DIR", help="the vault (default: found from here upward)")
    common.add_argument("-v", "--verbose", action="store_true", help="show infos too")
    common.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    common.add_argument("--debug", action="store_true", help="show a traceback when something breaks inside")
    parser = Parser(
        prog="papernotes",
        description="Check, build and explore a knowledge base of paper notes.",
        epilog="examples:\n  papernotes check\n  papernotes build\n  papernotes explain PN201",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"papernotes {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[argparse.Namespace], int], help: str, *examples: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name,
            parents=[common],
            help=help,
            description=help[0].upper() + help[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  papernotes {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        return command

    checker = add(
        "check",
        run_check,
        "find what is wrong in notes, bibliography and graph",
        "check",
        "check notes/dpo.md papers.bib",
        "check --select PN2,PN305 --format json",
        "check --strict --format github",
    )
    checker.add_argument("paths", nargs="*", metavar="PATH", help="report only what is in these files")
    checker.add_argument("--format", choices=FORMATS, help="default: text; github where GITHUB_ACTIONS=true")
    checker.add_argument("--select", type=_list, default=[], metavar="C,…", help="only these rules, or families such as PN2")
    checker.add_argument("--ignore", type=_list, default=[], metavar="C,…", help="not these rules")
    checker.add_argument("--strict", action="store_true", help="warnings fail too")

    builder = add("build", run_build, "build the site", "build", "build --strict --site-dir public")
    builder.add_argument("--site-dir", type=Path, metavar="DIR", help="where to write it (default: site)")
    builder.add_argument("--strict", action="store_true", help="warnings stop the build too")
    builder.add_argument("--no-check", action="store_true", help="build even over errors")

    server = add("serve", run_serve, "show the site and follow every change", "serve", "serve --port 8001")
    server.add_argument("--port", type=int, default=8000, help="default: 8000")

    explain = add("explain", run_explain, "say what a rule means, or list the rules", "explain", "explain unknown-citekey")
    explain.add_argument("rule", nargs="?", metavar="CODE|NAME")

    translated = add(
        "translated", run_translated, "record that translations are up to date with their originals", "translated dpo"
    )
    translated.add_argument("slugs", nargs="+", metavar="SLUG", help="a note, or topics/SLUG, or index")
    return parser


def _list(text: str) -> list[str]:
    return [part for part in text.replace(",", " ").split() if part]


def _config(options: argparse.Namespace) -> Config:
    return load_config(vault=options.vault)


def run_check(options: argparse.Namespace) -> int:
    config = _config(options)
    select, ignore = tuple(options.select) or config.select, (*config.ignore, *options.ignore)
    for name in (*select, *ignore):
        rules_named(name)
    config = replace(config, select=select, ignore=ignore)
    library, unreadable = load(config)
    graph = build_graph(library)
    diagnostics = _narrowed(config, check(library, graph, unreadable, config), options.paths)
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
        if any(name in (".", d.location.source.path) or d.location.source.path.startswith(f"{name}/") for name in wanted)
    )


def run_explain(options: argparse.Namespace) -> int:
    if options.rule is None:
        for rule in RULES:
            print(f"{rule.code}  {rule.severity:<8} {rule.name}")
        return CLEAN
    rule = find_rule(options.rule)
    if rule is None:
        raise ConfigError(f"there is no rule {options.rule!r} (`papernotes explain` lists them)")
    print(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.doc.strip()}")
    return CLEAN


def run_translated(options: argparse.Namespace) -> int:
    config = _config(options)
    library, _ = load(config)
    for name in options.slugs:
        slug = name.removeprefix("topics/")
        place = Place.TOPIC if name.startswith("topics/") else Place.HOME if name == "index" else Place.NOTE
        found = [t for t in library.translations if (t.slug, t.place) == (slug, place)]
        if not found:
            raise ConfigError(f"{name}: there is no translation of it")
        for translation in found:
            original = library.original_of(translation)
            if original is None:
                raise ConfigError(f"{translation.source.path}: there is no note that it translates")
            text = apply_edits(translation.source.text, [recording(original, translation)])
            write(config.root / translation.source.path, text)
            if not options.quiet:
                print(f"{translation.source.path}: made from {original.source.path} as it is now")
    return CLEAN


def run_build(options: argparse.Namespace) -> int:
    from papernotes.mkdocs_plugin import build_site

    return build_site(_config(options), options.site_dir, strict=options.strict, no_check=options.no_check)


def run_serve(options: argparse.Namespace) -> int:
    from papernotes.mkdocs_plugin import serve_site

    return serve_site(_config(options), options.port)
