"""**What it finds.** A link or image whose address is not of the web: `javascript:`, `data:`, `file:` and every scheme
other than http, https and mailto, however it is disguised.

**Why it matters.** It runs code in the reader's browser, or leads to a file on somebody's disk. The site drops such
addresses, and the link is dead.

**Example.**

```markdown
[The paper](file:///home/me/dpo.pdf)
```

**Use instead.**

```markdown
[The paper](https://arxiv.org/abs/2305.18290)
```

**Fix.** Link to an address of the web, or to a file of the vault by its path.
"""

import html
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.html_allowlist import SCHEMES, scheme_of
from papernotes.inspection import Inspection
from papernotes.model import LinkKind

RULE = Rule("PN215", "unsafe-link", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for link in document.body.links:
            scheme = scheme_of(html.unescape(link.destination))
            if link.kind is not LinkKind.WIKI and scheme is not None and scheme not in SCHEMES:
                yield RULE.at(
                    document.at(link.span),
                    f"an address may not begin with {scheme[:40] + ':'!r}",
                    help="link to an address that begins with https://, or to a file of the vault by its path",
                )
