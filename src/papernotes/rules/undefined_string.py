"""**What it finds.** A value without braces or quotes that names no `@string`. The months `jan` to `dec` are defined.

**Why it matters.** BibTeX prints nothing for it, and other readers stop at it.

**Example.**

```bibtex
@article{silver2016alphago,
  author = {Silver, David and others},
  title = {Mastering the Game of Go},
  journal = nature,
  year = {2016}
}
```

**Use instead.**

```bibtex
@string{nature = {Nature}}

@article{silver2016alphago,
  author = {Silver, David and others},
  title = {Mastering the Game of Go},
  journal = nature,
  year = {2016}
}
```

**Fix.** Define the name above the entry, or put the value in braces.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN307", "undefined-string", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
