"""Findings that an old vault is known to have → a file, so that only new ones count."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from papernotes.diagnostics import Diagnostic

VERSION = 1


class BaselineError(ValueError):
    """The text is no baseline."""


def mark(diagnostic: Diagnostic) -> str:
    """What stays of a finding when lines move: its rule, its file, its line's text and its message."""
    location = diagnostic.location
    line = location.source.line(location.start.line).strip() if location.source.text else ""
    text = "\n".join((diagnostic.rule.code, location.source.path, line, diagnostic.message))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def render_baseline(diagnostics: Iterable[Diagnostic]) -> str:
    """The findings as a file: a count for each mark, grouped by file so that a diff of it can be read."""
    files: dict[str, Counter[str]] = {}
    for diagnostic in diagnostics:
        files.setdefault(diagnostic.location.source.path, Counter())[f"{diagnostic.rule.code} {mark(diagnostic)}"] += 1
    listed = {path: dict(sorted(counts.items())) for path, counts in sorted(files.items())}
    return json.dumps({"version": VERSION, "findings": listed}, ensure_ascii=True, indent=1) + "\n"


def parse_baseline(text: str) -> Counter[str]:
    """The marks in a baseline, with their counts. Raises BaselineError if it is none."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BaselineError(f"it has version {data['version']!r}; this papernotes reads version {VERSION}")
        counts: Counter[str] = Counter()
        for found in data["findings"].values():
            for key, count in found.items():
                counts[str(key).split(" ")[-1]] += int(count)
        return counts
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"it is no baseline: {error}") from error


def new_findings(diagnostics: Iterable[Diagnostic], known: Counter[str]) -> tuple[Diagnostic, ...]:
    """The findings that the baseline does not hold. Of two alike, one known, one is new."""
    left = Counter(known)
    found: list[Diagnostic] = []
    for diagnostic in diagnostics:
        key = mark(diagnostic)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(diagnostic)
    return tuple(found)
