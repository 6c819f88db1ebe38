"""**What it finds.** A relation `to` a work that has no entry in `papers.bib`.

**Why it matters.** The relation cannot be shown: it leads to nothing.

**Example.**

```yaml
relations:
  - {to: bahdanau2015atention, type: simplifies}
```

**Use instead.**

```yaml
relations:
  - {to: bahdanau2015attention, type: simplifies}
```

**Fix.** Correct the key (`papernotes check --fix --unsafe-fixes` does where only one can be meant), or add the entry.
Relations lead to works, by citekey, not to notes.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_within
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN406", "unknown-relation-target", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    library = vault.library
    for note in vault.originals:
        for number, relation in enumerate(note.meta.relations):
            if relation.to in library.by_citekey:
                continue
            named, place = library.by_slug.get(relation.to), note.field("relations", number, "to")
            paper = next(iter(named.meta.papers), None) if named else vault.near_citekey(relation.to)
            only = paper if named and len(named.meta.papers) == 1 and paper in library.by_citekey else None
            yield RULE.at(
                place,
                f"there is no entry {relation.to!r} in papers.bib",
                help=did_you_mean(paper, "add the entry, or correct the key"),
                fix=replace_within(place, relation.to, only) if named else vault.citekey_fix(place, relation.to),
            )
