"""A note's Markdown as written → Markdown for its page: citations and wiki links become plain links."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from papernotes.citations import CITEKEY, citations_in
from papernotes.citing import NARROW, WIDE, citation_edits, needs_no_brackets
from papernotes.figures import figure_edits
from papernotes.links import resolve_note, target_of, wiki_anchor
from papernotes.model import Document, LinkKind, Note, Place, Translation
from papernotes.naming import without_subtitle
from papernotes.page import Edition, relative
from papernotes.references import label
from papernotes.templating import escape_address, escape_markdown
from papernotes.text import Edit, Span, apply_edits
from papernotes.typography import join_wide_lines, room_between_wide
from papernotes.unclosed import missing_end_tags, swallowing_edits

MARKED = ("takeaway", "question", "opinion", "correction", "example")
BRACKETS = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|(?<![A-Za-z0-9_@/.:-])@(?:\{[^{}\s]+\}|[A-Za-z0-9_][A-Za-z0-9_:.-]*\w)")
# What may follow a destination inside its link: a title, and the end, unless the author gave attributes.
LINK_END = re.compile(r"[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*\)(?!\{)")


def body_markdown(edition: Edition, document: Note | Translation, path: str) -> str:
    """The body of a text for the page at `path`. Unknown keys and dead links stay as they were written."""
    body = Span(document.body.start, len(document.source.text))
    edits = [*_edits(edition, document, path, body), *_anchors(document)]
    edits += _beside(edits, swallowing_edits(document))
    text = _edited(document, body, edits).strip("\n") + "\n"
    if ends := missing_end_tags(document):
        text += f"\n{ends}\n"
    return join_wide_lines(text) if document.lang == "zh" else text


def _beside(edits: Sequence[Edit], wanted: Iterator[Edit]) -> list[Edit]:
    """Those of the wanted edits that no other edit replaces with all around it."""
    spans = sorted(edit.span for edit in edits)
    before = ((edit, bisect_right(spans, edit.span) - 1) for edit in wanted)
    return [edit for edit, number in before if number < 0 or spans[number].end <= edit.span.start]


def part_markdown(edition: Edition, document: Note | Translation, span: Span, path: str) -> str:
    """Some part of a text, such as an admonition, for a page at `path` that may not be the text's own."""
    edits = _edits(edition, document, path, span)
    # Anchors belong to the text's own page.
    return re.sub(r' id="cite-[\w.-]+"(?= \})', "", _edited(document, span, edits))


def _edited(document: Document, span: Span, edits: Iterator[Edit] | list[Edit]) -> str:
    start = span.start
    shifted = [Edit(Span(e.span.start - start, e.span.end - start), e.replacement) for e in edits]
    return apply_edits(document.source.text[start : span.end], shifted)


def _edits(edition: Edition, document: Note | Translation, path: str, within: Span) -> Iterator[Edit]:
    """The edits of what begins in a part of the text."""
    figures = [edit for edit in figure_edits(edition, document, path) if _begins(edit.span, within)]
    yield from figures
    yield from citation_edits(edition, document, path, within)
    for edit in _links(edition, document, path, within):
        if not any(figure.span.start <= edit.span.start < figure.span.end for figure in figures):
            yield edit
    yield from (edit for edit in _admonitions(edition, document) if _begins(edit.span, within))


def _begins(span: Span, within: Span) -> bool:
    return within.start <= span.start < within.end


