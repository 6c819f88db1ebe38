"""Findings as SARIF 2.1.0, which code-scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.reporting.report import Report
from papernotes.text import Location, Source

LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(report: Report) -> str:
    rules = sorted({diagnostic.rule for diagnostic in report.diagnostics}, key=lambda rule: rule.code)
    index = {rule.code: number for number, rule in enumerate(rules)}
    mark = _Fingerprints()
    run = {
        "tool": {"driver": {"name": "papernotes", "rules": [_rule(rule, report) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, index, mark.of(diagnostic)) for diagnostic in report.diagnostics],
    }
    document = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    # Indented, it would take three times as long, and half as much space again: nobody reads it.
    return json.dumps(document, separators=(",", ":")) + "\n"


def _rule(rule: Rule, report: Report) -> dict[str, object]:
    found: dict[str, object] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVEL[rule.severity]},
    }
    if url := report.rule_url(rule):
        found["helpUri"] = url
    return found


class _Fingerprints:
    """Services follow a finding through edits by this: its rule and its line's text, not the line's number.

    A file may be one long line with many findings: what they share is hashed once.
    """

    def __init__(self) -> None:
        self.begun: dict[tuple[Rule, Source, int], Any] = {}

    def of(self, diagnostic: Diagnostic) -> str:
        source, number = diagnostic.location.source, diagnostic.location.start.line
        begun = self.begun.get((diagnostic.rule, source, number))
        if begun is None:
            line = source.line(number).strip() if source.text else ""
            begun = hashlib.sha256(f"{diagnostic.rule.code} {source.path} {line} ".encode("utf-8", "surrogatepass"))
            self.begun[diagnostic.rule, source, number] = begun
        mark = begun.copy()
        mark.update(diagnostic.message.encode("utf-8", "surrogatepass"))
        return mark.hexdigest()[:32]


def _result(diagnostic: Diagnostic, index: dict[str, int], fingerprint: str) -> dict[str, object]:
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index[diagnostic.rule.code],
        "level": LEVEL[diagnostic.severity],
        "message": {"text": diagnostic.message + (f" ({diagnostic.help})" if diagnostic.help else "")},
        "locations": [_location(diagnostic.location)],
        "relatedLocations": [_location(other) for other in diagnostic.related],
        "partialFingerprints": {"papernotes/v1": fingerprint},
    }


def _location(location: Location) -> dict[str, object]:
    start, end = location.start, location.end
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    artifact = {"uri": quote(location.source.path), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
