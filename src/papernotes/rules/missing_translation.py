"""**What it finds.** A published note without a translation into one of the vault's languages (`languages` in the
settings).

**Why it matters.** Readers of that language are led to the original.

**Example.**

```text
notes/dpo.md                # and no notes/zh/dpo.md, with languages = ["en", "zh"]
```

**Use instead.**

```text
notes/dpo.md
notes/zh/dpo.md
```

**Fix.** Translate it: `papernotes new translation` starts the file. This is no fault, and never fails a check.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN501", "missing-translation", Severity.INFO, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for lang in vault.config.languages[1:]:
        for note in vault.originals:
            known = (lang, note.place, note.slug) in vault.library.translation_of
            if not known and not vault.is_draft(note):
                path = note.source.path.replace("notes/", f"notes/{lang}/", 1)
                yield RULE.at(note.field("title"), f"there is no translation into {lang!r}", help=f"write {path}")
