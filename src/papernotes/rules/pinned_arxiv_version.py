"""**What it finds.** A link to one version of an arXiv paper.

**Why it matters.** Readers get a version that may have been corrected since, and two notes that link to two versions
look like two papers.

**Example.**

```markdown
[Paper](https://arxiv.org/abs/2305.18290v2)
```

**Use instead.**

```markdown
[Paper](https://arxiv.org/abs/2305.18290)
```

**Fix.** Take the version out (`papernotes check --fix --unsafe-fixes` does), unless you mean just that version; then
ignore this rule on its line.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.text import Span

RULE = Rule("PN209", "pinned-arxiv-version", Severity.WARNING, __doc__, Reach.TEXT)
PINNED = re.compile(
    r"https?://(?:www\.|[a-z]{2}\.)?arxiv\.org/(?:abs|html)/(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?P<version>v\d+)\b",
    re.IGNORECASE,
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document, link in vault.web_links:
        if found := PINNED.match(link.destination):
            place = document.at(Span(*(link.span.start + offset for offset in found.span("version"))))
            yield RULE.at(
                place,
                f"this links to {found['version']} of an arXiv paper",
                help="leave the version out: arXiv then shows the newest",
                fix=replace_text(place, "", safe=False) if place.text == found["version"] else None,
            )
