"""**What it finds.** The name of a note or topic that holds more than lower-case letters a to z, digits and single
hyphens between them; or that Windows keeps for itself, such as `con` or `aux`; or that is longer than 80 characters.

**Why it matters.** The name is the page's address. Spaces and accents in it are encoded differently by every tool, and
a repository with a file `aux.md` cannot be cloned on Windows.

**Example.**

```text
notes/Attention_is all you need.md
```

**Use instead.**

```text
notes/attention-is-all-you-need.md
```

**Fix.** `papernotes rename` gives a note another name and mends the links to it.
"""

import re
import unicodedata
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Place

RULE = Rule("PN109", "bad-slug", Severity.WARNING, __doc__, Reach.TEXT)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
WINDOWS = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]")
LONGEST = 80


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note in vault.originals:
        slug = note.slug
        if note.place is Place.HOME:
            continue
        if WINDOWS.fullmatch(slug.casefold()):
            message, better = f"Windows keeps the name {slug!r} for itself", f"{slug.casefold()}-note"
        elif len(slug) > LONGEST:
            message, better = f"this name is longer than {LONGEST} characters", ""
        elif not SLUG.fullmatch(slug):
            message, better = f"{slug!r} holds more than a to z, 0 to 9 and hyphens between them", plain(slug)
        else:
            continue
        yield RULE.at(note.head, message, help=f"rename the file to {better}.md" if better else "rename the file")


def plain(slug: str) -> str:
    """The nearest name that every disk and address takes; nothing if none is left."""
    letters = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters.lower()))
