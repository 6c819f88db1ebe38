"""**What it finds.** Two entries for one work: with the same DOI or arXiv id (an error), or with the same title, year
and first author (a warning).

**Why it matters.** Citations and edges are divided between the two, and each page tells half of the story.

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  eprint = {2106.09685},
  archiveprefix = {arXiv}
}

@inproceedings{hu2022lowrank,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {International Conference on Learning Representations},
  year = {2022},
  eprint = {2106.09685},
  archiveprefix = {arXiv}
}
```

**Use instead.**

```bibtex
@inproceedings{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {International Conference on Learning Representations},
  year = {2022},
  eprint = {2106.09685},
  archiveprefix = {arXiv}
}
```

**Fix.** Keep one entry, with type, year and venue of the published version and the id of the preprint; `papernotes
rename` leads citations of the other key to it.
"""

from collections.abc import Iterator
from dataclasses import replace

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.identifier_forms import ARXIV_DOI, DOI_BEFORE, bare_arxiv
from papernotes.inspection import Inspection
from papernotes.variants import first_author, title_form

RULE = Rule("PN322", "duplicate-work", Severity.ERROR, __doc__, Reach.TEXT)
Identifiers = dict[str, tuple[str, str]]


def check(vault: Inspection) -> Iterator[Diagnostic]:
    by_identifier: dict[tuple[str, str], Entry] = {}
    by_title: dict[tuple[str, str, str], tuple[Entry, Identifiers]] = {}
    for entry in vault.entries:
        if vault.library.by_citekey[entry.citekey] is not entry:
            continue
        identifiers = _identifiers(entry)
        same = [
            (field, first)
            for kind, (value, field) in identifiers.items()
            if (first := by_identifier.setdefault((kind, value), entry)) is not entry
        ]
        key = (title_form(entry.title), entry.fields.get("year", ""), first_author(entry))
        namesake, others = by_title.setdefault(key, (entry, identifiers))
        if same:
            field, first = same[0]
            yield RULE.at(
                entry.field(field),
                f"{entry.citekey} is the work {first.citekey}: they have the same {field}",
                help="keep one entry",
                related=(first.location,),
            )
        elif namesake is not entry and not _told_apart(identifiers, others):
            yield replace(
                RULE.at(
                    entry.field("title"),
                    f"{entry.citekey} has title, year and first author of {namesake.citekey}",
                    help="keep one entry, if they are one work",
                    related=(namesake.location,),
                ),
                severity=Severity.WARNING,
            )


def _identifiers(entry: Entry) -> Identifiers:
    """arXiv id and DOI of an entry, each with the field that says it."""
    found: Identifiers = {}
    if identifier := bare_arxiv(entry.eprint):
        found["arXiv"] = (identifier, "eprint")
    if doi := entry.fields.get("doi"):
        doi = DOI_BEFORE.sub("", doi, count=1).lower()
        of_preprint = ARXIV_DOI.fullmatch(doi)
        if not of_preprint:
            found["DOI"] = (doi, "doi")
        elif identifier := bare_arxiv(of_preprint[1]):
            found.setdefault("arXiv", (identifier, "doi"))
    return found


def _told_apart(some: Identifiers, others: Identifiers) -> bool:
    """Whether two works have different identifiers of one kind."""
    return any(kind in others and others[kind][0] != value for kind, (value, _) in some.items())
