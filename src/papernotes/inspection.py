"""What every rule looks at: the library, its graph, what could not be read, and the settings."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from papernotes.config import Config
from papernotes.diagnostics import Diagnostic, Fix, Rule, replace_within
from papernotes.entries import Entry
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.model import Fault, Link, LinkKind, Note, Translation
from papernotes.spelling import Spelling
from papernotes.text import Location, Source, Span


@dataclass(frozen=True, eq=False)
class Inspection:
    """One vault as the rules see it. Rules read it and change nothing.

    Where `only` names files, these are to be looked at, and the library holds the others to be looked up.
    """

    library: Library
    graph: CitationGraph
    unreadable: tuple[Fault, ...]
    config: Config
    only: frozenset[str] | None = None

    @cached_property
    def documents(self) -> tuple[Note | Translation, ...]:
        """Every text to be looked at: originals, then translations."""
        return (*self.originals, *self.translations)

    @cached_property
    def originals(self) -> tuple[Note, ...]:
        """The texts of the first language: home, topics, notes."""
        return tuple(filter(self._is_looked_at, self.library.originals))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return tuple(filter(self._is_looked_at, self.library.notes))

    @cached_property
    def translations(self) -> tuple[Translation, ...]:
        return tuple(filter(self._is_looked_at, self.library.translations))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the bibliography; none where it is not to be looked at."""
        return self.library.entries if self._looks_at(self.library.bibliography) else ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The text of every file that was read: notes and translations, then the bibliography."""
        bibliography = self.library.bibliography
        texts = tuple(document.source for document in self.documents)
        return (*texts, bibliography) if self._looks_at(bibliography) else texts

    def _looks_at(self, source: Source) -> bool:
        return self.only is None or source.path in self.only

    def _is_looked_at(self, document: Note | Translation) -> bool:
        return self._looks_at(document.source)

    @cached_property
    def web_links(self) -> tuple[tuple[Note | Translation, Link], ...]:
        """Every link of the texts to an address of the web, with its text."""
        return tuple(
            (document, link)
            for document in self.documents
            for link in document.body.links
            if link.kind is not LinkKind.WIKI and link.destination[:8].lower().startswith(("http://", "https://"))
        )

    @cached_property
    def pairs(self) -> tuple[tuple[Note, Translation], ...]:
        """Every translation with its original, where both could be read."""
        found = ((self.library.original_of(translation), translation) for translation in self.translations)
        return tuple(
            (note, translation)
            for note, translation in found
            if note is not None and not note.body.unreadable and not translation.body.unreadable
        )

    def counterpart(self, note: Note, translation: Translation, span: Span) -> Location:
        """The heading of the translation below which a place of the note belongs; its title where there is none."""
        ours, theirs = note.body.headings, translation.body.headings
        number = sum(1 for heading in ours if heading.span.start <= span.start)
        if 0 < number <= len(theirs) and len(ours) == len(theirs):
            return translation.at(theirs[number - 1].span)
        return translation.field("title")

    def is_draft(self, document: Note | Translation) -> bool:
        """Whether readers do not see this text; a translation is a draft as long as its original is."""
        original = document if isinstance(document, Note) else self.library.original_of(document)
        return original is not None and original.meta.status == "draft"

    def reported(self, rule: Rule) -> Iterator[Diagnostic]:
        """What the loader could not read and left to this rule to report."""
        for fault in self.unreadable:
            if fault.rule == rule.name:
                yield rule.at(fault.location, fault.message, help=fault.help, related=fault.related, fix=fault.fix)

    @cached_property
    def _citekeys(self) -> Spelling:
        return Spelling(self.library.by_citekey)

    @cached_property
    def _slugs(self) -> Spelling:
        return Spelling(self.library.by_slug)

    def near_citekey(self, key: str) -> str | None:
        """The known citekey that a wrong one probably meant."""
        return self._citekeys.nearest(key)

    @cached_property
    def _topics(self) -> Spelling:
        return Spelling(self.library.topic_by_slug)

    def near_slug(self, slug: str, *, topic: bool = False) -> str | None:
        """The slug of a note, or of a topic, that a wrong one probably meant."""
        return (self._topics if topic else self._slugs).nearest(slug)

    def citekey_fix(self, location: Location, key: str) -> Fix | None:
        """The fix that writes the one citekey that a wrong one there can have meant."""
        return replace_within(location, key, self._citekeys.meant(key))

    def meant_slug(self, slug: str, *, topic: bool = False) -> str | None:
        """The one slug of a note, or of a topic, that a wrong one can have meant."""
        return (self._topics if topic else self._slugs).meant(slug)


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word closest to `word`, if one is close. O(words of about the same length)."""
    candidates = [other for other in known if abs(len(other) - len(word)) <= 4]
    matches = difflib.get_close_matches(word, candidates, 1, 0.75)
    return matches[0] if matches else None


def did_you_mean(found: str | None, otherwise: str) -> str:
    return f"did you mean {found!r}?" if found else otherwise
