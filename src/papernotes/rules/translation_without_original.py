"""**What it finds.** A translation whose original is not there.

**Why it matters.** A translation takes its papers, topics and status from its original: without it, it has no page.

**Example.**

```text
notes/zh/dpo-loss.md        # and no notes/dpo-loss.md
```

**Use instead.**

```text
notes/zh/dpo.md
notes/dpo.md
```

**Fix.** Give it the name of its original. A note that is in this language only belongs into a vault whose first
language it is.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN503", "translation-without-original", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for translation in vault.translations:
        if vault.library.original_of(translation) is None:
            path = translation.source.path.replace(f"notes/{translation.lang}/", "notes/", 1)
            yield RULE.at(
                translation.field("title"),
                f"there is no {path} that this could translate",
                help=did_you_mean(vault.near_slug(translation.slug), "rename it, or write the original"),
            )
