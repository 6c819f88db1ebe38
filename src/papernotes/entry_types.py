"""The types of BibTeX entries: which there are, what each must have, and which entries are preprints."""

from __future__ import annotations

import re
from collections.abc import Mapping

from papernotes.entries import Entry

Alternatives = tuple[str, ...]
AUTHOR: Alternatives = ("author", "editor", "organization")
TITLE: Alternatives = ("title",)
YEAR: Alternatives = ("year", "date")
JOURNAL: Alternatives = ("journal", "journaltitle")
BOOKTITLE: Alternatives = ("booktitle",)
PUBLISHER: Alternatives = ("publisher",)
SCHOOL: Alternatives = ("school", "institution")
ADDRESS: Alternatives = ("url", "doi", "eprint", "howpublished")
ELECTRONIC = (TITLE, ADDRESS, YEAR)
THESIS = (("author",), TITLE, SCHOOL, YEAR)
REPORT = (AUTHOR, TITLE, ("institution", "organization"), YEAR)
IN_PROCEEDINGS = (AUTHOR, TITLE, BOOKTITLE, YEAR)

# BibTeX's own requirements (btxdoc, §3.1), some of biblatex's types, and ours for what is published on the web.
REQUIRED: Mapping[str, tuple[Alternatives, ...]] = {
    "article": (AUTHOR, TITLE, JOURNAL, YEAR),
    "book": (AUTHOR, TITLE, PUBLISHER, YEAR),
    "booklet": (TITLE,),
    "collection": (AUTHOR, TITLE, YEAR),
    "conference": IN_PROCEEDINGS,
    "dataset": ELECTRONIC,
    "electronic": ELECTRONIC,
    "inbook": (AUTHOR, TITLE, ("chapter", "pages", "booktitle"), PUBLISHER, YEAR),
    "incollection": (AUTHOR, TITLE, BOOKTITLE, PUBLISHER, YEAR),
    "inproceedings": IN_PROCEEDINGS,
    "manual": (TITLE,),
    "mastersthesis": THESIS,
    "misc": (TITLE, YEAR),
    "online": ELECTRONIC,
    "patent": (("author", "holder"), TITLE, ("number",), YEAR),
    "phdthesis": THESIS,
    "proceedings": (TITLE, YEAR),
    "report": REPORT,
    "software": ELECTRONIC,
    "techreport": REPORT,
    "thesis": THESIS,
    "unpublished": (AUTHOR, TITLE, ("note", "year", "date")),
    "www": ELECTRONIC,
}
OTHERS = (
    "artwork audio bibnote bookinbook commentary customa customb customc customd custome customf image inreference "
    "jurisdiction legal legislation letter movie music mvbook mvcollection mvproceedings mvreference performance "
    "periodical preprint reference review set standard suppbook suppcollection suppperiodical video xdata"
).split()
ENTRY_TYPES = frozenset((*REQUIRED, *OTHERS))
UNPUBLISHED = frozenset(("article", "misc", "online", "preprint", "unpublished"))
NO_JOURNAL = re.compile(r"arxiv\b.*|corr|computing research repository.*", re.IGNORECASE)


def missing_fields(entry: Entry, inherited: Mapping[str, str]) -> tuple[Alternatives, ...]:
    """What an entry of its type must have and lacks; each by the names of fields of which one is enough."""
    return tuple(
        names
        for names in REQUIRED.get(entry.type, ())
        if not any(entry.fields.get(name) or inherited.get(name) for name in names)
    )


def is_preprint(entry: Entry) -> bool:
    """Whether an entry says that it is on arXiv and nothing of a venue."""
    if entry.type not in UNPUBLISHED or entry.fields.get("booktitle"):
        return False
    journal = entry.fields.get("journal") or entry.fields.get("journaltitle")
    return bool(NO_JOURNAL.fullmatch(journal) if journal else entry.eprint)
