"""**What it finds.** An ISBN whose check digit does not fit, or that has not ten or thirteen digits.

**Why it matters.** No library or shop finds the book by it.

**Example.**

```bibtex
@book{goodfellow2016deep,
  author = {Goodfellow, Ian and Bengio, Yoshua and Courville, Aaron},
  title = {Deep Learning},
  publisher = {MIT Press},
  year = {2016},
  isbn = {978-0-262-03561-4}
}
```

**Use instead.**

```bibtex
@book{goodfellow2016deep,
  author = {Goodfellow, Ian and Bengio, Yoshua and Courville, Aaron},
  title = {Deep Learning},
  publisher = {MIT Press},
  year = {2016},
  isbn = {978-0-262-03561-3}
}
```

**Fix.** Copy it anew from the book. Several are separated by commas.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.identifier_forms import isbn_fault
from papernotes.inspection import Inspection

RULE = Rule("PN312", "malformed-isbn", Severity.WARNING, __doc__, Reach.TEXT)
BETWEEN = re.compile(r"\([^()]*\)|[,;/]|\band\b|\bISBN(?:-1[03])?:?", re.IGNORECASE)
WORD = re.compile(r"\S+")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        if written := entry.fields.get("isbn"):
            for start, end in _each(written):
                if fault := isbn_fault(written[start:end]):
                    yield RULE.at(
                        entry.part("isbn", start, end),
                        f"{entry.citekey}: {written[start:end]!r} is no ISBN: {fault.message}",
                        help="copy it anew from the book",
                    )


def _each(text: str) -> Iterator[tuple[int, int]]:
    """Where the ISBNs of a field stand: catalogues add remarks in parentheses, and some write spaces for hyphens."""
    cursor = 0
    ends = [(match.start(), match.end()) for match in BETWEEN.finditer(text)] + [(len(text), len(text))]
    for stop, after in ends:
        words = [(match.start(), match.end()) for match in WORD.finditer(text, cursor, stop)]
        whole = all(end - start >= 10 for start, end in words)
        yield from words if whole else [(words[0][0], words[-1][1])]
        cursor = after
