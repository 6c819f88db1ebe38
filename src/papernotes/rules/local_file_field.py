"""**What it finds.** A field in which Zotero, JabRef, Mendeley or BibDesk keep the place of a PDF on somebody's disk.

**Why it matters.** It means nothing on another machine, and it tells the world a name and how a disk is arranged.

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  file = {:/home/me/papers/lora.pdf:PDF}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  pdf = {https://arxiv.org/pdf/2106.09685}
}
```

**Fix.** Remove the field; a public PDF goes into `pdf`.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN331", "local-file-field", Severity.WARNING, __doc__, Reach.TEXT)
LOCAL = re.compile(r"file|local-?(?:url|file|path)|bdsk-file-\d+")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for name in entry.fields:
            if name[0] in "flb" and LOCAL.fullmatch(name):
                yield RULE.at(
                    entry.field(name),
                    f"{entry.citekey}: the field {name!r} tells where a file lies on somebody's disk",
                    help="remove the field; a public PDF goes into pdf",
                )
