"""**What it finds.** Redirects that lead nowhere new: a note that claims its own address, notes that claim each
other's, or two notes that claim the same old address.

**Why it matters.** A browser that follows a circle of redirects ends with an error, and an old address can lead to only
one note.

**Example.**

```yaml
redirects: [202502191442, 202502191442]
```

**Use instead.**

```yaml
redirects: [202502191442]
```

**Fix.** Remove the redirect from the note that never had that address.
"""

from collections.abc import Iterator, Mapping

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Note
from papernotes.text import Location

RULE = Rule("PN111", "redirect-loop", Severity.ERROR, __doc__, Reach.FACES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    claimed: dict[str, tuple[Note, Location]] = {}
    for note, old, location in redirects(vault):
        other, where = claimed.setdefault(old, (note, location))
        if where != location:
            owner = "this note" if other is note else other.source.path
            message = f"the redirect {old!r} is claimed by {owner} already"
            yield RULE.at(location, message, help="keep it in one place", related=(where,))
    circle = in_circles(vault)
    for note, old, location in redirects(vault):
        if old in circle and claimed[old][0] is note:
            alone = old == note.address
            message = "a note cannot redirect its own address" if alone else "these redirects go in a circle"
            yield RULE.at(location, message, help="remove it: this address is a page")


def redirects(vault: Inspection) -> Iterator[tuple[Note, str, Location]]:
    """Every old address that a note claims, without slashes at its ends."""
    for note in vault.originals:
        for number, written in enumerate(note.meta.redirects):
            yield note, address(written), note.field("redirects", number)


def address(written: str) -> str:
    """An old path as an address of the site: `/old/dpo.md` and `old/dpo/` are one."""
    return written.strip("/").removesuffix(".md")


def in_circles(vault: Inspection) -> frozenset[str]:
    """The redirects that, followed from note to note, come back to themselves. O(redirects)."""
    leads: dict[str, str] = {}
    for note, old, _ in redirects(vault):
        leads.setdefault(old, note.address)
    return frozenset(_circles(leads))


def _circles(leads: Mapping[str, str]) -> Iterator[str]:
    done: set[str] = set()
    for start in leads:
        path: dict[str, None] = {}
        at = start
        while at in leads and at not in done and at not in path:
            path[at] = None
            at = leads[at]
        if at in path:
            walked = list(path)
            yield from walked[walked.index(at) :]
        done |= path.keys()
