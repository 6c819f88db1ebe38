"""**What it finds.** A title or alias that is also the title, an alias or the slug of another note in the same
language.

**Why it matters.** `[[wiki links]]` by that name lead to only one of the two, and search shows two notes under one
name.

**Example.**

```yaml
title: Self-attention
aliases: [transformer]        # while notes/transformer.md exists
```

**Use instead.**

```yaml
title: Self-attention
aliases: [intra-attention]
```

**Fix.** Remove the alias, or make the titles say what sets the notes apart.
"""

from collections.abc import Iterator, Sequence

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note, Place, Translation
from papernotes.text import Location

RULE = Rule("PN116", "clashing-alias", Severity.WARNING, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    by_language: dict[str, list[Note | Translation]] = {}
    for document in vault.documents:
        if document.place is Place.NOTE:
            by_language.setdefault(document.lang, []).append(document)
    slugs = {note.slug: note.head for note in vault.library.by_slug.values()}
    for documents in by_language.values():
        yield from _clashes(documents, slugs)


def _clashes(documents: Sequence[Note | Translation], slugs: dict[str, Location]) -> Iterator[Diagnostic]:
    titles = ((d, d.meta.title, d.field("title")) for d in documents if d.meta.title)
    aliases = ((d, alias, d.field("aliases", i)) for d in documents for i, alias in enumerate(d.meta.aliases))
    first: dict[str, tuple[Note | Translation, Location]] = {}
    # All titles come first: where an alias meets a title, the alias is what should go.
    for named in (titles, aliases):
        for document, name, location in named:
            other, where = first.setdefault(" ".join(name.casefold().split()), (document, location))
            if other.slug != document.slug:
                message = f"{name!r} is also a name of {other.source.path}"
            elif name in slugs and name != document.slug and named is aliases:
                message, where = f"{name!r} is the slug of {slugs[name].source.path}", slugs[name]
            else:
                continue
            yield RULE.at(location, message, help="give the two notes different names", related=(where,))
