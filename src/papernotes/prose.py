"""A note's Markdown as written → Markdown for its page: citations, wiki links and markers become plain links and titles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from papernotes.links import resolve_note, target_of, wiki_anchor
from papernotes.markdown import CITEKEY, citations_in
from papernotes.model import CitationGroup, Document, LinkKind, Note, Translation
from papernotes.page import Edition, relative
from papernotes.references import label
from papernotes.templating import escape_address, escape_markdown
from papernotes.text import Edit, Span, apply_edits

MARKED = ("takeaway", "question", "opinion", "correction", "example")
BRACKETS = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|(?<![A-Za-z0-9_@/.:-])@(?:\{[^{}\s]+\}|[A-Za-z0-9_][A-Za-z0-9_:.-]*\w)")


def body_markdown(edition: Edition, document: Note | Translation, path: str) -> str:
    """The body of a text for the page at `path`. Unknown keys and dead links stay as they were written."""
    start, text = document.body.start, document.source.text
    edits = [
        *_citations(edition, document, path),
        *_links(edition, document, path),
        *_admonitions(edition, document),
        *_anchors(document),
    ]
    shifted = [Edit(Span(e.span.start - start, e.span.end - start), e.replacement) for e in edits]
    return apply_edits(text[start:], shifted).strip("\n") + "\n"


def _citations(edition: Edition, document: Document, path: str) -> Iterator[Edit]:
    for group in document.body.groups:
        if any(citation.citekey in edition.graph.works for citation in group.citations):
            yield Edit(group.span, citation_markdown(edition, group, path))


def citation_markdown(edition: Edition, group: CitationGroup, path: str) -> str:
    """`[see @a, p. 3; @b]` as `(see [A et al., 2020](a.md), p. 3; [B, 2021](b.md))`."""
    parts: list[str] = []
    for citation in group.citations:
        entry = edition.library.by_citekey.get(citation.citekey)
        if entry is None:
            parts.append(escape_markdown("@" + citation.citekey))
            continue
        shown = label(entry)
        if group.narrative:
            shown = re.sub(r", ([^,]*)$", r" (\1)", shown)
        address = escape_address(relative(edition.work_path(entry.citekey), path))
        link = f'[{escape_markdown(shown)}]({address}){{ .pn-cite data-cite="{escape_markdown(entry.citekey)}" }}'
        before = f"{citation.prefix} " if citation.prefix else ""
        parts.append(f"{before}{link}{', ' + citation.locator if citation.locator else ''}")
    return parts[0] if group.narrative else f"({'; '.join(parts)})"


def _links(edition: Edition, document: Note | Translation, path: str) -> Iterator[Edit]:
    folder = posixpath.dirname(document.source.path.partition("/")[2])
    for link in document.body.links:
        target = target_of(document, link)
        if target.external or (not target.path and link.kind is not LinkKind.WIKI):
            continue
        found = resolve_note(edition.library, document, link)
        if found is None:
            moved = posixpath.relpath(target.path, posixpath.dirname(path) or ".")
            if folder != posixpath.dirname(path) and target.path in edition.library.files:
                yield Edit(link.span, escape_address(moved))
            continue
        anchor = wiki_anchor(found, target.anchor) if link.kind is LinkKind.WIKI else target.anchor
        address = escape_address(relative(edition.document_path(found), path, anchor))
        if link.kind is LinkKind.WIKI:
            yield Edit(link.whole, f"[{link.label or escape_markdown(found.title)}]({address})")
        elif address != link.destination:
            yield Edit(link.span, address)


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
        done.append(escape_markdown(context[cursor : match.start()]))
        cursor = match.end()
        if match["math"]:
            done.append(match[0])
        elif match["wiki"]:
            name = match[0][2:-2].partition("|")
            note = edition.library.by_slug.get(name[0].partition("#")[0])
            done.append(escape_markdown(name[2] or (edition.title_of(note) if note else name[0])))
        else:
            labels = [
                label(entry) if (entry := edition.library.by_citekey.get(citation.citekey)) else citation.citekey
                for citation in citations_in(match[0])
            ]
            done.append(
                f"({escape_markdown('; '.join(labels))})" if match[0].startswith("[") else escape_markdown(labels[0])
            )
    done.append(escape_markdown(context[cursor:]))
    return "".join(done).strip()


def cited_works(edition: Edition, document: Document) -> list[str]:
    """The known works that a text cites, in the order in which it first does."""
    keys = (citation.citekey for group in document.body.groups for citation in group.citations)
    return list(dict.fromkeys(key for key in keys if key in edition.graph.works))
