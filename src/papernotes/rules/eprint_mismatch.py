"""**What it finds.** An entry that names two arXiv ids: another in `url`, `pdf`, `doi` (`10.48550/arXiv.…`),
`journal` or `volume` than in `eprint`. Versions may differ.

**Why it matters.** One of the links leads to another paper.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  eprint = {2001.08361},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2001.08316}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  eprint = {2001.08361},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2001.08361}
}
```

**Fix.** Follow both, and keep the right one.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.identifier_forms import ARXIV_ADDRESS, ARXIV_DOI, bare_arxiv
from papernotes.inspection import Inspection

RULE = Rule("PN314", "eprint-mismatch", Severity.WARNING, __doc__, Reach.TEXT)
PLACES = (
    ("url", ARXIV_ADDRESS),
    ("pdf", ARXIV_ADDRESS),
    ("doi", ARXIV_DOI),
    ("journal", re.compile(r"\barXiv:?\s*(?:abs/)?((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d[\d.]*(?:v\d+)?)", re.IGNORECASE)),
    ("volume", re.compile(r"\babs/((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d[\d.]*(?:v\d+)?)", re.IGNORECASE)),
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        named = list(_named(entry))
        for name, identifier, start, end in named[1:]:
            first, expected, *_ = named[0]
            if identifier != expected:
                yield RULE.at(
                    entry.part(name, start, end),
                    f"{entry.citekey}: {name} names arXiv's {identifier}, {first} names {expected}",
                    help="follow both, and keep the right one",
                    related=(entry.field(first),),
                )


def _named(entry: Entry) -> Iterator[tuple[str, str, int, int]]:
    """Every arXiv id of an entry: field, id, and where in the field's text it stands."""
    if identifier := bare_arxiv(entry.eprint):
        yield "eprint", identifier, 0, len(entry.eprint)
    for name, pattern in PLACES:
        text = entry.written.get(name)
        if text and (found := pattern.search(text)) and (identifier := bare_arxiv(found[1])):
            yield name, identifier, *found.span(1)
