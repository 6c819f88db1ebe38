"""**What it finds.** A section of a translation whose original has changed since the translation was recorded, or has
come, or has gone.

**Why it matters.** Readers of the two languages are told different things.

**Example.**

```yaml
translates:
  front: 78e4f7ba69ff3399
  opening: a3bf0d5080eacf37
  method: 52a70d4a8f2b9c10      # and the original's section has another text now
```

**Use instead.**

```yaml
translates:
  front: 78e4f7ba69ff3399
  opening: a3bf0d5080eacf37
  method: 2c308132a4beae4d
```

**Fix.** Bring the section up to date, then record it: `papernotes translated SLUG`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note, Translation
from papernotes.text import Location
from papernotes.translations import FRONT, OPENING, Drift, drift

RULE = Rule("PN502", "stale-translation", Severity.WARNING, __doc__, Reach.TEXT)
SAID = {"changed": "has changed", "added": "is new", "removed": "has gone"}


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note, translation in vault.pairs:
        for change in drift(note, translation):
            related = () if change.kind == "removed" else (note.at(change.span),)
            yield RULE.at(
                _place(note, translation, change),
                f"in {note.source.path}, {_named(note, change.section)} {SAID[change.kind]} since this was translated",
                help=f"bring it up to date, then run: papernotes translated {note.address or 'index'}",
                related=related,
            )


def _named(note: Note, section: str) -> str:
    if section == FRONT:
        return "the title or summary"
    if section == OPENING:
        return "the opening"
    heading = next((heading.text for heading in note.body.headings if heading.anchor == section), section)
    return f"the section {heading!r}"


def _place(note: Note, translation: Translation, change: Drift) -> Location:
    """The heading of the same section where the two have as many, else what was recorded of it."""
    ours, theirs = note.body.headings, translation.body.headings
    numbers = {heading.anchor: number for number, heading in enumerate(ours)}
    if len(ours) == len(theirs) and change.section in numbers:
        return translation.at(theirs[numbers[change.section]].span)
    if ("translates", change.section) in translation.where:
        return translation.field("translates", change.section)
    return translation.field("title" if change.section == FRONT else "translates")
