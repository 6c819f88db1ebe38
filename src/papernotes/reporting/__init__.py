"""The output formats: one file each, listed here."""

from collections.abc import Callable

from papernotes.reporting.github_format import as_github
from papernotes.reporting.json_format import as_json
from papernotes.reporting.junit_format import as_junit
from papernotes.reporting.report import Report, headline, summary, visible
from papernotes.reporting.sarif_format import as_sarif
from papernotes.reporting.text_format import as_text

__all__ = ["FORMATS", "Report", "headline", "summary", "visible"]

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
