"""**What it finds.** Two headings of one text in a note.

**Why it matters.** Their anchors collide: the second one becomes `results_1`, a link to it breaks when a section moves,
and in the table of contents nobody can tell them apart.

**Example.**

```markdown
## Results

### Results
```

**Use instead.**

```markdown
## Results

### Results on ImageNet
```

**Fix.** Say in the heading what it is about, or give it an anchor of its own: `### Results { #results-imagenet }`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Heading

RULE = Rule("PN602", "duplicate-heading", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        first: dict[str, Heading] = {}
        for heading in document.body.headings:
            name = heading.text.casefold()
            other = first.setdefault(name, heading)
            # An anchor of its own, by { #anchor }, is no variation of the other's.
            if other is not heading and heading.anchor.startswith(f"{other.anchor}_"):
                yield RULE.at(
                    document.at(heading.span),
                    f"there is a heading {heading.text!r} already, so that this one is #{heading.anchor}",
                    help="say in the heading what it is about, or give it an anchor: { #anchor }",
                    related=(document.at(other.span),),
                )
