"""**What it finds.** Two file names in the vault that differ only in upper and lower case, or in how an accent is
encoded.

**Why it matters.** The disks of macOS and Windows hold only one of them: whoever clones the repository there loses the
other, and the site's addresses lead to either.

**Example.**

```text
notes/LoRA.md
notes/lora.md
```

**Use instead.**

```text
notes/lora.md
notes/lora-in-practice.md
```

**Fix.** Rename one of them. Slugs are best in lower case.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Place
from papernotes.text import Location, Source

RULE = Rule("PN108", "slug-case-clash", Severity.ERROR, __doc__, Reach.FACES)
Named = tuple[tuple[str, Place | None, str], Location]


def check(vault: Inspection) -> Iterator[Diagnostic]:
    documents = (((d.lang, d.place, d.slug), d.head) for d in vault.documents)
    files = ((("", None, path), Source(f"notes/{path}", "").at(0)) for path in vault.library.files)
    for named in (documents, files):
        yield from _clashes(named)


def _clashes(named: Iterable[Named]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, Place | None, str], tuple[str, Location]] = {}
    for (lang, place, name), location in named:
        other, where = first.setdefault((lang, place, folded(name)), (name, location))
        if other != name:
            if unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other):
                message = f"another file is called {other!r}, with its accents encoded differently"
            else:
                message = f"{name!r} and {other!r} are one name on disks that ignore case"
            yield RULE.at(location, message, help="rename one of them", related=(where,))


def folded(name: str) -> str:
    """What disks that ignore case and the encoding of accents make of a name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
