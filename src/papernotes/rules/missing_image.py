"""**What it finds.** An image that the vault does not have, or one of another site.

**Why it matters.** The page shows its text instead of the image. Images of other sites are never shown: each reader's
browser would have to ask those sites, and they go away.

**Example.**

```markdown
![The two encoders of CLIP](assets/clip-encodres.svg)
```

**Use instead.**

```markdown
![The two encoders of CLIP](assets/clip-encoders.svg)
```

**Fix.** Correct the path, which is relative to the file it stands in; put images of your own into `notes/assets/`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean
from papernotes.links import target_of
from papernotes.model import LinkKind
from papernotes.spelling import Spelling

RULE = Rule("PN204", "missing-image", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    files = vault.library.files
    spelling = Spelling(files)
    for document in vault.documents:
        for link in document.body.links:
            target = target_of(document, link)
            if link.kind is not LinkKind.IMAGE or target.path in files or target.path.startswith("/"):
                continue
            if target.external and not target.path.startswith(("http:", "https:", "//")):
                continue
            if target.external:
                yield RULE.at(
                    document.at(link.span),
                    f"the page shows no image of another site: {link.destination[:100]!r}",
                    help="draw your own and put it into notes/assets/, or link to it",
                )
            else:
                yield RULE.at(
                    document.at(link.span),
                    f"there is no image {link.destination[:100]!r}",
                    help=did_you_mean(spelling.nearest(target.path), "correct the path, or add the image"),
                )
