"""Works as `papers.bib` records them, as frozen values that know where they were written: entries, names, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from papernotes.text import Location, Source, Span


class Person(NamedTuple):
    """A name as a bibliography has it; organisations have only a family name."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class WorkDate(NamedTuple):
    """When a work first appeared; without a month it is anywhere in the year."""

    year: int
    month: int | None

    @property
    def first(self) -> int:
        """The earliest month it can be, counted from year 0."""
        return self.year * 12 + (self.month or 1)

    @property
    def last(self) -> int:
        """The latest month it can be, counted from year 0."""
        return self.year * 12 + (self.month or 12)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


NEW_ARXIV = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.\d{4,5}(v\d+)?")
OLD_ARXIV = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/(\d{2})(0[1-9]|1[0-2])\d{3}(v\d+)?")
CITED_KEY = re.compile(r"[^\s,;{}]+")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def arxiv_month(eprint: str) -> WorkDate | None:
    """The month that an arXiv identifier names: 2305.18290 is May 2023, cs/0309041 September 2003."""
    if match := NEW_ARXIV.fullmatch(eprint) or OLD_ARXIV.fullmatch(eprint):
        year = int(match[1])
        return WorkDate(1900 + year if year > 90 else 2000 + year, int(match[2]))
    return None


def month_number(text: str) -> int | None:
    """`jun`, `June`, `6` or `06` as 6."""
    word = text.strip().lower()
    if not word:
        return None
    if word.isascii() and word.isdigit() and 1 <= int(word) <= 12:
        return int(word)
    return next((i for i, name in enumerate(MONTHS, 1) if word.startswith(name)), None)


@dataclass(frozen=True, eq=False)
class Entry:
    """One BibTeX record. `fields` have their LaTeX decoded, `written` keeps it; @string names are replaced in both.

    `cites` is None where nobody recorded what the work cites.
    """

    citekey: str
    type: str
    fields: Mapping[str, str]
    authors: tuple[Person, ...]
    cites: tuple[str, ...] | None
    source: Source
    span: Span
    key_span: Span
    field_spans: Mapping[str, Span]
    written: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.fields.get("title", self.citekey)

    @property
    def eprint(self) -> str:
        """The arXiv identifier, if it has one."""
        eprint = self.fields.get("eprint", "")
        # Publishers put the address of a PDF into `eprint` and name no archive.
        unnamed = "arxiv" if "://" not in eprint or "arxiv.org/" in eprint else ""
        kind = self.fields.get("archiveprefix", self.fields.get("eprinttype", unnamed))
        return eprint if kind.lower() == "arxiv" else ""

    @cached_property
    def date(self) -> WorkDate | None:
        if from_arxiv := arxiv_month(self.eprint):
            return from_arxiv
        year = self.fields.get("year") or self.fields.get("date", "")[:4]
        if not re.fullmatch(r"[0-9]{4}", year):
            return None
        return WorkDate(int(year), month_number(self.fields.get("month", "")))

    @property
    def location(self) -> Location:
        return Location(self.source, self.key_span)

    def field(self, name: str) -> Location:
        """Where a field's value stands, failing that the citekey."""
        return Location(self.source, self.field_spans.get(name, self.key_span))

    def part(self, name: str, start: int, end: int) -> Location:
        """Where characters of a field's text (as `written`) stand; the whole value where `#` or a @string makes it."""
        at = self._text_starts.get(name)
        if at is None:
            at = self._text_starts[name] = self._text_start(name)
        return self.field(name) if at < 0 else self.source.at(at + start, at + end)

    def cited(self) -> Iterator[tuple[str, Location]]:
        """Every key of `cites` with its place, repetitions kept."""
        at = self._text_start("cites")
        for match in CITED_KEY.finditer(self.written.get("cites", "")):
            place = self.field("cites") if at < 0 else self.source.at(at + match.start(), at + match.end())
            yield match[0], place

    @cached_property
    def _text_starts(self) -> dict[str, int]:
        """What `_text_start` found, since many places of one long value may be asked for."""
        return {}

    def _text_start(self, name: str) -> int:
        """Where a field's text begins, after its brace or quote and space; -1 where it is not in the file as it is."""
        value, text = self.field(name), self.written.get(name, "")
        at, inner = value.span.start, value.text
        for _ in range(3):
            if inner == text:
                return at
            if inner[:1] not in ("{", '"'):
                return -1
            at, inner = at + 1, inner[1:-1]
            at, inner = at + len(inner) - len(inner.lstrip()), inner.strip()
        return -1
