"""**What it finds.** A file in `notes/` of a kind that the site does not carry: a script, a page of HTML, settings of a
server, a document of an office program.

**Why it matters.** The site publishes notes, images (PNG, JPEG, GIF, WebP, AVIF, SVG), films (MP4, WebM), PDF and CSV.
Anything else could run in readers' browsers or change what the server does, so it is left out, and links to it break.

**Example.**

```text
notes/assets/attention.html
```

**Use instead.**

```text
notes/assets/attention.svg
```

**Fix.** Export it as an image, link to where it is published, or move it out of `notes/`.
"""

from collections.abc import Iterator

from papernotes.attachments import is_published
from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.diagrams import FOLDER
from papernotes.inspection import Inspection
from papernotes.text import Source

RULE = Rule("PN620", "unpublished-file", Severity.WARNING, __doc__)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    folder = vault.config.notes.relative_to(vault.config.root).as_posix()
    for path in vault.library.files:
        if not is_published(path) and not path.startswith(f"{FOLDER}/"):
            yield RULE.at(
                Source(f"{folder}/{path}", "").at(0),
                "the site does not carry files of this kind",
                help="export it as an image, or move it out of notes/",
            )
