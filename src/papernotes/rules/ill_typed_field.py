"""**What it finds.** A value of front matter that does not fit its field: a text where a list belongs, a `kind` or
`status` that there is not, a number that is none, a date that is no day of the calendar.

**Why it matters.** The value is not used: the note is sorted wrongly or left out of a list.

**Example.**

```yaml
status: published
created: 2026-02-30
topics: architectures
```

**Use instead.**

```yaml
status: final
created: 2026-02-28
topics: [architectures]
```

**Fix.** Write what the message asks for. Dates are `2026-11-20`, numbers `65.2e9` or `63.4`, lists `[one, two]`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN103", "ill-typed-field", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
