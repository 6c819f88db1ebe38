"""**What it finds.** A value that `#` puts together from several pieces.

**Why it matters.** BibTeX can do it, many other readers cannot: the value is cut off, or the entry is dropped.

**Example.**

```bibtex
@string{iclr = {International Conference on Learning Representations}}

@inproceedings{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {Proceedings of the } # iclr,
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

**Fix.** Write the value out in braces; `papernotes check --fix --unsafe-fixes` does.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN325", "concatenated-value", Severity.WARNING, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
