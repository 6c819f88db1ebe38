"""**What it finds.** A link from a published text to a draft.

**Why it matters.** Drafts have no page: the reader of the published one meets an error.

**Example.**

```markdown
<!-- in a note with `status: final` -->
See [my notes on RLHF](rlhf-draft.md).
```

**Use instead.**

```markdown
See [InstructGPT](instructgpt.md).
```

**Fix.** Finish the draft (`status: final`), or take the link out until then.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.links import resolve_note
from papernotes.model import LinkKind, Note, Place, Translation

RULE = Rule("PN216", "draft-link", Severity.WARNING, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        if vault.is_draft(document):
            continue
        for link in document.body.links:
            target = None if link.kind is LinkKind.IMAGE else resolve_note(vault.library, document, link)
            if target is not None and target.place is Place.NOTE and vault.is_draft(target) and _says_so(vault, target):
                yield RULE.at(
                    document.at(link.span),
                    f"{target.source.path} is a draft and has no page",
                    help="finish it, or take the link out until then",
                )


def _says_so(vault: Inspection, target: Note | Translation) -> bool:
    """Whether its front matter says that it is a draft; broken front matter says nothing."""
    original = target if isinstance(target, Note) else vault.library.original_of(target)
    return original is not None and ("status",) in original.where
