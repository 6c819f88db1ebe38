"""**What it finds.** An admonition (`!!! kind`, `??? kind`) of a kind that the site does not know.

**Why it matters.** It has no colour, sign or translated title: `!!! takeway` is just a grey box named *Takeway*.

**Example.**

```markdown
!!! takeway
    A policy and its reference define a reward.
```

**Use instead.**

```markdown
!!! takeaway
    A policy and its reference define a reward.
```

**Fix.** Use takeaway, question, opinion, correction or example; note, tip, warning and the theme's others work too.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.html_allowlist import ADMONITIONS
from papernotes.inspection import Inspection, did_you_mean, nearest
from papernotes.text import Span

RULE = Rule("PN616", "unknown-admonition", Severity.WARNING, __doc__, Reach.TEXT)
OURS = ("takeaway", "question", "opinion", "correction", "example")
# These say where a box stands or how it is marked, not what it is.
NO_KINDS = frozenset({"inline", "end", "answered"})
KINDS = ADMONITIONS - NO_KINDS


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for admonition in document.body.admonitions:
            if admonition.kind.lower() not in KINDS:
                at = document.source.text.index(admonition.kind, admonition.span.start)
                near = nearest(admonition.kind.lower(), KINDS)
                yield RULE.at(
                    document.at(Span(at, at + len(admonition.kind))),
                    f"there is no admonition of kind {admonition.kind!r}",
                    help=did_you_mean(near, f"ours are {', '.join(OURS)}"),
                )
