"""**What it finds.** A topic that no published note has.

**Why it matters.** Its page is an introduction to nothing.

**Example.**

```markdown
---
title: Robotics
kind: topic
summary: What learns to move.
status: final
created: 2026-11-20
updated: 2026-11-20
---

A topic that no note names.
```

**Use instead.**

```yaml
topics: [robotics]        # in a note
```

**Fix.** Write the first note, name the topic in the notes that belong to it, or remove it.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN403", "empty-topic", Severity.INFO, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    notes = vault.library.by_slug.values()
    used = {topic for note in notes if note.meta.status == "final" for topic in note.meta.topics}
    for topic in vault.library.topic_by_slug.values():
        if topic.slug not in used:
            message = f"no published note has the topic {topic.slug!r}"
            yield RULE.at(topic.field("title"), message, help="name it in the notes that belong to it, or remove it")
