"""**What it finds.** Lines that end with a carriage return: CR LF as on Windows, or CR alone.

**Why it matters.** Two people with different editors then change every line of a file, and its history says nothing.

**Example.**

```text
Attention alone is enough.␍␊
```

**Use instead.**

```text
Attention alone is enough.␊
```

**Fix.** `papernotes check --fix` writes LF. A file `.gitattributes` with the line `* text=auto eol=lf` keeps it so.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Fix, Reach, Rule, Severity, SourceEdit
from papernotes.inspection import Inspection
from papernotes.text import Edit, Source, Span

RULE = Rule("PN007", "windows-line-ends", Severity.WARNING, __doc__, Reach.TEXT)
RETURN = re.compile(r"\r(\n?)")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for source in vault.sources:
        if "\r" in source.text:
            edits = tuple(_line_feeds(source))
            first = edits[0].edit.span
            lines = "1 line ends" if len(edits) == 1 else f"{len(edits)} lines end"
            yield RULE.at(
                source.at(*first),
                f"{lines} with a carriage return; this is the first",
                help="save the file with line ends LF; `* text=auto eol=lf` in .gitattributes keeps it so",
                fix=Fix(edits),
            )


def _line_feeds(source: Source) -> Iterator[SourceEdit]:
    """One edit for each carriage return, so that other fixes of the file do not meet this one."""
    for match in RETURN.finditer(source.text):
        at = match.start()
        yield SourceEdit(source, Edit(Span(at, at + 1), "" if match[1] else "\n"))
