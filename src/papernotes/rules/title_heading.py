"""**What it finds.** A heading of level 1 in the text of a note.

**Why it matters.** The page writes the title from the front matter: with a second one readers see two titles, and
search engines and screen readers do not know which is the page's.

**Example.**

```markdown
# DPO: Direct Preference Optimization

Learning from human preferences used to mean two models.
```

**Use instead.**

```markdown
Learning from human preferences used to mean two models.
```

**Fix.** Delete it, or make it a section: `## Method`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN603", "title-heading", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for heading in document.body.headings:
            if heading.level == 1:
                same = heading.text.casefold() == document.meta.title.casefold()
                yield RULE.at(
                    document.at(heading.span),
                    "the page writes its title itself",
                    help="delete this line" if same else "delete it, or begin it with ##",
                )
