"""**What it finds.** TODO, FIXME, XXX, TBD or 待补 in the text, title or summary of a note whose status is `final`.

**Why it matters.** The reader learns that something is missing, and not what.

**Example.**

```markdown
Training took TODO GPU hours.
```

**Use instead.**

```markdown
The paper does not say how long training took.
```

**Fix.** Do it, or say what is not known. What only you should see belongs in a comment: `<!-- TODO: check -->`.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.marks import REMINDER
from papernotes.model import TokenKind
from papernotes.text import Location

RULE = Rule("PN609", "left-to-do", Severity.WARNING, __doc__, Reach.TEXT)
WORD = re.compile(REMINDER)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        if vault.is_draft(document):
            continue
        for name, value in (("title", document.meta.title), ("summary", document.meta.summary)):
            if word := WORD.search(value):
                yield _found(document.field(name), word[0])
        for token in document.body.tokens:
            if token.kind is TokenKind.REMINDER:
                place = document.at(token.span)
                yield _found(place, place.text)


def _found(place: Location, word: str) -> Diagnostic:
    return RULE.at(place, f"{word} stands in a text that is published", help="do it, or say what is not known")
