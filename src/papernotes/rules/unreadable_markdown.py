"""**What it finds.** Markdown that no renderer reads in reasonable time: brackets, quotes or lists nested more than 32
deep, or a line of more than 60,000 characters.

**Why it matters.** One such line can hold up a build for hours. The text of the note is not read, so nothing in it is
checked.

**Example.**

```markdown
[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
```

**Use instead.**

```markdown
[[transformer]]
```

**Fix.** Simplify the place that the message names. Data belongs in a file of `notes/assets/`, not in a line.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN004", "unreadable-markdown", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
