"""**What it finds.** A field that an entry has twice.

**Why it matters.** Only one value can count. We read the first, as BibTeX does; others read the last, or drop the
entry.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2019},
  year = {2020}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020}
}
```

**Fix.** Keep the right one.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN308", "repeated-bib-field", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
