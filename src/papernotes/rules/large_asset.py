"""**What it finds.** A file in `notes/` of more than 500 KB.

**Why it matters.** Every reader of its page downloads it, on a phone too, and every clone of the vault carries it for
ever.

**Example.**

```text
notes/assets/results.png      2,400 KB
```

**Use instead.**

```text
notes/assets/results.svg         18 KB
```

**Fix.** Draw it as SVG, scale it to the width of a page, or save it as WebP or AVIF. Data and papers belong elsewhere:
link to them.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.text import Source

RULE = Rule("PN615", "large-asset", Severity.WARNING, __doc__)
LARGEST = 500_000


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for path, size in vault.library.files.items():
        if size > LARGEST:
            yield RULE.at(
                Source(f"notes/{path}", "").at(0),
                f"this file has {size / 1000:,.0f} KB; {LARGEST // 1000} KB are enough for an image",
                help="draw it as SVG, scale it down, or link to it elsewhere",
            )
