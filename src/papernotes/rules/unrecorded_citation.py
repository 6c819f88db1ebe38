"""**What it finds.** A work that the section *Method* or *How it works* of a paper's note cites, and that `cites` in
`papers.bib` does not have for that paper.

**Why it matters.** What a method is made of, its paper most often cites. Then the citation graph lacks an edge. But the
note may also explain the method by an unrelated work, and then all is well. Later works are left alone.

**Example.**

```markdown
## Method

Residual connections [@he2016resnet] join the layers.
```

**Use instead.**

```bibtex
@inproceedings{vaswani2017attention,
  cites = {he2016resnet},
}
```

**Fix.** Look at the paper's references. Add the edge only if it is true.
"""

from bisect import bisect_right
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Heading, Note
from papernotes.text import Span

RULE = Rule("PN405", "unrecorded-citation", Severity.INFO, __doc__, Reach.TIES)
SECTIONS = frozenset(("method", "methods", "the method", "how it works", "方法", "工作原理"))


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for note in vault.notes:
        entries = [known[paper] for paper in note.meta.papers if paper in known]
        if note.meta.kind != "paper" or all(entry.cites is None for entry in entries):
            continue
        recorded = {key for entry in entries for key in entry.cites or ()} | set(note.meta.papers)
        latest = max((entry.date.last for entry in entries if entry.date), default=None)
        spans = tuple(_sections(note))
        starts = [span.start for span in spans]
        for group in note.body.groups:
            nearest = bisect_right(starts, group.span.start) - 1
            if nearest < 0 or group.span.start >= spans[nearest].end:
                continue
            for citation in group.citations:
                if citation.citekey in known and citation.citekey not in recorded:
                    recorded.add(citation.citekey)
                    cited = known[citation.citekey].date
                    if latest is not None and cited is not None and cited.first > latest:
                        continue  # what appeared later explains the method, and no edge could be true
                    which = " or ".join(entry.citekey for entry in entries)
                    yield RULE.at(
                        note.at(citation.span),
                        f"papers.bib does not record that {which} cites {citation.citekey!r}",
                        help="add the edge to `cites` only if it is true",
                    )


def _sections(note: Note) -> Iterator[Span]:
    """Where the note tells its method, subsections included."""
    section: Heading | None = None
    for heading in note.body.headings:
        if section is not None and heading.level <= section.level:
            yield Span(section.span.start, heading.span.start)
            section = None
        if section is None and heading.text.strip().casefold() in SECTIONS:
            section = heading
    if section is not None:
        yield Span(section.span.start, len(note.source.text))
