"""**What it finds.** Characters that turn the direction of the text around them: embeddings, overrides, isolates.

**Why it matters.** What is shown is not what is read: with an override, `abc` is shown as `cba`. A citekey or an
address may look like another, and a review sees something else than the machine.

**Example.**

```markdown
See \u2066data.csv (an isolate stands before it).
```

**Use instead.**

```markdown
See data.csv.
```

**Fix.** Remove them. Arabic and Hebrew need none: their letters have a direction of their own.
"""

import re
import unicodedata
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection

RULE = Rule("PN613", "bidi-character", Severity.ERROR, __doc__, Reach.TEXT)
CLASS = "[\u202a-\u202e\u2066-\u2069]"
# In two parts, since re searches fast for one character of a class, and slowly for one or more.
BIDI = re.compile(f"{CLASS}{CLASS}*")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for source in vault.sources:
        for found in BIDI.finditer(source.text):
            names = ", ".join(
                f"U+{ord(sign):04X} {unicodedata.name(sign).lower()}" for sign in dict.fromkeys(found[0][:20])
            )
            place = source.at(*found.span())
            yield RULE.at(
                place,
                f"the text is shown in another order than it is read: {names}",
                help="remove it",
                fix=replace_text(place, "", safe=False),
            )
