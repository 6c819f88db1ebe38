"""**What it finds.** An entry of a type that neither BibTeX nor biblatex has.

**Why it matters.** Styles treat it as `@misc`: the venue disappears from references, and nobody checks its fields.

**Example.**

```bibtex
@inproceeding{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {International Conference on Learning Representations},
  year = {2022}
}
```

**Use instead.**

```bibtex
@inproceedings{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {International Conference on Learning Representations},
  year = {2022}
}
```

**Fix.** Correct the type; `@misc` is for what has none.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entry_types import ENTRY_TYPES
from papernotes.inspection import Inspection, did_you_mean, nearest

RULE = Rule("PN326", "unknown-entry-type", Severity.WARNING, __doc__, Reach.TEXT)
TYPE = re.compile(r"@[ \t]*([A-Za-z]+)")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    meant: dict[str, str | None] = {}
    for entry in vault.entries:
        if entry.type in ENTRY_TYPES:
            continue
        if entry.type not in meant:
            meant[entry.type] = nearest(entry.type, ENTRY_TYPES)
        written = TYPE.match(entry.source.text, entry.span.start)
        yield RULE.at(
            entry.source.at(*written.span(1)) if written else entry.location,
            f"{entry.citekey}: there is no entry type {entry.type!r}",
            help=did_you_mean(meant[entry.type], "write @misc, or the type that fits"),
        )
