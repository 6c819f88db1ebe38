"""**What it finds.** An image without a text that says what it shows.

**Why it matters.** Who cannot see the image gets nothing: with a screen reader, in a feed, in search, or when it does
not load.

**Example.**

```markdown
![](assets/clip-encoders.svg)
```

**Use instead.**

```markdown
![An image encoder and a text encoder that meet in a matrix of similarities](assets/clip-encoders.svg)
```

**Fix.** Say in the brackets what a reader would miss without the image.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Document, Link, LinkKind
from papernotes.text import Location, Span

RULE = Rule("PN604", "image-without-alt", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for link in document.body.links:
            if link.kind is LinkKind.IMAGE and not link.label.strip():
                yield _found(_place(document, link))
        for tag in document.body.tags:
            if tag.name == "img" and "alt" not in dict(tag.attributes):
                yield _found(document.at(tag.span))


def _found(place: Location) -> Diagnostic:
    return RULE.at(place, "this image has no text that says what it shows", help="say what a reader would miss")


def _place(document: Document, link: Link) -> Location:
    text = document.source.text
    if text.startswith("![[", link.whole.start):
        return document.at(link.whole)
    opening = text.rfind("![", document.body.start, link.whole.start + 1)
    # The address of an image by reference stands elsewhere than the image.
    at_image = opening >= 0 and not text[opening + 2 : link.whole.start].strip()
    return document.at(Span(opening, link.whole.start + 1) if at_image else link.span)
