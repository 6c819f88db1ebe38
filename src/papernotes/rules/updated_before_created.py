"""**What it finds.** A note whose `updated` lies before its `created`.

**Why it matters.** Lists of new and changed notes, and feeds, are sorted by these dates.

**Example.**

```yaml
created: 2026-11-20
updated: 2025-11-21
```

**Use instead.**

```yaml
created: 2026-11-20
updated: 2026-11-21
```

**Fix.** Correct the one that is wrong. A note that never changed has the same date in both.
"""

import datetime
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN115", "updated-before-created", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note in vault.originals:
        created, updated = note.meta.created, note.meta.updated
        # A date that is missing or refused is the earliest of all, and another rule's affair.
        if datetime.date.min < updated < created:
            yield RULE.at(
                note.field("updated"),
                f"the note was updated on {updated}, before it was created on {created}",
                help="correct one of the two dates",
                related=(note.field("created"),),
            )
