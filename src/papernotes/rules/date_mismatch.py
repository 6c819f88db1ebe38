"""**What it finds.** A preprint whose `year` and `month` are more than a month off its arXiv id, which begins with
year and month; and a published work that would be more than a month older than its preprint.

**Why it matters.** Order and timeline follow the id, readers see the year: one of the two is wrong.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2021},
  month = jun,
  eprint = {2001.08361},
  archiveprefix = {arXiv}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  month = jan,
  eprint = {2001.08361},
  archiveprefix = {arXiv}
}
```

**Fix.** Give a preprint the year and month of its first version. If the work was published later, give its type and
venue.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry, WorkDate, arxiv_month, month_number
from papernotes.entry_types import is_preprint
from papernotes.identifier_forms import bare_arxiv
from papernotes.inspection import Inspection

RULE = Rule("PN315", "date-mismatch", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        posted = arxiv_month(bare_arxiv(entry.eprint)) if entry.eprint else None
        year = entry.fields.get("year", "")
        if posted is None or not re.fullmatch(r"[12][0-9]{3}", year):
            continue
        given = WorkDate(int(year), month_number(entry.fields.get("month", "")))
        late = is_preprint(entry) and given.first > posted.last + 1
        if late or given.last < posted.first - 1:
            yield _mismatch(entry, given, posted)


def _mismatch(entry: Entry, given: WorkDate, posted: WorkDate) -> Diagnostic:
    whole_year = WorkDate(given.year, None)
    in_year = whole_year.first - 1 <= posted.first <= whole_year.last + 1
    field = "month" if in_year and given.month else "year"
    return RULE.at(
        entry.field(field),
        f"{entry.citekey}: {field} says {given}, the arXiv id {entry.eprint} says {posted}",
        help="correct the date or the id; of a published work give type and venue too",
    )
