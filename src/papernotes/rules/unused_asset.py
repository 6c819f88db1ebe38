"""**What it finds.** A file in `notes/assets/` that no note, topic or translation shows or links.

**Why it matters.** It is published and downloaded with every copy of the vault, and nobody sees it. Often the image
that should be shown has another name.

**Example.**

```text
notes/assets/two-encoders.svg      # no note shows it
```

**Use instead.**

```markdown
![An image encoder and a text encoder](assets/two-encoders.svg)
```

**Fix.** Show it, or delete it.
"""

from collections.abc import Iterator

from papernotes.attachments import is_published
from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.diagrams import FOLDER as DIAGRAMS
from papernotes.diagrams import diagrams_in, drawing_path
from papernotes.inspection import Inspection
from papernotes.links import target_of
from papernotes.model import Document, Link, LinkKind
from papernotes.text import Source, Span

RULE = Rule("PN614", "unused-asset", Severity.WARNING, __doc__, Reach.FACES)
FOLDER = "assets/"
NOWHERE = Span(0, 0)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    # What is no page's business at all, unpublished-file finds.
    assets = [path for path in vault.library.files if path.startswith(FOLDER) and _is_shown(path)]
    used = {path for document in vault.documents for path in _used(document)} if assets else set[str]()
    for path in assets:
        if path not in used:
            place = Source(f"notes/{path}", "").at(0)
            yield RULE.at(place, "no text shows or links this file", help="show it, or delete it")


def _is_shown(path: str) -> bool:
    return is_published(path) or path.startswith(f"{DIAGRAMS}/")


def _used(document: Document) -> Iterator[str]:
    for link in document.body.links:
        if link.kind is not LinkKind.WIKI:
            yield target_of(document, link).path
    for tag in document.body.tags:
        for name, value in tag.attributes:
            addresses = value.split(",") if name == "srcset" else [value] if name in ("src", "href", "poster") else []
            for address in addresses:
                written = address.split()[0] if address.split() else ""
                yield target_of(document, Link(LinkKind.INLINE, written, "", NOWHERE, NOWHERE, "", "")).path
    for diagram in diagrams_in(document.source.text, document.body.start):
        yield drawing_path(diagram.source)
