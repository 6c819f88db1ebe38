"""**What it finds.** A footnote that no place of the text leads to.

**Why it matters.** It stands at the end of the page, and nobody knows what it is about.

**Example.**

```markdown
It needs 140 GB.

[^memory]: Two bytes a parameter, without activations.
```

**Use instead.**

```markdown
It needs 140 GB.[^memory]

[^memory]: Two bytes a parameter, without activations.
```

**Fix.** Put `[^name]` where it belongs, or delete the footnote.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN214", "unused-footnote", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for definition in document.body.definitions:
            if definition.footnote and not definition.used:
                yield RULE.at(
                    document.at(definition.span),
                    f"nothing leads to the footnote {definition.name!r}",
                    help=f"put [^{definition.name}] where it belongs, or delete it",
                )
