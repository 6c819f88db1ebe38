"""**What it finds.** Control characters (NUL, escape, vertical tab, …) and noncharacters in a note or in the
bibliography, also where YAML writes them as an escape such as `"\\0"`.

**Why it matters.** Nobody sees them and nobody means them. They break feeds and search, and an escape sequence can
change what a terminal shows.

**Example.**

```yaml
title: "Attention\\0Is All You Need"
```

**Use instead.**

```yaml
title: "Attention Is All You Need"
```

**Fix.** Remove them; `papernotes check --fix` does.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Fix, Reach, Rule, Severity, SourceEdit
from papernotes.inspection import Inspection
from papernotes.text import UNFIT, Edit, Source, Span

RULE = Rule("PN008", "control-character", Severity.ERROR, __doc__, Reach.TEXT)
RUN = re.compile(f"{UNFIT.pattern}+")
SHOWN = 10


def check(vault: Inspection) -> Iterator[Diagnostic]:
    yield from vault.reported(RULE)
    # In a file of another encoding they are what is left of letters.
    foreign = {fault.location.source.path for fault in vault.unreadable if fault.rule == "not-utf-8"}
    for source in vault.sources:
        if source.path not in foreign and UNFIT.search(source.text):
            yield from _in(source)


def _in(source: Source) -> Iterator[Diagnostic]:
    """The first places each, all others together: a binary file must not fill the report."""
    places = [Span(*match.span()) for match in RUN.finditer(source.text)]
    for place in places[:SHOWN]:
        character = f"U+{ord(source.text[place.start]):04X}"
        message = f"the control character {character} stands here"
        yield RULE.at(source.at(*place), message, help="remove it", fix=_removal(source, [place]))
    if rest := places[SHOWN:]:
        message = f"control characters stand in {len(rest)} more places from here on"
        yield RULE.at(source.at(*rest[0]), message, help="remove them", fix=_removal(source, rest))


def _removal(source: Source, places: list[Span]) -> Fix:
    return Fix(tuple(SourceEdit(source, Edit(place, "")) for place in places))
