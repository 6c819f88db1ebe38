"""Diagnostics → text for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from papernotes.diagnostics import Diagnostic, Severity

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Report:
    """What is reported: the findings in order, how much was read, and where the rules' pages are."""

    diagnostics: tuple[Diagnostic, ...]
    notes: int
    entries: int
    site_url: str = ""
    verbose: bool = False

    @property
    def shown(self) -> tuple[Diagnostic, ...]:
        """What people see: infos only when they ask for them."""
        if self.verbose:
            return self.diagnostics
        return tuple(d for d in self.diagnostics if d.severity is not Severity.INFO)

    def count(self, severity: Severity) -> int:
        return Counter(d.severity for d in self.diagnostics)[severity]

    def url(self, diagnostic: Diagnostic) -> str:
        return f"{self.site_url.rstrip('/')}/rules/{diagnostic.rule.name}/" if self.site_url else ""


def visible(text: str) -> str:
    """Text that cannot move a cursor, hide, or turn around: such characters are shown as `\\u{…}`."""
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return UNPRINTABLE.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def as_text(report: Report) -> str:
    lines: list[str] = []
    for diagnostic in report.shown:
        lines += _paragraph(diagnostic)
    if lines:
        lines.append("")
    lines.append(summary(report))
    return "\n".join(lines) + "\n"


def headline(diagnostic: Diagnostic) -> str:
    """One finding in one line: `path:line:column: PN201 message [name]`."""
    line, column = diagnostic.location.start
    head = f"{visible(diagnostic.location.source.path)}:{line}:{column}"
    word = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity}: "
    return f"{head}: {diagnostic.rule.code} {word}{visible(diagnostic.message)} [{diagnostic.rule.name}]"


def _paragraph(diagnostic: Diagnostic) -> list[str]:
    lines = [headline(diagnostic)]
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


def summary(report: Report) -> str:
    read = f"{_plural(report.notes, 'note')}, {_plural(report.entries, 'entry', 'entries')}"
    if not report.diagnostics:
        return f"{read}: no findings"
    errors, warnings, infos = (report.count(severity) for severity in Severity)
    found = f"{_plural(errors, 'error')}, {_plural(warnings, 'warning')}"
    return f"{read}: {found}" + (
        f", {infos} for your information (-v shows them)" if infos and not report.verbose else ""
    )


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def as_json(report: Report) -> str:
    return (
        json.dumps(
            {
                "version": 1,
                "diagnostics": [_record(diagnostic, report) for diagnostic in report.diagnostics],
                "summary": {
                    "errors": report.count(Severity.ERROR),
                    "warnings": report.count(Severity.WARNING),
                    "notes": report.notes,
                    "entries": report.entries,
                },
            },
            ensure_ascii=True,
            indent=2,
        )
        + "\n"
    )


def _record(diagnostic: Diagnostic, report: Report) -> dict[str, object]:
    start, end = diagnostic.location.start, diagnostic.location.end
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": str(diagnostic.severity),
        "path": diagnostic.location.source.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "fixable": diagnostic.fix is not None,
        "url": report.url(diagnostic),
    }


GITHUB_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(report: Report) -> str:
    """GitHub's workflow commands; everything from the vault is escaped, so that no text can forge one."""
    lines: list[str] = []
    for diagnostic in report.shown:
        start, end = diagnostic.location.start, diagnostic.location.end
        place = {"file": diagnostic.location.source.path, "line": start.line, "endLine": end.line}
        if start.line == end.line:  # GitHub refuses columns on spans of several lines
            place |= {"col": start.column, "endColumn": max(end.column, start.column)}
        place["title"] = f"{diagnostic.rule.code} {diagnostic.rule.name}"
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        message = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
        if url := report.url(diagnostic):
            message += f"\n{url}"
        lines.append(f"::{GITHUB_COMMAND[diagnostic.severity]} {properties}::{_message(message)}")
    lines.append(summary(report))
    return "\n".join(lines) + "\n"


def _message(text: str) -> str:
    """https://docs.github.com/actions/reference/workflow-commands: data."""
    text = "\n".join(visible(line) for line in text.split("\n"))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """https://docs.github.com/actions/reference/workflow-commands: properties."""
    return _message(visible(text)).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Report], str]] = {"text": as_text, "json": as_json, "github": as_github}
