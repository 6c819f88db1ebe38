"""**What it finds.** A citekey in front matter that has no entry in `papers.bib`: in `papers`, in `paper` of `models`
and `results`, or in `from` of `relations`.

**Why it matters.** The page has no authors, no date and no links to show, and the note hangs on no work of the graph.

**Example.**

```yaml
papers: [vaswani2017atention]
```

**Use instead.**

```yaml
papers: [vaswani2017attention]
```

**Fix.** Correct the key (`papernotes check --fix --unsafe-fixes` does where only one can be meant), or add the entry:
`papernotes new` does both for an arXiv id or a DOI.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean
from papernotes.model import Note
from papernotes.text import Location

RULE = Rule("PN105", "unknown-paper", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for note in vault.originals:
        for key, location in named_papers(note):
            if key not in known:
                yield RULE.at(
                    location,
                    f"there is no entry {key!r} in papers.bib",
                    help=did_you_mean(vault.near_citekey(key), "add the entry, or correct the key"),
                    fix=vault.citekey_fix(location, key),
                )


def named_papers(note: Note) -> Iterator[tuple[str, Location]]:
    """The citekeys that a note's front matter is about, and where each stands."""
    for number, key in enumerate(note.meta.papers):
        yield key, note.field("papers", number)
    yield from origins(note)


def origins(note: Note) -> Iterator[tuple[str, Location]]:
    """The citekeys that say to which of a note's papers a fact or a relation belongs."""
    for name, facts in (("models", note.meta.models), ("results", note.meta.results)):
        for number, fact in enumerate(facts):
            if fact.paper:
                yield fact.paper, note.field(name, number, "paper")
    for number, relation in enumerate(note.meta.relations):
        if relation.origin:
            yield relation.origin, note.field("relations", number, "from")
