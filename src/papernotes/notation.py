"""Places, fixes, faults and findings ⇄ plain values, which a cache can keep. Files are named by their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from papernotes.diagnostics import Diagnostic, Fix, Rule, Severity, SourceEdit
from papernotes.model import Fault
from papernotes.text import Edit, Location, Source, Span

Plain = tuple[Any, ...]


def plain_faults(faults: Iterable[Fault]) -> tuple[Plain, ...]:
    return tuple((f.rule, *_plain(f.location, f.message, f.help, f.related, f.fix)) for f in faults)


def faults_of(rows: Iterable[Plain], sources: Mapping[str, Source]) -> tuple[Fault, ...]:
    """The faults that were written as these rows; `sources` are the texts as they are now, by path."""
    return tuple(Fault(rule, *_read(row, sources)) for rule, *row in rows)


def plain_findings(findings: Iterable[Diagnostic]) -> tuple[Plain, ...]:
    return tuple(
        (f.rule.code, str(f.severity), *_plain(f.location, f.message, f.help, f.related, f.fix)) for f in findings
    )


def findings_of(
    rows: Iterable[Plain], sources: Mapping[str, Source], rules: Mapping[str, Rule]
) -> tuple[Diagnostic, ...]:
    """The findings that were written as these rows; `rules` by code."""
    return tuple(
        Diagnostic(rules[code], *_read(row, sources), severity=Severity(severity)) for code, severity, *row in rows
    )


def plain_place(location: Location) -> Plain:
    # What is said of a file as a whole is shown at the head of a text without lines.
    return (location.source.path, not location.source.text, *location.span)


def place_of(row: Plain, sources: Mapping[str, Source]) -> Location:
    path, empty, start, end = row
    return Location(Source(path, "") if empty else sources[path], Span(start, end))


def _plain(location: Location, message: str, help: str, related: tuple[Location, ...], fix: Fix | None) -> Plain:
    return plain_place(location), message, help, tuple(map(plain_place, related)), fix and _plain_fix(fix)


def _plain_fix(fix: Fix) -> Plain:
    edits = tuple((item.source.path, *item.edit.span, item.edit.replacement) for item in fix.edits)
    return fix.safe, edits


def _read(row: Iterable[Any], sources: Mapping[str, Source]) -> tuple[Location, str, str, tuple[Location, ...], Any]:
    place, message, help, related, fix = row
    return (
        place_of(place, sources),
        str(message),
        str(help),
        tuple(place_of(other, sources) for other in related),
        _fix_of(fix, sources) if fix else None,
    )


def _fix_of(row: Plain, sources: Mapping[str, Source]) -> Fix:
    safe, edits = row
    return Fix(
        tuple(SourceEdit(sources[path], Edit(Span(start, end), text)) for path, start, end, text in edits), bool(safe)
    )
