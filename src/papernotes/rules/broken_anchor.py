"""**What it finds.** A link to a section that its note does not have.

**Why it matters.** The reader lands at the top of a page and searches for what the link promised.

**Example.**

```markdown
## Method

See [how it works](#methods).
```

**Use instead.**

```markdown
## Method

See [how it works](#method).
```

**Fix.** Use the anchor of a heading of that note: its text in lower case, blanks as hyphens. A translation has the
anchors of its own headings. `papernotes check --fix --unsafe-fixes` writes it where only one can be
meant.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_within
from papernotes.inspection import Inspection, did_you_mean, nearest
from papernotes.links import resolve_note, target_of, wiki_anchor
from papernotes.model import Document, Link, LinkKind, Place
from papernotes.spelling import Spelling
from papernotes.text import Location, Span

RULE = Rule("PN203", "broken-anchor", Severity.ERROR, __doc__, Reach.TIES)
# Sections that the site adds to a page of this kind.
ADDED = {
    Place.NOTE: ("graph", "references", "cite", "cite-work", "cite-note"),
    Place.TOPIC: ("reading-path", "notes-by-date", "most-cited", "gaps"),
    Place.HOME: ("topics", "newest"),
}
EVERYWHERE = ("", "top")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for link in document.body.links:
            target = target_of(document, link)
            if link.kind is LinkKind.IMAGE or target.external or target.anchor in EVERYWHERE:
                continue
            found = resolve_note(vault.library, document, link)
            if found is not None and not found.body.unreadable and not _has(found, link, target.anchor):
                anchors, place = [heading.anchor for heading in found.body.headings], _place(document, link)
                yield RULE.at(
                    place,
                    f"{found.source.path} has no section {target.anchor!r}",
                    help=did_you_mean(nearest(target.anchor, anchors), "use the anchor of one of its headings"),
                    fix=replace_within(place, target.anchor, Spelling(anchors).meant(target.anchor)),
                )


def _has(found: Document, link: Link, anchor: str) -> bool:
    if link.kind is LinkKind.WIKI and wiki_anchor(found, anchor):
        return True
    return anchor in found.body.anchors or anchor in ADDED[found.place] or anchor.startswith(("ref-", "cite-"))


def _place(document: Document, link: Link) -> Location:
    """The anchor with its `#`, at the end of the destination."""
    sharp = document.source.text.find("#", link.span.start, link.span.end)
    return document.at(Span(max(sharp, link.span.start), link.span.end))
