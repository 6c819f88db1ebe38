"""**What it finds.** A link to a note or file of the vault that is not there.

**Why it matters.** A reader who follows it meets an error page.

**Example.**

```markdown
See [the Transformer](transfomer.md).
```

**Use instead.**

```markdown
See [the Transformer](transformer.md).
```

**Fix.** Correct the path, which is relative to the file it stands in; `papernotes check --fix --unsafe-fixes` does
where only one note can be meant. `[[slug]]` finds a note by its slug or an alias.
"""

import html
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_within
from papernotes.html_allowlist import scheme_of
from papernotes.inspection import Inspection, did_you_mean
from papernotes.links import resolve_note, target_of
from papernotes.model import Document, Link, LinkKind

RULE = Rule("PN202", "broken-note-link", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    library = vault.library
    for document in vault.documents:
        for link in document.body.links:
            target = target_of(document, link)
            if link.kind is LinkKind.IMAGE or target.external or not target.path:
                continue
            if link.kind is not LinkKind.WIKI and not (_is_path(target.path) and _is_path(link.destination)):
                continue
            if resolve_note(library, document, link) is None and target.path not in library.files:
                folder, _, name = target.path.rpartition("/")
                slug, topic, place = name.removesuffix(".md"), folder.endswith("topics"), document.at(link.span)
                yield RULE.at(
                    place,
                    f"{link.destination!r} leads nowhere: the vault has no such note or file",
                    help=did_you_mean(vault.near_slug(slug, topic=topic), "correct the path, or write the note"),
                    fix=replace_within(place, slug, _meant(vault, document, link, slug, topic=topic)),
                )


def _meant(vault: Inspection, document: Document, link: Link, slug: str, *, topic: bool) -> str | None:
    """The slug that a wrong one can have meant, if the link leads to its note with nothing else changed."""
    meant = vault.meant_slug(slug, topic=topic)
    mended = link._replace(destination=link.destination.replace(slug, meant)) if meant else None
    return meant if mended and resolve_note(vault.library, document, mended) is not None else None


def _is_path(destination: str) -> bool:
    """Whether it is a path from the text it stands in: `absolute-link` and `unsafe-link` find what is not."""
    return not destination.startswith("/") and scheme_of(html.unescape(destination)) is None
