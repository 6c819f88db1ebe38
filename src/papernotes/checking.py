"""Runs the rules over a library and says which findings count: selection, ignores, severities, order."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache

from papernotes.config import Config
from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.findings import find, find_changed
from papernotes.graph import CitationGraph, build_graph
from papernotes.ignores import WHOLE_FILE, Ignore
from papernotes.inspection import Inspection, did_you_mean
from papernotes.library import Library, load
from papernotes.model import Fault
from papernotes.progress import Bar, Bars, no_bar
from papernotes.rules import RULES, rules_named, unused_ignore
from papernotes.spelling import Spelling


@dataclass(frozen=True, eq=False)
class Checked:
    """A vault that was read, tied together and checked: what a report, a build and a preview start from."""

    config: Config
    library: Library
    graph: CitationGraph
    diagnostics: tuple[Diagnostic, ...]


def check_vault(config: Config, bars: Bars = no_bar) -> Checked:
    """Disk → values → graph → findings. `bars` show how many texts are read that no cache knew, and what is checked."""
    with _no_search_for_cycles():
        library, unreadable = load(config, bars("reading notes"))
        graph = build_graph(library)
        diagnostics = check(library, graph, unreadable, config, bars("checking"), remember=True)
    return Checked(config, library, graph, diagnostics)


@contextmanager
def _no_search_for_cycles() -> Generator[None]:
    """Millions of values are made here, none of which leads back to itself: to look for those takes a fifth longer."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            # Both together tell the collector that what is here by now is old.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def check(
    library: Library,
    graph: CitationGraph,
    unreadable: tuple[Fault, ...],
    config: Config,
    progress: Bar = lambda done, total: None,
    *,
    remember: bool = False,
) -> tuple[Diagnostic, ...]:
    """Every finding that counts, worst first, then by place. O(rules × size), or of what is new since it was told."""
    inspection = Inspection(library, graph, unreadable, config)
    wanted = selected_rules(config)
    found = (find_changed if remember else find)(inspection, wanted, progress)
    kept = _heed(found.ignores, found.findings, wanted)
    return in_order(filter(None, (_with_severity(d, config) for d in kept)))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors before warnings before infos; inside these by path and place."""
    return tuple(
        sorted(
            diagnostics,
            key=lambda d: (d.severity.rank, d.location.source.path, d.location.span, d.rule.code, d.message),
        )
    )


def selected_rules(config: Config) -> frozenset[Rule]:
    """The rules that run: all, or those of `select`, less those of `ignore`. A prefix such as PN2 names its family."""
    chosen = set(RULES) if not config.select else set[Rule]()
    for name in config.select:
        chosen |= rules_named(name)
    for name in config.ignore:
        chosen -= rules_named(name)
    return frozenset(chosen)


def _with_severity(diagnostic: Diagnostic, config: Config) -> Diagnostic | None:
    for override in reversed(config.severities):
        rules = rules_named(override.rule)
        path = diagnostic.location.source.path
        if diagnostic.rule in rules and (not override.path or fnmatchcase(path, override.path)):
            return None if override.severity is None else replace(diagnostic, severity=override.severity)
    return diagnostic


def _heed(ignores: Sequence[Ignore], found: Iterable[Diagnostic], ran: frozenset[Rule]) -> Iterator[Diagnostic]:
    """The findings that no ignore hides, and the ignores that hid none. O(findings + ignores)."""
    ignored = {place for ignore in ignores for place in ignore.places}
    asking = {path for path, _, _ in ignored}
    used: set[tuple[str, Rule, int]] = set()

    def hidden(diagnostic: Diagnostic) -> bool:
        path, rule = diagnostic.location.source.path, diagnostic.rule
        if path not in asking:
            return False
        hiding = ignored & {(path, rule, WHOLE_FILE), (path, rule, diagnostic.location.start.line)}
        used.update(hiding)
        return bool(hiding)

    yield from (diagnostic for diagnostic in found if not hidden(diagnostic))
    if unused_ignore.RULE in ran:
        unused = [_unused(ignore, ran) for ignore in ignores if not any(place in used for place in ignore.places)]
        yield from (diagnostic for diagnostic in unused if diagnostic is not None and not hidden(diagnostic))


def _unused(ignore: Ignore, ran: frozenset[Rule]) -> Diagnostic | None:
    if not ignore.rules:
        help = did_you_mean(_rule_names().nearest(ignore.name), "`papernotes explain` lists the rules")
        return unused_ignore.RULE.at(ignore.location, f"there is no rule {ignore.name!r} to ignore", help=help)
    if unused_ignore.RULE in ignore.rules or not ignore.rules <= ran:
        return None
    message = f"this ignores {ignore.name}, which finds nothing here"
    return unused_ignore.RULE.at(ignore.location, message, help="remove it")


@cache
def _rule_names() -> Spelling:
    return Spelling([name for rule in RULES for name in (rule.code, rule.name)])


def failed(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a check of these findings fails."""
    worst = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(diagnostic.severity in worst for diagnostic in diagnostics)