def _links(edition: Edition, document: Note | Translation, path: str, within: Span) -> Iterator[Edit]:
    for link in document.body.links:
        if not _begins(link.whole, within) and not _begins(link.span, within):
            continue
        target = target_of(document, link)
        if link.kind is LinkKind.BARE:
            yield Edit(link.span, f"<{link.destination}>")
        if target.external or (not target.path and link.kind is not LinkKind.WIKI):
            continue
        found = resolve_note(edition.library, document, link)
        if found is None:
            moved = posixpath.relpath(target.path, posixpath.dirname(path) or ".")
            if moved != link.destination and target.path in edition.library.files:
                yield Edit(link.span, escape_address(moved))
            continue
        anchor = wiki_anchor(found, target.anchor) if link.kind is LinkKind.WIKI else target.anchor
        address = escape_address(relative(edition.document_path(found), path, anchor))
        attributes = _card(edition, found)
        if link.kind is LinkKind.WIKI:
            name = link.label or escape_markdown(without_subtitle(found.title))
            yield Edit(link.whole, f"[{name}]({address}){attributes}")
            continue
        if address != link.destination:
            yield Edit(link.span, address)
        if attributes and link.kind is LinkKind.INLINE:
            end = LINK_END.match(document.source.text, link.span.end)
            if end is not None:
                yield Edit(Span(end.end(), end.end()), attributes)


def _card(edition: Edition, found: Note | Translation) -> str:
    """The attributes by which scripts find the card of a note, and readers see that it is in another language."""
    if found.place is not Place.NOTE or found.slug not in edition.published:
        return ""
    foreign = f' hreflang="{found.lang}"' if found.lang != edition.lang else ""
    return f'{{ .pn-note data-pn-card="{escape_address(found.slug)}"{foreign} }}'


def _admonitions(edition: Edition, document: Document) -> Iterator[Edit]:
    """Titles in the page's language, and a class of its own for questions that are answered."""
    text = document.source.text
    for admonition in document.body.admonitions:
        if admonition.kind not in MARKED:
            continue
        line_end = text.find("\n", admonition.span.start)
        line_end = len(text) if line_end < 0 else line_end
        after_kind = text.index(admonition.kind, admonition.span.start) + len(admonition.kind)
        if not admonition.title:
            yield Edit(Span(after_kind, line_end), f' "{edition.words[admonition.kind]}"')
        elif admonition.kind == "question" and CITEKEY.search(admonition.title):
            yield Edit(Span(after_kind, after_kind), " answered")


def _anchors(document: Document) -> Iterator[Edit]:
    """Headings with citations keep the anchor that they have without them."""
    for heading in document.body.headings:
        if "@" in heading.text:
            end = document.source.text.find("\n", heading.span.start)
            end = len(document.source.text) if end < 0 else end
            yield Edit(Span(end, end), f" {{ #{heading.anchor} }}")


def sentence_markdown(edition: Edition, context: str) -> str:
    """A backlink's sentence: citations as labels, formulas kept, the rest as text."""
    done: list[str] = []
    cursor = 0
    for match in re.finditer(
        rf"(?P<math>\$[^$\n]+\$)|(?P<wiki>\[\[[^\[\]]+\]\])|(?P<cite>{BRACKETS.pattern})", context
    ):
        room = room_between_wide(context, *match.span()) if match["cite"] and match[0][0] == "[" else None
        style = WIDE if room else NARROW
        start, end = match.span()
        # As an item of a list, what a sentence is about keeps no brackets.
        bare = match[0][0] != "[" or needs_no_brackets(f"- {context}", start + 2, end + 2)
        if room and not bare:
            start, end = room
        done.append(escape_markdown(context[cursor:start]))
        cursor = end
        if match["math"]:
            done.append(match[0])
        elif match["wiki"]:
            name = match[0][2:-2].partition("|")
            note = edition.library.by_slug.get(name[0].partition("#")[0])
            done.append(escape_markdown(name[2] or (without_subtitle(edition.title_of(note)) if note else name[0])))
        else:
            labels = [
                label(entry) if (entry := edition.library.by_citekey.get(citation.citekey)) else citation.citekey
                for citation in citations_in(match[0])
            ]
            shown = escape_markdown((NARROW if bare else style).semicolon.join(labels))
            done.append(shown if bare else f"{style.opening}{shown}{style.closing}")
    done.append(escape_markdown(context[cursor:]))
    return "".join(done).strip()
