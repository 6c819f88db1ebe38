"""**What it finds.** A work that a note cites and its translation does not, or the other way round.

**Why it matters.** A claim loses its source in one language, and the reference lists differ.

**Example.**

```markdown
<!-- notes/dpo.md -->
The model of preferences is Bradley–Terry [@christiano2017rlhf].

<!-- notes/zh/dpo.md -->
偏好模型是 Bradley–Terry。
```

**Use instead.**

```markdown
<!-- notes/zh/dpo.md -->
偏好模型是 Bradley–Terry [@christiano2017rlhf]。
```

**Fix.** Cite it in both, or in neither.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Citation, Document

RULE = Rule("PN504", "translation-citations-differ", Severity.WARNING, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for note, translation in vault.pairs:
        ours, theirs = _citations(note), _citations(translation)
        for key, citation in ours.items():
            if key in known and key not in theirs:
                yield RULE.at(
                    vault.counterpart(note, translation, citation.span),
                    f"{note.source.path} cites {key!r} and this translation does not",
                    help="cite it here too, or not there",
                    related=(note.at(citation.span),),
                )
        for key, citation in theirs.items():
            if key in known and key not in ours:
                yield RULE.at(
                    translation.at(citation.span),
                    f"{note.source.path} does not cite {key!r}",
                    help="cite it there too, or not here",
                )


def _citations(document: Document) -> dict[str, Citation]:
    """The first citation of every work."""
    found: dict[str, Citation] = {}
    for group in document.body.groups:
        for citation in group.citations:
            found.setdefault(citation.citekey, citation)
    return found
