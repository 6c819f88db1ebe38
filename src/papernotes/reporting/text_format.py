"""Findings for people: each with its line and a caret under the place."""

from __future__ import annotations

from papernotes.diagnostics import Diagnostic, Severity
from papernotes.reporting.report import Report, headline, summary, visible

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def as_text(report: Report) -> str:
    lines: list[str] = []
    for diagnostic in report.shown:
        lines += _paragraph(diagnostic, colour=report.colour)
    if lines:
        lines.append("")
    lines.append(summary(report))
    return "\n".join(lines) + "\n"


def _paragraph(diagnostic: Diagnostic, *, colour: bool) -> list[str]:
    head = headline(diagnostic)
    if colour:
        head = head.replace(
            diagnostic.rule.code, f"\x1b[1;{COLOURS[diagnostic.severity]}m{diagnostic.rule.code}\x1b[0m", 1
        )
    lines = [head]
    lines += _excerpt(diagnostic)
    if diagnostic.help:
        lines.append(f"  help: {visible(diagnostic.help)}")
    for other in diagnostic.related:
        lines.append(f"  see: {visible(other.source.path)}:{other.start.line}:{other.start.column}")
    return lines


def _excerpt(diagnostic: Diagnostic) -> list[str]:
    """The line of a finding with a caret under it; long lines are cut around the place."""
    location = diagnostic.location
    if not location.source.text:
        return []
    position = location.start
    text = location.source.line(position.line)
    start = max(0, position.column - 1 - 60)
    shown = text[start : start + 100]
    before = visible(text[start : position.column - 1])
    marked = text[position.column - 1 : start + 100]
    end = location.end
    length = end.column - position.column if end.line == position.line else len(marked)
    under = "^" * max(1, _width(visible(marked[: max(0, length)])))
    return [f"  | {visible(shown)}", f"  | {' ' * _width(before)}{under}"] if shown.strip() else []


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters and full-width forms take two."""
    return sum(2 if "\u2e80" <= char <= "\uffe6" and not "\uff61" <= char <= "\uffdc" else 1 for char in text)
