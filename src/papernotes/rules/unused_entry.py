"""**What it finds.** An entry that nothing needs: no note is about it, none cites it or names it in a relation, and
no entry cites it.

**Why it matters.** Nobody will come upon it; perhaps a citation or an edge was forgotten.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020}
}
```

**Use instead.**

```markdown
Loss falls as a power of compute [@kaplan2020scaling].
```

**Fix.** Cite the work where it belongs, add it to the `cites` of the works that cite it, or remove the entry.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN306", "unused-entry", Severity.INFO, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    graph, library = vault.graph, vault.library
    used = {paper for note in library.notes for paper in note.meta.papers}
    used |= {key for edge in graph.relations for key in (edge.origin, edge.to)}
    for entry in library.by_citekey.values():
        key = entry.citekey
        if key not in used and not graph.cited_by.get(key) and not graph.mentioned_by.get(key):
            yield RULE.at(
                entry.location,
                f"nothing cites or describes {key!r}",
                help="cite it where it belongs, record who cites it, or remove it",
            )
