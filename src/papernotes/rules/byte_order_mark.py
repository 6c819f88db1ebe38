"""**What it finds.** A file that begins with a byte order mark (U+FEFF), which some Windows editors write.

**Why it matters.** Many tools take it for a letter: they miss the front matter or the first entry.

**Example.**

```text
ef bb bf 2d 2d 2d      a mark before ---
```

**Use instead.**

```text
2d 2d 2d               ---
```

**Fix.** Save the file as "UTF-8", not "UTF-8 with BOM"; `papernotes check --fix` removes the mark.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection

RULE = Rule("PN006", "byte-order-mark", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for source in vault.sources:
        if source.text.startswith("\ufeff"):
            mark = source.at(0, 1)
            message = "this file begins with a byte order mark (U+FEFF)"
            yield RULE.at(mark, message, help="save it as UTF-8 without BOM", fix=replace_text(mark, ""))
