"""Runs the rules over a library and says which findings count: selection, ignores, severities, order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.graph import CitationGraph, build_graph
from papernotes.inspection import Inspection
from papernotes.library import Library, load
from papernotes.model import Fault, Note, Translation
from papernotes.rules import CHECKS, RULES, find_rule
from papernotes.text import Source

COMMENT = re.compile(r"(?:<!--|%)\s*papernotes:\s*ignore\s+([A-Za-z0-9 ,-]+?)\s*(?:-->|$)", re.MULTILINE)


@dataclass(frozen=True)
class Ignore:
    """A wish, written in a file, not to hear of some rules: in the whole file, or on the lines `first` to `last`."""

    rules: frozenset[str]
    path: str
    first: int
    last: int

    def covers(self, diagnostic: Diagnostic) -> bool:
        line = diagnostic.location.start.line
        return (
            diagnostic.location.source.path == self.path
            and self.first <= line <= self.last
            and bool({diagnostic.rule.code, diagnostic.rule.name} & self.rules)
        )


@dataclass(frozen=True, eq=False)
class Checked:
    """A vault that was read, tied together and checked: what a report, a build and a preview start from."""

    config: Config
    library: Library
    graph: CitationGraph
    diagnostics: tuple[Diagnostic, ...]


def check_vault(config: Config) -> Checked:
    """Disk → values → graph → findings."""
    library, unreadable = load(config)
    graph = build_graph(library)
    return Checked(config, library, graph, check(library, graph, unreadable, config))


def check(
    library: Library,
    graph: CitationGraph,
    unreadable: tuple[Fault, ...],
    config: Config,
    progress: Callable[[str], None] = lambda step: None,
) -> tuple[Diagnostic, ...]:
    """Every finding that counts, worst first, then by place. O(rules × size)."""
    inspection = Inspection(library, graph, unreadable, config)
    wanted = selected_rules(config)
    found: list[Diagnostic] = []
    for rule, run in CHECKS:
        if rule in wanted:
            progress(rule.name)
            found.extend(run(inspection))
    ignores = tuple(written_ignores(inspection))
    kept = (d for d in found if not any(ignore.covers(d) for ignore in ignores))
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


def rules_named(name: str) -> set[Rule]:
    rule = find_rule(name)
    if rule is not None:
        return {rule}
    family = {rule for rule in RULES if re.fullmatch(r"PN\d{1,2}", name.upper()) and rule.code.startswith(name.upper())}
    if not family:
        raise ConfigError(f"there is no rule {name!r} (`papernotes explain` lists them)")
    return family


def _with_severity(diagnostic: Diagnostic, config: Config) -> Diagnostic | None:
    for override in reversed(config.severities):
        rules = rules_named(override.rule)
        path = diagnostic.location.source.path
        if diagnostic.rule in rules and (not override.path or fnmatchcase(path, override.path)):
            return None if override.severity is None else replace(diagnostic, severity=override.severity)
    return diagnostic


def written_ignores(vault: Inspection) -> Iterator[Ignore]:
    """The ignores in the vault's files: `ignore:` in front matter, and comments for their own line and the next."""
    for document in vault.documents:
        yield from _front_matter_ignore(document)
        yield from _comment_ignores(document.source)
    yield from _comment_ignores(vault.library.bibliography)


def _front_matter_ignore(document: Note | Translation) -> Iterator[Ignore]:
    if document.meta.ignore:
        yield Ignore(_names(document.meta.ignore), document.source.path, 1, len(document.source.line_starts))


def _comment_ignores(source: Source) -> Iterator[Ignore]:
    if "papernotes:" not in source.text:
        return
    for match in COMMENT.finditer(source.text):
        line = source.position(match.start()).line
        yield Ignore(_names(re.split(r"[\s,]+", match[1])), source.path, line, line + 1)


def _names(written: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in written:
        rule = find_rule(name)
        found |= {rule.code, rule.name} if rule else {name}
    return frozenset(found)


def failed(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether a check of these findings fails."""
    worst = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(diagnostic.severity in worst for diagnostic in diagnostics)
