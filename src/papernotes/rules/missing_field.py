"""**What it finds.** Front matter without a field that it needs: `title`, `kind`, `summary`, `status`, `created` and
`updated`; `topics` too except in topic notes, and `papers` in notes of kind `paper`. Translations need `title` and
`summary`. The entries of `relations`, `models`, `results` and `series` have fields of their own that may not be left
out.

**Why it matters.** Cards, lists, search and feeds are made of these fields.

**Example.**

```markdown
---
title: Attention Is All You Need
kind: paper
---
```

**Use instead.**

```markdown
---
title: Attention Is All You Need
kind: paper
papers: [vaswani2017attention]
topics: [architectures]
summary: A translation model of attention alone, which trains in a fraction of the time.
status: final
created: 2026-11-20
updated: 2026-11-20
---
```

**Fix.** Add the field. `papernotes new` writes a note with all of them.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN101", "missing-field", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
