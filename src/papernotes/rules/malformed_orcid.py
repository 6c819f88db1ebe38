"""**What it finds.** An ORCID whose check character does not fit (ISO 7064, mod 11-2), or that is not four groups of
four.

**Why it matters.** It names nobody, or somebody else.

**Example.**

```bibtex
@misc{carberry2008,
  author = {Carberry, Josiah},
  title = {A Unified Theory},
  year = {2008},
  orcid = {0000-0002-1825-0098}
}
```

**Use instead.**

```bibtex
@misc{carberry2008,
  author = {Carberry, Josiah},
  title = {A Unified Theory},
  year = {2008},
  orcid = {0000-0002-1825-0097}
}
```

**Fix.** Copy it anew from the person's page.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.entries import Entry
from papernotes.identifier_forms import orcid_fault
from papernotes.inspection import Inspection

RULE = Rule("PN313", "malformed-orcid", Severity.WARNING, __doc__, Reach.TEXT)
# Exports also write https://orcid.org/0000-… and `Carberry, Josiah/0000-…`.
ONE = re.compile(r"(?<![\w-])[\dXx][\dXx-]{9,}(?![\w-])")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for name, text in entry.fields.items():
            if "orcid" in name and text:
                yield from _judged(entry, name, text)


def _judged(entry: Entry, name: str, text: str) -> Iterator[Diagnostic]:
    found = [match.span() for match in ONE.finditer(text)] or [(0, len(text))]
    for start, end in found:
        if fault := orcid_fault(text[start:end]):
            place = entry.part(name, start, end)
            yield RULE.at(
                place,
                f"{entry.citekey}: {text[start:end]!r} is no ORCID: {fault.message}",
                help=f"write {fault.repaired}" if fault.repaired else "copy it anew from the person's page",
                fix=replace_exactly(place, text[start:end], fault.repaired),
            )
