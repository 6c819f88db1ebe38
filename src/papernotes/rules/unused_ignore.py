"""**What it finds.** An `ignore` in front matter, or a comment `papernotes: ignore`, that hides no finding, or names a
rule that there is not.

**Why it matters.** What it was written for has been mended. Left there, it would hide the same fault when it comes
back.

**Example.**

```markdown
<!-- papernotes: ignore broken-note-link -->
See [the Transformer](transformer.md).
```

**Use instead.**

```markdown
See [the Transformer](transformer.md).
```

**Fix.** Remove it. A comment counts for its own line and the next; `ignore` in front matter for the whole file. Where
you check with `--select`, only ignores of the rules that ran can be found.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN117", "unused-ignore", Severity.WARNING, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    """Nothing: `checking` knows which ignores hid something once all rules have run."""
    return iter(())
