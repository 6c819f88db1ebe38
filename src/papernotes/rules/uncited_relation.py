"""**What it finds.** A relation that says how a paper builds on a work (`extends`, `simplifies`, `scales`, `uses`,
`applies`, `combines`, `analyses`) which the paper does not cite, according to `cites` in `papers.bib`; and a relation
of a note without papers that does not say `from` which work it starts. Comparisons need no citation.

**Why it matters.** A relation explains an edge of the citation graph. Without the edge, either the claim is wrong or
the graph lacks it.

**Example.**

```yaml
papers: [vaswani2017attention]
relations:
  - {to: devlin2019bert, type: extends}
```

**Use instead.**

```yaml
papers: [devlin2019bert]
relations:
  - {to: vaswani2017attention, type: extends}
```

**Fix.** Correct the relation; or, if the paper does cite the work, add it to the paper's `cites`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.matter import BUILDING, Relation
from papernotes.model import Note

RULE = Rule("PN404", "uncited-relation", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for note in vault.notes:
        for number, relation in enumerate(note.meta.relations):
            if relation.to in known and (found := _fault(vault, note, relation)):
                message, help = found
                yield RULE.at(note.field("relations", number, "to"), message, help=help)


def _fault(vault: Inspection, note: Note, relation: Relation) -> tuple[str, str] | None:
    known = vault.library.by_citekey
    if relation.origin is None and not note.meta.papers:
        return "nothing says which work this relation starts from", "add from: <citekey>"
    papers = [paper for paper in ([relation.origin] if relation.origin else note.meta.papers) if paper in known]
    if relation.type not in BUILDING or not papers:
        return None
    if any(relation.to in vault.graph.cites[paper] for paper in papers):
        return None
    which = " or ".join(papers)
    if all(known[paper].cites is None for paper in papers):
        help = f"record in papers.bib what {which} cites, if {relation.to} is among it"
        message = f"papers.bib does not record what {which} cites, so nothing bears out this relation"
        return message, help
    help = "correct the relation, or add the work to `cites` if the paper cites it"
    return f"{which} does not cite {relation.to!r}, according to papers.bib", help
