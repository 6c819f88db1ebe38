"""**What it finds.** HTML in a note that the site drops: scripts, styles, frames, forms, event handlers, inline styles,
unknown tags, classes and addresses.

**Why it matters.** The page lacks what the note holds. Notes come by pull request, so nothing in them may run code,
load from other sites, or take over the page.

**Example.**

```markdown
<font color="red" onclick="show()">See the demo</font>
```

**Use instead.**

```markdown
**See the demo**
```

**Fix.** Say it in Markdown. Plain HTML is kept: tables, figures, `details`, `sub`, `kbd`, `svg` shapes, classes that
begin with `pn-`.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.html_allowlist import ATTRIBUTES, DROPPED_WITH_CONTENT, PREFIXES, TAGS, allowed_value
from papernotes.inspection import Inspection
from papernotes.model import Document, Tag
from papernotes.text import Location, Span

RULE = Rule("PN605", "dropped-html", Severity.WARNING, __doc__, Reach.TEXT)
KNOWN = {tag: {name.lower(): name for name in names} for tag, names in ATTRIBUTES.items()}
# Python-Markdown reads it and takes it out.
MARKDOWN = "markdown"


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for tag in document.body.tags:
            if tag.name not in TAGS:
                what = "and all that is in it" if tag.name in DROPPED_WITH_CONTENT else "and keeps what is in it"
                place = document.at(Span(tag.span.start, tag.span.start + len(tag.name) + 1))
                yield RULE.at(place, f"the site drops <{tag.name}> {what}", help="say it in Markdown")
            else:
                yield from _attributes(document, tag)


def _attributes(document: Document, tag: Tag) -> Iterator[Diagnostic]:
    known = {**KNOWN["*"], **KNOWN.get(tag.name, {})}
    for name, value in tag.attributes:
        place = _place(document, tag, name)
        if name == MARKDOWN:
            continue
        if name not in known and not name.startswith(tuple(PREFIXES)):
            yield RULE.at(place, f"the site drops the attribute {name!r}", help="leave it out")
            continue
        kept = allowed_value(tag.name, known.get(name, name), value)
        if kept is None or kept.split() != value.split():
            shown = f"{name}={value[:60]!r}"
            yield RULE.at(place, f"the site does not keep {shown} as it is", help="leave it out, or use what it keeps")


def _place(document: Document, tag: Tag, name: str) -> Location:
    """Where an attribute stands in its tag."""
    written = document.source.text[tag.span.start : tag.span.end]
    found = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE).search(written, len(tag.name) + 1)
    at = tag.span.start
    return document.at(Span(at + found.start(), at + found.end()) if found else tag.span)
