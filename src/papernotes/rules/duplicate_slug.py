"""**What it finds.** Two files that would be one page: notes of one name in two folders, or a note with the name of a
page that the site makes itself, such as `timeline.md` or `index.md` in a folder.

**Why it matters.** A note's address is its name without its folder. One of the two pages would overwrite the other.

**Example.**

```text
notes/vision/attention.md
notes/language/attention.md
```

**Use instead.**

```text
notes/vision/visual-attention.md
notes/language/attention.md
```

**Fix.** `papernotes rename` gives a note another name and mends the links to it.
"""

from collections.abc import Iterator

from papernotes.addresses import is_own
from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note, Place, Translation

RULE = Rule("PN107", "duplicate-slug", Severity.ERROR, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    first: dict[tuple[str, Place, str], Note | Translation] = {}
    for document in vault.documents:
        other = first.setdefault((document.lang, document.place, document.slug), document)
        if other is not document:
            yield RULE.at(
                document.head,
                f"{other.source.path} has the same name, so both would be one page",
                help="rename one of them: its folder is no part of a note's address",
                related=(other.head,),
            )
        elif isinstance(document, Note) and is_own(document.address, vault.config.languages):
            yield RULE.at(
                document.head,
                f"the site makes a page {document.address!r} itself",
                help=f"rename the file, for example to {document.slug.lower()}-note.md",
            )
