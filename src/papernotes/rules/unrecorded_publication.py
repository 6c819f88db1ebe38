"""**What it finds.** An entry of a preprint that was published: its `note`, `comment` or `journalref` says where, or
another entry with a venue has its title and first author.

**Why it matters.** Readers are told that a reviewed paper is a preprint, and the work may be in the bibliography
twice.

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  eprint = {2106.09685},
  archiveprefix = {arXiv},
  note = {accepted at ICLR 2022}
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

**Fix.** Give the entry type, year and venue of the published version; `eprint` stays.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.entry_types import is_preprint
from papernotes.identifier_forms import bare_arxiv
from papernotes.inspection import Inspection
from papernotes.variants import first_author, title_form

RULE = Rule("PN323", "unrecorded-publication", Severity.WARNING, __doc__, Reach.TEXT)
PUBLISHED = re.compile(
    r"(?<!not )(?<!yet )\b(?i:accepted|to appear|to be published|published|appeared|presented)\b"
    r"(?i:\s+(?:as|for|a|an|the|full|long|short|oral|poster|spotlight|conference|workshop|journal|publication|paper)){0,6}"
    r"(?i:\s+(?:at|in|by|to))(?:\s+the)?\s+\{*[A-Z]\w+[^.;]{0,60}"
)
REFERENCES = ("journalref", "journal-ref", "journal_ref")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    preprints = [entry for entry in vault.entries if is_preprint(entry)]
    titles = {(title_form(entry.title), first_author(entry)) for entry in preprints}
    published = {
        key: entry
        for entry in vault.entries
        if (entry.fields.get("booktitle") or entry.fields.get("journal"))
        and not is_preprint(entry)
        and (key := (title_form(entry.title), first_author(entry))) in titles
    }
    for entry in preprints:
        other = published.get((title_form(entry.title), first_author(entry)))
        # Of the same year, or with the same id, they are duplicate-work.
        same = other and (other.fields.get("year") == entry.fields.get("year") or _same_id(other, entry))
        if other and not same:
            venue = other.fields.get("booktitle") or other.fields.get("journal")
            yield RULE.at(
                entry.field("title"),
                f"{entry.citekey} is entered as a preprint, and {other.citekey} has its title: {venue}",
                help="make one entry of the two, with the venue of the published version",
                related=(other.location,),
            )
        else:
            yield from _said(entry)


def _same_id(one: Entry, other: Entry) -> bool:
    return bare_arxiv(one.eprint) == bare_arxiv(other.eprint) != ""


def _said(entry: Entry) -> Iterator[Diagnostic]:
    """What the entry itself says of a publication."""
    for name in ("note", "comment", "comments", "howpublished", *REFERENCES):
        written = entry.written.get(name)
        if not written:
            continue
        start, end = 0, len(written)
        if name not in REFERENCES:
            if not (found := PUBLISHED.search(written)):
                continue
            start, end = found.span()
        yield RULE.at(
            entry.part(name, start, end),
            f"{entry.citekey} is entered as a preprint, and its {name} says: {written[start:end][:80].strip()}",
            help="give type, year and venue of the published version",
        )
        return
