"""**What it finds.** A translation that does not record what its original was when it was made.

**Why it matters.** When the original changes, nothing can tell which sections of the translation are out of date.

**Example.**

```yaml
title: "DPO：直接偏好优化"
summary: "让语言模型对齐人类偏好，不需要奖励模型。"
```

**Use instead.**

```yaml
title: "DPO：直接偏好优化"
summary: "让语言模型对齐人类偏好，不需要奖励模型。"
translates:
  front: 78e4f7ba69ff3399
  opening: a3bf0d5080eacf37
  method: 2c308132a4beae4d
```

**Fix.** When it says what the original says, run `papernotes translated SLUG`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN509", "unrecorded-translation", Severity.INFO, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note, translation in vault.pairs:
        if not translation.meta.translates:
            yield RULE.at(
                translation.field("title"),
                f"this does not record what {note.source.path} said when it was translated",
                help=f"run: papernotes translated {note.address or 'index'}",
            )
