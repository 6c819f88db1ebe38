"""**What it finds.** A link to an `http://` address, or to one that names no protocol (`//example.org`).

**Why it matters.** Whoever sits between can read and change what the reader gets. Nearly every site answers to https.

**Example.**

```markdown
[The illustrated Transformer](http://jalammar.github.io/illustrated-transformer/)
```

**Use instead.**

```markdown
[The illustrated Transformer](https://jalammar.github.io/illustrated-transformer/)
```

**Fix.** Write `https` and see that the page comes; `papernotes check --fix --unsafe-fixes` writes it.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.model import LinkKind
from papernotes.text import Span

RULE = Rule("PN206", "insecure-link", Severity.WARNING, __doc__, Reach.TEXT)
INSECURE = re.compile(r"(?P<scheme>http:)?//(?P<host>[^/?#\\]+)", re.IGNORECASE)
# A machine of one's own has no certificate: a name without a dot, an address in numbers, a private ending.
LOCAL = re.compile(
    r"(?:[^@]*@)?(?:[^.:]+|[\d.]+|\[.*\]|.*\.(?:local|localhost|internal|lan|test|example|onion))(?::\d+)?",
    re.IGNORECASE,
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for link in document.body.links:
            found = INSECURE.match(link.destination)
            if link.kind is LinkKind.WIKI or found is None or LOCAL.fullmatch(found["host"]):
                continue
            start = link.span.start
            place = document.at(Span(start, start + (5 if found["scheme"] else 0)))
            yield RULE.at(
                document.at(link.span),
                f"{link.destination[:100]!r} is no https address",
                help="write https, if the site answers to it",
                fix=replace_text(place, "https:", safe=False),
            )
