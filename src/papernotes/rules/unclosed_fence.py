"""**What it finds.** A line of backticks or tildes that begins a block of code which nothing closes.

**Why it matters.** The page closes it with the next such line that it comes to, even one that the site writes below the
note: headings, text and references become code.

**Example.**

```markdown
~~~python
loss = -logsigmoid(margin)

## Results
```

**Use instead.**

```markdown
~~~python
loss = -logsigmoid(margin)
~~~

## Results
```

**Fix.** Close the block with a line of the same characters, as many as at its beginning.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.text import Span

RULE = Rule("PN622", "unclosed-fence", Severity.ERROR, __doc__, Reach.TEXT)
# A block with a word for its language and options in braces or behind it; what is more than that is text.
FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*(?:[\w#.+-]+(?:[ \t]+\w+=[^`\n]*)?|\{[^`\n]*\})?[ \t]*$", re.MULTILINE
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        text, at = document.source.text, document.body.start
        # What nothing closes here, nothing closes further on: one search and one finding for each.
        unclosed: set[str] = set()
        while opening := FENCE.search(text, at):
            at = opening.end()
            fence = opening["fence"]
            if fence in unclosed:
                continue
            if closing := re.compile(rf"^{fence}[ \t]*$", re.MULTILINE).search(text, at):
                at = closing.end()
                continue
            unclosed.add(fence)
            yield RULE.at(
                document.at(Span(opening.start(), opening.start() + len(fence))),
                f"nothing closes the block of code that these {fence} begin",
                help=f"add a line {fence} where the code ends",
            )
