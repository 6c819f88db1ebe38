"""**What it finds.** A link `[text][name]` or `[name][]` whose name no line `[name]: address` defines.

**Why it matters.** The page shows the brackets instead of a link.

**Example.**

```markdown
See [the code][code].
```

**Use instead.**

```markdown
See [the code][code].

[code]: https://github.com/openai/CLIP
```

**Fix.** Define the name, or write the address into the link. For brackets that are no link write `\\[` or use code.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean, nearest

RULE = Rule("PN211", "undefined-reference-link", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        known = {definition.name for definition in document.body.definitions if not definition.footnote}
        for use in document.body.dangling:
            if not use.footnote:
                yield RULE.at(
                    document.at(use.span),
                    f"nothing defines [{use.name}], so the brackets are shown",
                    help=did_you_mean(nearest(use.name, known), f"add a line [{use.name}]: address"),
                )
