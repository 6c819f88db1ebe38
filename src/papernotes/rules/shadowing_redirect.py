"""**What it finds.** A redirect from an address that is a page: of another note, a topic, a work, or one that the site
makes itself.

**Why it matters.** One of the two would overwrite the other, and readers of the page would land elsewhere.

**Example.**

```yaml
redirects: [timeline]
```

**Use instead.**

```yaml
redirects: [202502191442]
```

**Fix.** Remove the redirect, or rename the note whose address it takes.
"""

from collections.abc import Iterator, Mapping

from papernotes.addresses import is_own
from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note
from papernotes.page import entry_address
from papernotes.rules.redirect_loop import in_circles, redirects
from papernotes.text import Location

RULE = Rule("PN110", "shadowing-redirect", Severity.ERROR, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    if not any(note.meta.redirects for note in vault.originals):
        return
    pages, circle = _pages(vault), in_circles(vault)
    for _, old, location in redirects(vault):
        if old in circle:
            continue
        page = pages.get(old.casefold())
        if page is not None or is_own(old, vault.config.languages):
            message = f"{old!r} is the address of a page"
            related = (page,) if page else ()
            yield RULE.at(location, message, help="remove this redirect, or rename the page's file", related=related)


def _pages(vault: Inspection) -> Mapping[str, Location]:
    """Where the page of each address comes from; addresses in every language, case folded."""
    found: dict[str, Location] = {}
    for entry in vault.library.by_citekey.values():
        found[entry_address(entry.citekey).casefold()] = entry.location
    for note in vault.originals:
        found[note.address.casefold()] = _title(note)
    prefixes = ("", *(f"{language}/" for language in vault.config.languages[1:]))
    return {prefix + name: where for prefix in prefixes for name, where in found.items()}


def _title(note: Note) -> Location:
    return note.field("title")
