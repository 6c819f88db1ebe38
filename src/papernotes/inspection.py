"""What every rule looks at: the library, its graph, what could not be read, and the settings."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from papernotes.config import Config
from papernotes.diagnostics import Diagnostic, Rule
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.model import Fault, Note, Translation


@dataclass(frozen=True, eq=False)
class Inspection:
    """One vault as the rules see it. Rules read it and change nothing."""

    library: Library
    graph: CitationGraph
    unreadable: tuple[Fault, ...]
    config: Config

    @cached_property
    def documents(self) -> tuple[Note | Translation, ...]:
        """Every text of the vault: originals, then translations."""
        return (*self.library.originals, *self.library.translations)

    def reported(self, rule: Rule) -> Iterator[Diagnostic]:
        """What the loader could not read and left to this rule to report."""
        for fault in self.unreadable:
            if fault.rule == rule.name:
                yield rule.at(fault.location, fault.message, help=fault.help, related=fault.related, fix=fault.fix)

    @cached_property
    def _citekeys_by_start(self) -> dict[str, list[str]]:
        buckets: dict[str, list[str]] = {}
        for key in self.library.by_citekey:
            buckets.setdefault(key[:3].casefold(), []).append(key)
        return buckets

    def near_citekey(self, key: str) -> str | None:
        """The known citekey that a wrong one probably meant."""
        near = self._citekeys_by_start.get(key[:3].casefold(), [])
        return nearest(key, near) or (
            nearest(key, self.library.by_citekey) if len(self.library.by_citekey) < 2000 else None
        )


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word closest to `word`, if one is close. O(words of about the same length)."""
    candidates = [other for other in known if abs(len(other) - len(word)) <= 4]
    matches = difflib.get_close_matches(word, candidates, 1, 0.75)
    return matches[0] if matches else None


def did_you_mean(found: str | None, otherwise: str) -> str:
    return f"did you mean {found!r}?" if found else otherwise
