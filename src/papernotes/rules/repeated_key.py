"""**What it finds.** A field that one mapping of front matter holds twice.

**Why it matters.** YAML readers keep one of the two and say nothing; which one differs from tool to tool.

**Example.**

```yaml
kind: concept
kind: survey
```

**Use instead.**

```yaml
kind: survey
```

**Fix.** Keep the one that is right. Until then papernotes reads the first.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN104", "repeated-key", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
