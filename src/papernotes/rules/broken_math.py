"""**What it finds.** A formula that TeX cannot set: braces, `\\left` and `\\right`, or environments that do not
balance, and, where `papernotes[site]` is installed, whatever KaTeX refuses.

**Why it matters.** The page shows the source of the formula in red.

**Example.**

```markdown
$\\frac{1}{1 + e^{-x}$
```

**Use instead.**

```markdown
$\\frac{1}{1 + e^{-x}}$
```

**Fix.** Mend the place that the message names. What is no mathematics belongs in backticks; a dollar sign is `\\$`.
"""

from collections.abc import Iterator

from papernotes import mathematics
from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Document, Formula
from papernotes.tex import is_plain, unbalanced
from papernotes.text import Location, Span

RULE = Rule("PN607", "broken-math", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    judge = mathematics.fault if mathematics.is_available() else None
    for document in vault.documents:
        for formula in document.body.formulas:
            if is_plain(formula.tex):
                continue
            if found := unbalanced(formula.tex):
                yield RULE.at(_place(document, formula, found.at), found.message, help="balance it")
            elif judge is not None and (message := judge(formula.tex, formula.display)):
                yield RULE.at(
                    document.at(formula.span), message, help="mend it, or put what is no formula in backticks"
                )


def _place(document: Document, formula: Formula, at: int) -> Location:
    """Where the TeX at an offset stands; the formula where it is written over indented lines."""
    exact = document.at(formula.span).text == formula.tex
    start = formula.span.start + at
    return document.at(Span(start, formula.span.end) if exact else formula.span)
