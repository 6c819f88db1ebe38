"""**What it finds.** An arXiv id that cannot be one, in `eprint`, `url` or `pdf`: months there are not, too few or
too many digits, archives that never were, an address or `arXiv:` where the id alone should stand.

**Why it matters.** The link to the paper is dead, and the work's date, which follows the id, is unknown.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  eprint = {arXiv:2001.08361},
  archiveprefix = {arXiv}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  eprint = {2001.08361},
  archiveprefix = {arXiv}
}
```

**Fix.** Correct the id. Ids of other archives say so: `archiveprefix = {HAL}`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.entries import Entry
from papernotes.identifier_forms import ARXIV_ADDRESS, arxiv_fault
from papernotes.inspection import Inspection

RULE = Rule("PN310", "malformed-arxiv-id", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        if entry.eprint:
            yield from _judged(entry, "eprint", 0, entry.eprint)
        for name in ("url", "pdf"):
            if found := ARXIV_ADDRESS.search(entry.fields.get(name, "")):
                yield from _judged(entry, name, found.start(1), found[1].rstrip("/").removesuffix(".pdf"))


def _judged(entry: Entry, name: str, start: int, text: str) -> Iterator[Diagnostic]:
    if fault := arxiv_fault(text):
        place = entry.part(name, start, start + len(text))
        named = "archiveprefix" in entry.fields or name != "eprint"
        yield RULE.at(
            place,
            f"{entry.citekey}: {text!r} is no arXiv id: {fault.message}",
            help="correct the id" if named else "correct the id, or name its archive in archiveprefix",
            fix=replace_exactly(place, text, fault.repaired),
        )
