"""**What it finds.** A citekey that cannot safely be written in a path or a citation: with spaces, backslashes,
braces, control characters, `..`, or one of the names that Windows keeps for itself. Keys such as `DBLP:conf/acl/X`
are fine.

**Why it matters.** The work cannot be cited by it, and its page cannot be stored under it.

**Example.**

```bibtex
@misc{hu et al 2021,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021}
}
```

**Fix.** Choose a key of letters and digits: family name, year, one word of the title.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN328", "bad-citekey", Severity.ERROR, __doc__, Reach.TEXT)
LONGEST = 200
UNSAFE = re.compile(r"[\s\\{}\"#%()\[\]<>|^`\x00-\x1f\x7f-\x9f]")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        if message := citekey_fault(entry.citekey):
            yield RULE.at(
                entry.location,
                f"the citekey {entry.citekey[:80]!r} {message}",
                help="choose a key of letters and digits, such as hu2021lora",
            )


def citekey_fault(key: str) -> str:
    """What is wrong with a citekey; nothing if it is fine."""
    if len(key) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if unsafe := UNSAFE.search(key):
        return f"holds {unsafe[0]!r}, which paths and citations cannot"
    for part in key.split("/"):
        if part in ("", ".", ".."):
            return "is a path that leads elsewhere"
        if RESERVED.fullmatch(part):
            return f"holds {part!r}, a name that Windows keeps for itself"
    return ""
