"""**What it finds.** A line `[name]: address` that no link uses.

**Why it matters.** The page does not show it: it is a leftover, or the link that meant it has another name.

**Example.**

```markdown
See the code.

[code]: https://github.com/openai/CLIP
```

**Use instead.**

```markdown
See the [code].

[code]: https://github.com/openai/CLIP
```

**Fix.** Use it, or delete it. Of two lines with one name the later one counts.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN212", "unused-link-definition", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for definition in document.body.definitions:
            if not definition.footnote and not definition.used:
                yield RULE.at(
                    document.at(definition.span), f"no link uses [{definition.name}]", help="use it, or delete the line"
                )
