"""What can be wrong and how it is said: severities, rules, diagnostics, fixes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from papernotes.text import Edit, Location, Source


class Severity(StrEnum):
    """How bad a finding is; only errors fail a check, warnings too under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst, for sorting."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class SourceEdit:
    """An edit together with the file it changes."""

    source: Source
    edit: Edit


@dataclass(frozen=True)
class Fix:
    """Edits that remove a finding; `safe` means that no reader could want the old text back."""

    edits: tuple[SourceEdit, ...]
    safe: bool = True


@dataclass(frozen=True)
class Diagnostic:
    """One finding: which rule, where, what, and what to do."""

    rule: Rule
    location: Location
    message: str
    help: str = ""
    related: tuple[Location, ...] = ()
    fix: Fix | None = None
    severity: Severity = field(kw_only=True)


class Reach(StrEnum):
    """What the findings of a rule depend on besides the settings: an earlier run's hold while that is unchanged.

    The *face* of a text is its front matter and its headings; its *ties* are what it cites, links and shows.
    """

    TEXT = "text"  # those in a text on this text, and on the original that it translates
    TIES = "ties"  # those in a text on that, the faces of all texts, the bibliography, and the names of files
    FACES = "faces"  # on faces, ties, the bibliography, and the names of files; they stand in front matter or there
    VAULT = "vault"  # on anything


@dataclass(frozen=True)
class Rule:
    """A kind of fault; `doc` is its module's docstring."""

    code: str
    name: str
    severity: Severity
    doc: str | None = field(repr=False, compare=False)
    reach: Reach = field(default=Reach.VAULT, repr=False, compare=False)

    @property
    def page(self) -> str:
        """The documentation page in Markdown: the docstring of the rule's module."""
        return (self.doc or "").strip()

    def at(
        self,
        location: Location,
        message: str,
        *,
        help: str = "",
        related: tuple[Location, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule, at this rule's own severity."""
        return Diagnostic(self, location, message, help, related, fix, severity=self.severity)


def replace_text(location: Location, replacement: str, *, safe: bool = True) -> Fix:
    """The fix that writes `replacement` where `location` is."""
    return Fix((SourceEdit(location.source, Edit(location.span, replacement)),), safe)


def replace_exactly(location: Location, old: str, new: str, *, safe: bool = True) -> Fix | None:
    """The same, but none where the place does not read `old`, since its text was put together elsewhere."""
    return replace_text(location, new, safe=safe) if new and location.text == old else None


def replace_within(location: Location, old: str, new: str | None) -> Fix | None:
    """The unsafe fix that writes `new` for the one `old` at a place; none where that is not there just once."""
    if not new or not old or new == old or location.text.count(old) != 1:
        return None
    start = location.span.start + location.text.index(old)
    return replace_text(location.source.at(start, start + len(old)), new, safe=False)
