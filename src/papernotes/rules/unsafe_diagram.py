"""**What it finds.** A Mermaid block that asks for more than to be drawn: an init directive or settings of its own, a
click handler, HTML other than `<br/>`, images from elsewhere, CSS that reaches beyond its shapes.

**Why it matters.** Each of these has been a way to run scripts in readers' browsers. Such a block is never drawn.

**Example.**

````markdown
```mermaid
flowchart LR
  A["model"] --> B["answer"]
  click A "https://example.org/"
```
````

**Use instead.**

````markdown
```mermaid
flowchart LR
  A["model"] --> B["answer"]
```
````

**Fix.** Leave the line out. Links belong into the text; the site gives diagrams their colours, for both schemes.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.diagrams import diagrams_in, refusal
from papernotes.inspection import Inspection

RULE = Rule("PN619", "unsafe-diagram", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for diagram in diagrams_in(document.source.text, document.body.start):
            if reason := refusal(diagram.source):
                yield RULE.at(
                    document.at(diagram.span),
                    f"this diagram is not drawn: it asks for {reason}",
                    help="leave that out",
                )
