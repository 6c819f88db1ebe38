"""Findings for programs: a stable JSON document, version 1."""

from __future__ import annotations

import json

from papernotes.diagnostics import Diagnostic, Severity
from papernotes.reporting.report import Report


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
