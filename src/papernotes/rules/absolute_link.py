"""**What it finds.** A link inside the vault that begins with `/`, or with the address of the site itself.

**Why it matters.** It works at one address of the site only: not below another path, not in a preview, not on a disk.
Nothing can check it, and backlinks do not know it.

**Example.**

```markdown
See [the Transformer](/transformer/).
```

**Use instead.**

```markdown
See [the Transformer](transformer.md).
```

**Fix.** Link to the file, relative to the one it stands in: `dpo.md`, `../dpo.md`, `assets/loss.svg`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import LinkKind

RULE = Rule("PN205", "absolute-link", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    site = vault.config.site_url.rstrip("/")
    for document in vault.documents:
        for link in document.body.links:
            written = link.destination
            if link.kind is LinkKind.WIKI:
                continue
            if written.startswith("/") and not written.startswith("//"):
                message = f"{written[:100]!r} is a path from the root of a web server, not of the vault"
            elif site and (written == site or written.startswith((f"{site}/", f"{site}#"))):
                message = f"{written[:100]!r} is the address of this site"
            else:
                continue
            yield RULE.at(
                document.at(link.span), message, help="link to the file: note.md, ../note.md, assets/image.svg"
            )
