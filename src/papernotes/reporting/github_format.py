"""Findings as annotations of a pull request, and the rest of them in the step's summary.

https://docs.github.com/actions/reference/workflow-commands says how commands are written and escaped.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from papernotes.diagnostics import Diagnostic, Severity
from papernotes.reporting.report import Report, headline, summary, visible

COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# GitHub shows at most ten annotations of each kind a step and drops the rest without a word.
MOST_SHOWN = 10


def as_github(report: Report) -> str:
    """Annotations for the first ten of each kind; every finding goes to the step's summary if there is one."""
    lines: list[str] = []
    shown: Counter[Severity] = Counter()
    left: list[Diagnostic] = []
    for diagnostic in report.shown:
        shown[diagnostic.severity] += 1
        if shown[diagnostic.severity] <= MOST_SHOWN:
            lines.append(_annotation(diagnostic, report))
        else:
            left.append(diagnostic)
    if left:
        lines.append(f"{len(left)} more, which GitHub would not show as annotations:")
        lines += [f"  {headline(diagnostic)}" for diagnostic in left]
    lines.append(summary(report))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        _append_summary(Path(path), report)
    return "\n".join(lines) + "\n"


def _annotation(diagnostic: Diagnostic, report: Report) -> str:
    start, end = diagnostic.location.start, diagnostic.location.end
    place: dict[str, object] = {
        "file": diagnostic.location.source.path,
        "line": start.line,
        "endLine": end.line,
    }
    if start.line == end.line:  # GitHub refuses columns on spans of several lines
        place |= {"col": start.column, "endColumn": max(end.column, start.column)}
    place["title"] = f"{diagnostic.rule.code} {diagnostic.rule.name}"
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    message = [diagnostic.message, *filter(None, (diagnostic.help, report.url(diagnostic)))]
    return f"::{COMMAND[diagnostic.severity]} {properties}::{_message(message)}"


def _message(lines: list[str]) -> str:
    text = "\n".join(visible(line) for line in lines)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message([text]).replace(":", "%3A").replace(",", "%2C")


def _append_summary(path: Path, report: Report) -> None:
    """A Markdown table of all findings. A summary that cannot be written costs only the summary."""
    rows = [f"### papernotes check: {_cell(summary(report))}", ""]
    if report.shown:
        rows += ["| where | what | rule |", "| --- | --- | --- |"]
        for diagnostic in report.shown:
            where = f"{diagnostic.location.source.path}:{diagnostic.location.start.line}"
            rule = f"{diagnostic.rule.code} {diagnostic.rule.name}"
            url = report.url(diagnostic)
            rows.append(
                f"| {_cell(where)} | {diagnostic.severity}: {_cell(diagnostic.message)} "
                f"| {f'[{rule}]({url})' if url else rule} |"
            )
    with suppress(OSError), path.open("a", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")


def _cell(text: str) -> str:
    """Text from the vault that neither ends its cell nor is read as Markdown or HTML."""
    shown = visible(text)
    for special in "&<>|`*_[]@":
        shown = shown.replace(special, f"&#{ord(special)};")
    return shown
