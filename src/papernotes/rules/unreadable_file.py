"""**What it finds.** A file of the vault that cannot be read: no `papers.bib`, a symbolic link, a named pipe, a file or
folder that you may not open, a note of more than 2 MB or a bibliography of more than 100 MB.

**Why it matters.** What is not read is not checked and not published. A link may lead out of the vault, to a file that
nobody meant to publish.

**Example.**

```text
notes/mamba.md -> /home/ada/drafts/mamba.md
```

**Use instead.**

```text
notes/mamba.md
```

**Fix.** Put the file itself in its place, give yourself the right to read it, or split it. Names that begin with a dot
are left alone.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN001", "unreadable-file", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
