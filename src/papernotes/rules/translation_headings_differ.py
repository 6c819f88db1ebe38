"""**What it finds.** A translation whose headings are not those of its original, by their number, order and levels.

**Why it matters.** A section is missing, or stands elsewhere: readers of one language get less.

**Example.**

```markdown
<!-- notes/dpo.md -->
## Problem

## Method

<!-- notes/zh/dpo.md -->
## 方法
```

**Use instead.**

```markdown
<!-- notes/zh/dpo.md -->
## 问题

## 方法
```

**Fix.** Give both the same sections in the same order.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN507", "translation-headings-differ", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note, translation in vault.pairs:
        ours, theirs = note.body.headings, translation.body.headings
        same = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a.level != b.level), None)
        at = min(len(ours), len(theirs)) if same is None else same
        if at < len(theirs):
            there = f"{ours[at].text!r}" if at < len(ours) else "none"
            yield RULE.at(
                translation.at(theirs[at].span),
                f"from here on the headings differ: in {note.source.path} the next one is {there}",
                help="give both the same headings",
                related=(note.at(ours[at].span),) if at < len(ours) else (),
            )
        elif at < len(ours):
            place = translation.at(theirs[-1].span) if theirs else translation.field("title")
            missing = ", ".join(repr(heading.text) for heading in ours[at : at + 3])
            yield RULE.at(
                place,
                f"headings of {note.source.path} are missing: {missing}{' …' * (len(ours) > at + 3)}",
                help="give both the same headings",
                related=(note.at(ours[at].span),),
            )
