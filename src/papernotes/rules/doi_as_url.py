"""**What it finds.** A `doi` field with an address or the word `doi:` before the DOI.

**Why it matters.** Styles put `https://doi.org/` before it: the link then holds it twice and leads nowhere.

**Example.**

```bibtex
@article{lecun2015deep,
  author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  title = {Deep learning},
  journal = {Nature},
  year = {2015},
  doi = {https://doi.org/10.1038/nature14539}
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

**Fix.** Leave only what begins with `10.`; `papernotes check --fix` does.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.identifier_forms import DOI_BEFORE
from papernotes.inspection import Inspection

RULE = Rule("PN330", "doi-as-url", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        written = entry.written.get("doi", "")
        if found := DOI_BEFORE.match(written):
            place = entry.part("doi", *found.span())
            certain = place.text == found[0] and written.startswith("10.", found.end())
            yield RULE.at(
                place,
                f"{entry.citekey}: {found[0].strip()!r} does not belong to the DOI",
                help="leave only what begins with 10.",
                fix=replace_text(place, "") if certain else None,
            )
