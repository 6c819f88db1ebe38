"""**What it finds.** A note on a paper, with status `final`, whose text cites nothing.

**Why it matters.** It stands alone: no reader learns what the paper builds on and what came of it, and the graph knows
no sentence that ties it to others.

**Example.**

```markdown
DPO needs no reward model.
```

**Use instead.**

```markdown
DPO needs no reward model, unlike RLHF [@ouyang2022instructgpt].
```

**Fix.** Cite what it builds on, extends or competes with, each for a reason: `[@citekey]`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN610", "paper-without-citation", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note in vault.notes:
        is_bare = not note.body.groups and not note.body.unreadable
        if is_bare and note.meta.kind == "paper" and note.meta.status == "final":
            yield RULE.at(note.field("title"), "this note on a paper cites nothing", help="cite what it builds on")
