"""An image that stands alone and has a title → a figure with the title as its caption."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from papernotes.links import target_of
from papernotes.model import Document, Link, LinkKind
from papernotes.page import Edition
from papernotes.templating import escape_address
from papernotes.text import Edit, Span

ALONE = re.compile(
    r"(?:^|(?<=\n))(?P<indent>[ \t]*)!\[(?P<alt>[^\[\]\n]*)\]\(\s*(?P<to><[^<>\n]*>|[^\s()<>]+)[ \t]+"
    r"(?P<quote>[\"'])(?P<title>[^\n]+?)(?P=quote)\s*\)(?P<attributes>\{[^{}\n]*\})?[ \t]*(?=\n[ \t]*\n|\n?\Z)"
)


def figure_edits(edition: Edition, document: Document, path: str) -> Iterator[Edit]:
    """The figures of a text for the page at `path`."""
    images = {link.span: link for link in document.body.links if link.kind is LinkKind.IMAGE}
    text = document.source.text
    for match in ALONE.finditer(text, document.body.start):
        link = images.get(Span(*match.span("to")))
        if link is None or text[: match.start()].rstrip(" \t")[-2:] not in ("\n\n", ""):
            continue
        yield Edit(Span(*match.span()), _figure(edition, document, link, match, path))


def _figure(edition: Edition, document: Document, link: Link, match: re.Match[str], path: str) -> str:
    target = target_of(document, link)
    address = link.destination
    if not target.external and target.path in edition.library.files:
        address = posixpath.relpath(target.path, posixpath.dirname(path) or ".")
    attributes = match["attributes"] or "{ loading=lazy }"
    lines = (
        '<figure class="pn-figure" markdown>',
        f"![{match['alt']}]({escape_address(address)}){attributes}",
        f'<figcaption markdown="span">{match["title"]}</figcaption>',
        "</figure>",
    )
    return "\n".join(match["indent"] + line for line in lines)
