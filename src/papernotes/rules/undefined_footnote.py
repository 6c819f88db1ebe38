"""**What it finds.** A footnote `[^name]` that has no text.

**Why it matters.** The page shows `[^name]`, and the reader never learns what the note was.

**Example.**

```markdown
It needs 140 GB.[^memory]
```

**Use instead.**

```markdown
It needs 140 GB.[^memory]

[^memory]: Two bytes a parameter, without activations.
```

**Fix.** Write the footnote: a line that begins with `[^name]:`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean, nearest

RULE = Rule("PN213", "undefined-footnote", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        known = {definition.name for definition in document.body.definitions if definition.footnote}
        for use in document.body.dangling:
            if use.footnote:
                yield RULE.at(
                    document.at(use.span),
                    f"the footnote {use.name!r} has no text",
                    help=did_you_mean(nearest(use.name, known), f"add a line [^{use.name}]: …"),
                )
