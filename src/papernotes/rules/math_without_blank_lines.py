"""**What it finds.** `$$` that begins no formula of its own, since there is no blank line before or after it, or since
a blank line or nothing at all closes it.

**Why it matters.** The page shows the dollar signs, and the formula as text.

**Example.**

```markdown
The loss is
$$
\\mathcal{L} = -\\log \\sigma(r_w - r_l)
$$
and falls.
```

**Use instead.**

```markdown
The loss is

$$
\\mathcal{L} = -\\log \\sigma(r_w - r_l)
$$

and falls.
```

**Fix.** Put a blank line before and after the formula (`papernotes check --fix` does), and none inside. In a line of
text, write `$…$`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Fix, Reach, Rule, Severity, SourceEdit
from papernotes.inspection import Inspection
from papernotes.model import Document
from papernotes.text import Edit, Location, Span

RULE = Rule("PN606", "math-without-blank-lines", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for span in document.body.dollars:
            place = document.at(span)
            if len(place.text) <= len("$$"):
                yield RULE.at(
                    place,
                    "these $$ begin no formula: nothing closes them before the next blank line",
                    help="close them",
                )
                continue
            fix = _blank_lines(document, place)
            yield RULE.at(
                document.at(Span(span.start, span.start + 2)),
                "this formula is shown as text: it needs a blank line before and after it",
                help="add blank lines" if fix else "put it on lines of its own, or write $…$",
                fix=fix,
            )


def _blank_lines(document: Document, place: Location) -> Fix | None:
    """Blank lines around a formula that has its lines to itself."""
    text, span = document.source.text, place.span
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    if text[line_start : span.start].strip() or text[span.end : line_end].strip():
        return None
    before = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : line_start]
    after = text[line_end + 1 :].partition("\n")[0] if line_end < len(text) else ""
    edits = [
        *([Edit(Span(line_start, line_start), "\n")] if before.strip() else []),
        *([Edit(Span(line_end, line_end), "\n")] if after.strip() else []),
    ]
    return Fix(tuple(SourceEdit(document.source, edit) for edit in edits)) if edits else None
