"""**What it finds.** An entry that lists itself in its `cites`.

**Why it matters.** A work does not build on itself; most often another key was meant.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  cites = {kaplan2020scaling}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  cites = {}
}
```

**Fix.** Put the key that was meant, or remove it.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN304", "self-citation", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        if entry.citekey not in (entry.cites or ()):
            continue
        for key, place in entry.cited():
            if key == entry.citekey:
                yield RULE.at(place, f"{key} cites itself", help="put the key that was meant, or remove it")
