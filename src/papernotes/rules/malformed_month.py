"""**What it finds.** A `month` that is neither one of `jan` to `dec` nor a number from 1 to 12.

**Why it matters.** Styles and readers know the abbreviations; of anything else the timeline may miss the month.

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  month = {June}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  month = jun
}
```

**Fix.** Write the abbreviation without braces. Days and seasons go into `note`.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.entries import MONTHS
from papernotes.inspection import Inspection

RULE = Rule("PN318", "malformed-month", Severity.WARNING, __doc__, Reach.TEXT)
# BibTeX's own idiom for days is jan # "~15".
WELL_FORMED = re.compile(rf"(?:{'|'.join(MONTHS)})(?:~\d.*)?|0?[1-9]|1[0-2]", re.IGNORECASE)
NAMES = "january february march april may june july august september october november december".split()
ABBREVIATION = dict(zip(NAMES, MONTHS, strict=True)) | {month: month for month in MONTHS} | {"sept": "sep"}


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        written = entry.fields.get("month", "")
        if not written or WELL_FORMED.fullmatch(written):
            continue
        short = ABBREVIATION.get(written.lower().removesuffix("."), "")
        place = entry.field("month")
        as_it_is = entry.part("month", 0, len(written)).text == written
        yield RULE.at(
            place,
            f"{entry.citekey}: month {written!r} is neither one of jan to dec nor a number from 1 to 12",
            help=f"write month = {short}" if short else "write jan to dec; days and seasons go into note",
            fix=replace_text(place, short) if short and as_it_is else None,
        )
