"""What is reported: the findings in order, how much was read, and where the rules' pages are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from papernotes.diagnostics import Diagnostic, Rule, Severity

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Report:
    """The findings that count, worst first; `known` is how many more a baseline holds."""

    diagnostics: tuple[Diagnostic, ...]
    notes: int
    entries: int
    site_url: str = ""
    verbose: bool = False
    colour: bool = False
    known: int = 0

    @property
    def shown(self) -> tuple[Diagnostic, ...]:
        """What people see: infos only when they ask for them."""
        if self.verbose:
            return self.diagnostics
        return tuple(d for d in self.diagnostics if d.severity is not Severity.INFO)

    def count(self, severity: Severity) -> int:
        return Counter(d.severity for d in self.diagnostics)[severity]

    def rule_url(self, rule: Rule) -> str:
        """The page of a rule on this vault's site; nothing where no site_url is known."""
        return f"{self.site_url.rstrip('/')}/rules/{rule.name}/" if self.site_url else ""

    def url(self, diagnostic: Diagnostic) -> str:
        return self.rule_url(diagnostic.rule)


def visible(text: str) -> str:
    """Text that cannot move a cursor, hide, or turn around: such characters are shown as `\\u{…}`."""
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return UNPRINTABLE.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def headline(diagnostic: Diagnostic) -> str:
    """One finding in one line: `path:line:column: PN201 message [name]`."""
    line, column = diagnostic.location.start
    head = f"{visible(diagnostic.location.source.path)}:{line}:{column}"
    word = "" if diagnostic.severity is Severity.ERROR else f"{diagnostic.severity}: "
    return f"{head}: {diagnostic.rule.code} {word}{visible(diagnostic.message)} [{diagnostic.rule.name}]"


def summary(report: Report) -> str:
    """What was read and what was found, in one line."""
    read = f"{_plural(report.notes, 'note')}, {_plural(report.entries, 'entry', 'entries')}"
    known = f", {report.known} known from the baseline" if report.known else ""
    if not report.diagnostics:
        return f"{read}: no findings{known}"
    errors, warnings, infos = (report.count(severity) for severity in Severity)
    found = f"{_plural(errors, 'error')}, {_plural(warnings, 'warning')}"
    hint = f", {infos} for your information (-v shows them)" if infos and not report.verbose else ""
    return f"{read}: {found}{hint}{known}{_mending(report)}"


def _mending(report: Report) -> str:
    """How many of the findings shown have a fix, and by which option."""
    safe = [d.fix.safe for d in report.shown if d.fix is not None]
    counts = ((sum(safe), "--fix"), (len(safe) - sum(safe), "--unsafe-fixes"))
    told = ", ".join(f"{count} with {option}" for count, option in counts if count)
    return f" (can be mended: {told})" if told else ""


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
