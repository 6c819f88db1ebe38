"""**What it finds.** Two notes about one paper. Surveys and digests may be about a paper that has a note of its own,
and so may the parts of a series.

**Why it matters.** A citation of the paper can lead to only one of them; the other is hard to find, and they drift
apart.

**Example.**

```yaml
papers: [vaswani2017attention]      # while notes/transformer.md says the same
```

**Use instead.**

```yaml
kind: survey
papers: [vaswani2017attention, devlin2019bert]
```

**Fix.** Merge the two, or take the paper out of the one that only mentions it and cite it there.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note

RULE = Rule("PN106", "duplicate-note", Severity.ERROR, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    first: dict[str, tuple[Note, int]] = {}
    for note in vault.notes:
        if note.meta.kind in ("survey", "digest") or note.meta.series is not None:
            continue
        for number, paper in enumerate(note.meta.papers):
            other, place = first.setdefault(paper, (note, number))
            if other is not note:
                yield RULE.at(
                    note.field("papers", number),
                    f"{paper!r} has a note already: {other.source.path}",
                    help="merge the two notes, or cite the paper in the text instead",
                    related=(other.field("papers", place),),
                )
