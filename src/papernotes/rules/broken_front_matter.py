"""**What it finds.** Front matter that YAML cannot read: none at all, never closed, unbalanced quotes or brackets,
tabs, tags, aliases, a second document, more than 64 KiB, or a list where fields should be.

**Why it matters.** Without it a note has no title, no topics and no papers. Site builders print such a block as text.

**Example.**

```markdown
---
title: "BERT
---
```

**Use instead.**

```markdown
---
title: "BERT"
---
```

**Fix.** Mend the place that the message names; put texts that hold `: `, `#`, `[` or `{` in double quotes.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN003", "broken-front-matter", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
