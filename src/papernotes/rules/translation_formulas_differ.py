"""**What it finds.** A formula on lines of its own that differs between a note and its translation. White space, the
text inside `\\\\text{…}` and punctuation at the end may differ.

**Why it matters.** Mathematics needs no translation: one of the two is wrong.

**Example.**

```markdown
<!-- notes/dpo.md -->
$$
r = \\\\beta \\\\log Z
$$

<!-- notes/zh/dpo.md -->
$$
r = \\\\log Z
$$
```

**Use instead.**

```markdown
<!-- notes/zh/dpo.md -->
$$
r = \\\\beta \\\\log Z
$$
```

**Fix.** Copy the formula that is right.
"""

import difflib
import re
from collections.abc import Iterator, Sequence

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Document, Formula, Note, Translation

RULE = Rule("PN505", "translation-formulas-differ", Severity.WARNING, __doc__, Reach.TEXT)
TEXT = re.compile(r"\\(?:text|textrm|textit|textbf|texttt|mbox)\s*\{[^{}]*\}")
NO_MATTER = re.compile(r"\s+|\\[,;:!]|\\q?quad(?![A-Za-z])|[.,;，。；、]+\s*$")
MANY = 500


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note, translation in vault.pairs:
        ours, theirs = _formulas(note), _formulas(translation)
        if len(ours) + len(theirs) < MANY:
            yield from _compared(vault, note, translation, ours, theirs)


def _compared(
    vault: Inspection, note: Note, translation: Translation, ours: Sequence[Formula], theirs: Sequence[Formula]
) -> Iterator[Diagnostic]:
    matcher = difflib.SequenceMatcher(None, [_plain(f) for f in ours], [_plain(f) for f in theirs], autojunk=False)
    for _, a, a_end, b, b_end in (op for op in matcher.get_opcodes() if op[0] != "equal"):
        for other, own in zip(ours[a:a_end], theirs[b:b_end], strict=False):
            yield RULE.at(
                translation.at(own.span),
                f"this formula is another in {note.source.path}",
                help="copy the one that is right",
                related=(note.at(other.span),),
            )
        for missing in ours[a + (b_end - b) : a_end]:
            yield RULE.at(
                vault.counterpart(note, translation, missing.span),
                f"a formula of {note.source.path} is missing here",
                help="copy it",
                related=(note.at(missing.span),),
            )
        for extra in theirs[b + (a_end - a) : b_end]:
            yield RULE.at(
                translation.at(extra.span), f"{note.source.path} does not have this formula", help="copy it there"
            )


def _formulas(document: Document) -> list[Formula]:
    return [formula for formula in document.body.formulas if formula.display]


def _plain(formula: Formula) -> str:
    """The TeX without what may differ between languages."""
    return NO_MATTER.sub("", TEXT.sub(r"\\text{}", formula.tex))
