"""**What it finds.** A `year` that is no year of four digits, or a `date` that does not begin with one.

**Why it matters.** Without a year a work has no place in order and timeline, and its citation reads "n.d.".

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021a}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021}
}
```

**Fix.** Write the year in which the work was published; what is not published yet has the year of its preprint.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN320", "malformed-year", Severity.ERROR, __doc__, Reach.TEXT)
YEAR = re.compile(r"1\d{3}|20\d{2}", re.ASCII)
# The dates of biblatex: 2021, 2021-06, 2021-06-17, and ranges of them.
DATE = re.compile(r"(?:1\d{3}|20\d{2})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?:/[\d.-]*)?", re.ASCII)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for name, form in (("year", YEAR), ("date", DATE)):
            written = entry.fields.get(name)
            if written and not form.fullmatch(written):
                yield RULE.at(
                    entry.part(name, 0, len(written)),
                    f"{entry.citekey}: {written!r} is no {name}",
                    help="write four digits: 2021" if name == "year" else "write 2021, 2021-06 or 2021-06-17",
                )
