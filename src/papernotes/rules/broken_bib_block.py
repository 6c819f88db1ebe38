"""**What it finds.** A part of `papers.bib` that is no entry, or an entry that is not whole: braces that do not
balance, a missing comma or citekey, a value that is never closed, text that stands outside every entry.

**Why it matters.** BibTeX skips what it cannot read, often without a word, and the entries after it with it.

**Example.**

```bibtex
@article{shannon1948,
  author = {Shannon, Claude E.},
  title = {A Mathematical Theory of Communication
  journal = {Bell System Technical Journal},
  year = {1948},
}
```

**Use instead.**

```bibtex
@article{shannon1948,
  author = {Shannon, Claude E.},
  title = {A Mathematical Theory of Communication},
  journal = {Bell System Technical Journal},
  year = {1948},
}
```

**Fix.** Mend the place that the message names. The entries around it are read all the same.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN005", "broken-bib-block", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
