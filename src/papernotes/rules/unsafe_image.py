"""**What it finds.** An SVG that holds more than a picture: scripts, event handlers, embedded HTML, animations,
entities, references to other files.

**Why it matters.** An SVG is a document. Opened by itself, it runs what it holds, with the rights of this site; and
what it fetches tells others who reads here.

**Example.**

```xml
<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>
```

**Use instead.**

```xml
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>
```

**Fix.** Save it as *plain* or *optimised* SVG, which drawing programs offer, or as PNG.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN621", "unsafe-image", Severity.ERROR, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    return vault.reported(RULE)
