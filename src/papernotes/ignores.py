"""The texts of a vault → the wishes, written in them, not to hear of a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from papernotes.config import ConfigError
from papernotes.diagnostics import Rule
from papernotes.inspection import Inspection
from papernotes.rules import rules_named
from papernotes.text import Location, Source

COMMENT = re.compile(r"(?:<!--|%)\s*papernotes:\s*ignore\s+([A-Za-z0-9 ,-]+?)\s*(?:-->|$)", re.MULTILINE)
NAME = re.compile(r"[^\s,]+")
WHOLE_FILE = 0


@dataclass(frozen=True)
class Ignore:
    """A wish, written in a file, not to hear of a rule on some of its lines, or in the whole file."""

    name: str
    location: Location
    lines: tuple[int, ...]

    @cached_property
    def rules(self) -> frozenset[Rule]:
        """The rules that the name means; none if there is no such rule."""
        try:
            return frozenset(rules_named(self.name))
        except ConfigError:
            return frozenset()

    @property
    def places(self) -> Iterator[tuple[str, Rule, int]]:
        """Where which rule is ignored: path, rule, line."""
        return ((self.location.source.path, rule, line) for rule in self.rules for line in self.lines)


def written_ignores(vault: Inspection) -> Iterator[Ignore]:
    """The ignores in the files to be looked at: `ignore:` in front matter, and comments for their line and the next."""
    for document in vault.documents:
        for number, name in enumerate(document.meta.ignore):
            yield Ignore(name, document.field("ignore", number), (WHOLE_FILE,))
    for source in vault.sources:
        yield from _comment_ignores(source)


def _comment_ignores(source: Source) -> Iterator[Ignore]:
    if "papernotes:" not in source.text:
        return
    for match in COMMENT.finditer(source.text):
        line = source.position(match.start()).line
        for name in NAME.finditer(source.text, *match.span(1)):
            yield Ignore(name[0], source.at(*name.span()), (line, line + 1))
