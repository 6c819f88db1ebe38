"""**What it finds.** Citekeys that differ only in upper and lower case.

**Why it matters.** BibTeX takes them for one key, and on many disks their pages are one file.

**Example.**

```bibtex
@misc{Hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021}
}

@misc{hu2021LoRA,
  author = {Hu, Someone Else},
  title = {Another Work},
  year = {2021}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021}
}

@misc{hu2021another,
  author = {Hu, Someone Else},
  title = {Another Work},
  year = {2021}
}
```

**Fix.** Give one of them another key, here and where it is cited.
"""

import unicodedata
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.inspection import Inspection

RULE = Rule("PN309", "citekey-case-clash", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    seen: dict[str, Entry] = {}
    for entry in vault.entries:
        if vault.library.by_citekey[entry.citekey] is not entry:
            continue
        first = seen.setdefault(unicodedata.normalize("NFKC", entry.citekey).casefold(), entry)
        if first is not entry:
            yield RULE.at(
                entry.location,
                f"the citekeys {entry.citekey!r} and {first.citekey!r} differ only in case",
                help="give one of the two another key",
                related=(first.location,),
            )
