"""Citation groups as written → links to the works' pages, each with an anchor that backlinks lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from papernotes.model import Citation, CitationGroup, Document
from papernotes.page import Edition, entry_address, relative
from papernotes.references import label
from papernotes.templating import escape_address, escape_markdown
from papernotes.text import Edit, Span
from papernotes.typography import room_between_wide

ABOUT = re.compile(
    r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?P<groups>(?:\[@[^\[\]]*\](?:[,;、；，] ?| and | ?[与和] ?)?)+)[:：]"
)
APART = re.compile(r"(?:[(（,，;；、:：]|\b(?:see|cf\.|e\.g\.)|[见如])\s*\Z")
BRACKET = re.compile(r"[()（）]")
FORMULA = re.compile(r"\$[^$]*\$|`[^`]*`")


class Punctuation(NamedTuple):
    """What stands around and between the citations of a group."""

    opening: str
    comma: str
    semicolon: str
    closing: str


NARROW, WIDE = Punctuation("(", ", ", "; ", ")"), Punctuation("（", "，", "；", "）")


class Occurrence(NamedTuple):
    """One citation of a known work in a text; `number` counts that work's citations in it, from 1."""

    citation: Citation
    group: CitationGroup
    number: int

    @property
    def anchor(self) -> str:
        """The id of the citation on the text's page."""
        return f"cite-{work_name(self.citation.citekey)}-{self.number}"


def work_name(citekey: str) -> str:
    """The citekey as it may stand in paths and ids."""
    return entry_address(citekey).removeprefix("papers/")


def reference_anchor(citekey: str) -> str:
    """The id of a work in a page's list of references."""
    return f"ref-{work_name(citekey)}"


def occurrences(edition: Edition, document: Document) -> Iterator[Occurrence]:
    """Every citation of a known work, in the order of the text."""
    numbers: dict[str, int] = {}
    for group in document.body.groups:
        for citation in group.citations:
            if citation.citekey in edition.graph.works:
                numbers[citation.citekey] = numbers.get(citation.citekey, 0) + 1
                yield Occurrence(citation, group, numbers[citation.citekey])


def cited_works(edition: Edition, document: Document) -> Sequence[tuple[str, Sequence[str]]]:
    """The known works that a text cites, as it first does, each with the anchors of its citations."""
    anchors: dict[str, list[str]] = {}
    for found in occurrences(edition, document):
        anchors.setdefault(found.citation.citekey, []).append(found.anchor)
    return tuple(anchors.items())


def letters(edition: Edition, document: Document) -> Mapping[str, str]:
    """`a`, `b`, … for works that one text cites and whose labels would be the same; nothing for the others."""
    alike: dict[str, list[str]] = {}
    for citekey, _ in cited_works(edition, document):
        alike.setdefault(label(edition.library.by_citekey[citekey]), []).append(citekey)
    return {
        citekey: chr(ord("a") + number)
        for citekeys in alike.values()
        if 1 < len(citekeys) <= 26
        for number, citekey in enumerate(citekeys)
    }


def citation_edits(edition: Edition, document: Document, path: str, within: Span) -> Iterator[Edit]:
    """The citation groups in a part of a text as links from the page at `path`; those of unknown works stay."""
    anchors = {found.citation.span: found.anchor for found in occurrences(edition, document)}
    links = _Links(edition, path, anchors, letters(edition, document))
    for group in document.body.groups:
        if not within.start <= group.span.start < within.end:
            continue
        if any(citation.span in anchors for citation in group.citations):
            yield _edit(group, document.source.text, links)


def _edit(group: CitationGroup, text: str, links: _Links) -> Edit:
    """`[see @a, p. 3; @b]` as `(see [A et al., 2020](a.md), p. 3; [B, 2021](b.md))`, in the brackets of the text."""
    bare = group.narrative or needs_no_brackets(text, *group.span)
    room = None if bare else room_between_wide(text, *group.span)
    style = WIDE if room else NARROW
    parts: list[str] = []
    for citation in group.citations:
        before = f"{citation.prefix} " if citation.prefix else ""
        after = f"{style.comma}{citation.locator}" if citation.locator else ""
        parts.append(f"{before}{links.markdown(citation, narrative=group.narrative)}{after}")
    shown = style.semicolon.join(parts)
    return Edit(Span(*room) if room else group.span, shown if bare else f"{style.opening}{shown}{style.closing}")


def needs_no_brackets(text: str, start: int, end: int) -> bool:
    """Whether a group stands in brackets already, or is what an item of a list is about: `- [@a], [@b]: the rest`."""
    line = text.rfind("\n", 0, start) + 1
    if text.startswith(("!!!", "???"), line):
        # `answered by [@a]`, the title of a statement.
        return True
    about = ABOUT.match(text, line)
    if about and about.start("groups") <= start and end <= about.end("groups"):
        return True
    # Without a comma before it, brackets are what keeps it apart: `(U-Net [@a])`.
    if not APART.search(text, line, start):
        return False
    paragraph, rest = max(text.rfind("\n\n", 0, start), 0), text.find("\n\n", end)
    return _open_brackets(text[paragraph:start]) > 0 and _open_brackets(text[end : rest if rest >= 0 else None]) < 0


def _open_brackets(text: str) -> int:
    """How many brackets a text leaves open, or, below zero, that it closes one which it has not opened."""
    depth = 0
    for bracket in BRACKET.findall(FORMULA.sub("", text)):
        depth += 1 if bracket in "(（" else -1
        if depth < 0:
            return -1
    return depth


@dataclass(frozen=True)
class _Links:
    """How the citations of a text are written on the page at `path`."""

    edition: Edition
    path: str
    anchors: Mapping[Span, str]
    lettered: Mapping[str, str]

    def markdown(self, citation: Citation, *, narrative: bool) -> str:
        edition = self.edition
        entry = edition.library.by_citekey.get(citation.citekey)
        if entry is None:
            return escape_markdown("@" + citation.citekey)
        shown = label(entry) + self.lettered.get(citation.citekey, "")
        if narrative:
            shown = re.sub(r", ([^,]*)$", r" (\1)", shown)
        slug = edition.graph.note_of.get(entry.citekey, "")
        noted = slug in edition.published
        attributes = [
            ".pn-cite" if noted else ".pn-cite .pn-gap",
            f'data-pn-card="{entry_address(entry.citekey)}"',
        ]
        if noted and edition.is_foreign(slug):
            attributes.append(f'hreflang="{edition.config.language}"')
        if anchor := self.anchors.get(citation.span):
            attributes.append(f'id="{anchor}"')
        target = edition.work_path(entry.citekey)
        address = relative(target, self.path, reference_anchor(entry.citekey) if target == self.path else "")
        return f"[{escape_markdown(shown)}]({escape_address(address)}){{ {' '.join(attributes)} }}"
