"""Findings as SARIF 2.1.0, which code-scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import quote

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.reporting.report import Report
from papernotes.text import Location

LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(report: Report) -> str:
    rules = sorted({diagnostic.rule for diagnostic in report.diagnostics}, key=lambda rule: rule.code)
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "papernotes", "rules": [_rule(rule, report) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, index) for diagnostic in report.diagnostics],
    }
    document = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, indent=2) + "\n"


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


def _result(diagnostic: Diagnostic, index: dict[str, int]) -> dict[str, object]:
    text = diagnostic.message + (f" ({diagnostic.help})" if diagnostic.help else "")
    location = diagnostic.location
    # Services follow a finding through edits by this: its rule and its line's text, not its number.
    line = location.source.line(location.start.line).strip() if location.source.text else ""
    mark = f"{diagnostic.rule.code} {location.source.path} {line} {diagnostic.message}"
    return {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index[diagnostic.rule.code],
        "level": LEVEL[diagnostic.severity],
        "message": {"text": text},
        "locations": [_location(location)],
        "relatedLocations": [_location(other) for other in diagnostic.related],
        "partialFingerprints": {
            "papernotes/v1": hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        },
    }


def _location(location: Location) -> dict[str, object]:
    start, end = location.start, location.end
    region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    artifact = {"uri": quote(location.source.path), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
