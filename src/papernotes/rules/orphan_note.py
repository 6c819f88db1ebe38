"""**What it finds.** A published note that nothing ties to another: none of its papers cites or is cited by a work of
the bibliography, and no text links or cites one from the other.

**Why it matters.** Readers find a note through its neighbours. This one they meet only in lists and by search.

**Example.**

```markdown
Attention alone is enough to translate.
```

**Use instead.**

```markdown
Attention alone is enough to translate, as [BERT](bert.md) later showed for reading.
```

**Fix.** Link the notes that belong to it, cite what it builds on, or record what its paper cites in `cites`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Place

RULE = Rule("PN402", "orphan-note", Severity.INFO, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    graph = vault.graph
    links = (link for links in graph.linked_by.values() for link in links)
    linking = {link.slug for link in links if link.place is Place.NOTE and link.slug != link.target}
    claimed = {key for edge in graph.relations for key in (edge.origin, edge.to)}
    for note in vault.library.by_slug.values():
        if note.meta.status != "final" or note.body.unreadable:
            continue
        papers = graph.papers_of.get(note.slug, ())
        tied = (
            note.slug in linking
            or note.slug in graph.backlinks
            or any(graph.cites.get(paper) or graph.cited_by.get(paper) or paper in claimed for paper in papers)
            or any(mention.target not in papers for mention in graph.mentions.get(note.slug, ()))
            or any(m.slug != note.slug for paper in papers for m in graph.mentioned_by.get(paper, ()))
        )
        if not tied:
            message = "nothing ties this note to another: no citation, link or relation"
            yield RULE.at(note.field("title"), message, help="link or cite what belongs to it")
