"""**What it finds.** A heading of a published text with nothing below it, not even a smaller heading.

**Why it matters.** It promises something that the reader does not get.

**Example.**

```markdown
## Limits and open questions

## Connections
```

**Use instead.**

```markdown
## Limits and open questions

The judge is GPT-4, and the models have at most 6B parameters.

## Connections

It learns from the same preferences as [@ouyang2022instructgpt], without their rewards.
```

**Fix.** Write the section, or delete its heading until you do.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Document

RULE = Rule("PN608", "empty-section", Severity.WARNING, __doc__, Reach.TEXT)
NOTHING = re.compile(r"(?:[\s>]++|<!--.*?-->|^[=-]++[ ]*+$)*+", re.DOTALL | re.MULTILINE)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        if not vault.is_draft(document):
            yield from _empty_sections(document)


def _empty_sections(document: Document) -> Iterator[Diagnostic]:
    text, headings = document.source.text, document.body.headings
    for number, heading in enumerate(headings):
        following = headings[number + 1] if number + 1 < len(headings) else None
        start = text.find("\n", heading.span.end)
        end = text.rfind("\n", 0, following.span.start) + 1 if following else len(text)
        has_parts = following is not None and following.level > heading.level
        if not has_parts and (start < 0 or NOTHING.fullmatch(text, start, max(start, end))):
            yield RULE.at(
                document.at(heading.span),
                f"the section {heading.text!r} is empty",
                help="write it, or delete its heading until you do",
            )
