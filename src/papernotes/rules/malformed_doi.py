"""**What it finds.** A `doi` that cannot be one: no `10.`, no slash, spaces or quotes in it, characters escaped for
LaTeX, a full stop after it.

**Why it matters.** The link to the publisher is dead, and the entry is not recognised as the work that it is.

**Example.**

```bibtex
@article{lecun2015deep,
  author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  title = {Deep learning},
  journal = {Nature},
  year = {2015},
  doi = {10.1038/nature14539.}
}
```

**Use instead.**

```bibtex
@article{lecun2015deep,
  author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  title = {Deep learning},
  journal = {Nature},
  year = {2015},
  doi = {10.1038/nature14539}
}
```

**Fix.** Copy the DOI from the publisher's page, from `10.` to its end, as it is.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.identifier_forms import DOI_BEFORE, doi_fault
from papernotes.inspection import Inspection

RULE = Rule("PN311", "malformed-doi", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        written = entry.fields.get("doi", "")
        before = DOI_BEFORE.match(written)
        start = before.end() if before else 0
        doi = written[start:]
        if written and (fault := doi_fault(doi)):
            place = entry.part("doi", start, len(written))
            yield RULE.at(
                place,
                f"{entry.citekey}: {doi!r} is no DOI: {fault.message}",
                help=f"write {fault.repaired}" if fault.repaired else "copy it from the publisher's page",
                fix=replace_exactly(place, doi, fault.repaired),
            )
