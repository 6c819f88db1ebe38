"""**What it finds.** A field of front matter that papernotes does not know.

**Why it matters.** It is most often a misspelt one, and what it says is then lost without a word.

**Example.**

```yaml
topic: [architectures]
```

**Use instead.**

```yaml
topics: [architectures]
```

**Fix.** Correct its name, or remove it. Facts that have no field belong in the text, authors and links in `papers.bib`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN102", "unknown-field", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
