"""**What it finds.** A note or bibliography that is not UTF-8 text, with the first byte that cannot be read.

**Why it matters.** Letters are lost: `Müller` saved as Latin-1 is shown as `M�ller`, on the page and in the search.

**Example.**

```text
4d fc 6c 6c 65 72      Müller, in Latin-1
```

**Use instead.**

```text
4d c3 bc 6c 6c 65 72   Müller, in UTF-8
```

**Fix.** Save the file as UTF-8, in your editor or with `iconv -f latin1 -t utf-8`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN002", "not-utf-8", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
