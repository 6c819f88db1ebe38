"""**What it finds.** A Mermaid block that has no drawing in `notes/assets/diagrams/`, or is no flowchart.

**Why it matters.** The site shows drawings that were made beforehand: they need no script, appear at once, and can be
printed. A block without one stays code.

**Example.**

````markdown
```mermaid
sequenceDiagram
  Author->>Reader: a note
```
````

**Use instead.**

````markdown
```mermaid
flowchart LR
  A["author"] -->|"a note"| R["reader"]
```
````

**Fix.** Run `make diagrams` and commit what it draws. It draws flowcharts; anything else is better drawn as an SVG of
your own.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.diagrams import diagrams_in, drawing_path, is_drawn, refusal
from papernotes.inspection import Inspection

RULE = Rule("PN618", "unrendered-diagram", Severity.INFO, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for diagram in diagrams_in(document.source.text, document.body.start):
            if refusal(diagram.source):
                continue
            if not is_drawn(diagram.source):
                yield RULE.at(
                    document.at(diagram.span),
                    "this diagram stays code: only flowcharts are drawn",
                    help="make it a flowchart, or draw an SVG",
                )
            elif drawing_path(diagram.source) not in vault.library.files:
                yield RULE.at(
                    document.at(diagram.span),
                    "this diagram has no drawing yet, so the page shows its source",
                    help="run `make diagrams`",
                )
