"""**What it finds.** A heading that is more than one level below the one before it. The page's title is level 1.

**Why it matters.** Tables of contents and screen readers show a section without its parent.

**Example.**

```markdown
## Method

#### Loss
```

**Use instead.**

```markdown
## Method

### Loss
```

**Fix.** Give the heading the next level: two `#` for sections, three for what is inside them.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN601", "heading-level-jump", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        before = 1
        for heading in document.body.headings:
            if heading.level > before + 1:
                above = f"one of level {before}" if before > 1 else "the page's title"
                yield RULE.at(
                    document.at(heading.span),
                    f"a heading of level {heading.level} follows {above}",
                    help=f"begin it with {'#' * (before + 1)}",
                )
            before = heading.level
