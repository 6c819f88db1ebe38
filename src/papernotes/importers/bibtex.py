"""BibTeX and BibLaTeX, Better BibTeX's exports among them → works."""

from __future__ import annotations

import re
from collections.abc import Mapping

from papernotes.bibtex import DECODED, decode_latex, read_bibliography, read_names
from papernotes.entries import Entry, Person
from papernotes.identifier_forms import bare_arxiv
from papernotes.importers.extras import read_extra
from papernotes.importers.found import Found, FoundWork, Remark
from papernotes.metadata.dates import date_text
from papernotes.naming import LEGAL_CITEKEY
from papernotes.record import clean_text, person, record_of
from papernotes.text import Source

NAME = "bibtex"
SAYS = "BibTeX or BibLaTeX (.bib), with Better BibTeX's `cites:` in note or extra"
# BibLaTeX's names and types, and what BibTeX calls them.
RENAMED = {
    "journaltitle": "journal",
    "location": "address",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "maintitle": "booktitle",
}
RETYPED = {
    "conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "electronic": "online",
    "www": "online",
}
# What no field of papers.bib is for: it goes to the note, or to the report.
LEFT = frozenset(
    """abstract keywords keyword file annote annotation review timestamp owner groups date-added date-modified
    bdsk-url-1 bdsk-url-2 bdsk-file-1 mendeley-tags mendeley-groups urldate langid language shorttitle creationdate
    modificationdate __markedentry readstatus ranking priority printed qualityassured relevance comment""".split()
)
# How Google Scholar, among others, writes that a work is only on arXiv.
ARXIV_JOURNAL = re.compile(r"(?:arxiv(?: e-prints?| preprint)?,? )?arxiv:\s*(\S+?)(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
FIELD_NAME = re.compile(r"[a-z][a-z0-9_:+-]{0,40}")
NOTES = ("annote", "annotation", "review", "comment")


def recognises(source: Source) -> bool:
    """A file that ends in .bib, or begins an entry."""
    return source.path.endswith(".bib") or bool(re.match(r"\s*(?:%[^\n]*\n\s*)*@\w+\s*[{(]", source.text))


def read(source: Source) -> Found:
    """Every entry that can be read; what cannot is a remark."""
    found = read_bibliography(source)
    remarks = tuple(
        Remark(f"{source.path}:{fault.location.start.line}", fault.message, lost=True) for fault in found.faults
    )
    return Found(tuple(_work(source, entry) for entry in found.entries), remarks=remarks)


def _work(source: Source, entry: Entry) -> FoundWork:
    fields: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    for name, value in entry.fields.items():
        if name in ("author", "editor", "cites", "note", "extra", "date"):
            continue
        if name in NOTES:
            continue
        if name in LEFT or not FIELD_NAME.fullmatch(name):
            left.append((name, value))
        else:
            fields.setdefault(RENAMED.get(name, name), value if name in DECODED else decode_latex(value))
    if address := re.fullmatch(r"<?(https?://[^\s<>]+)>?", fields.get("howpublished", "")):
        fields.setdefault("url", address[1])
        del fields["howpublished"]
    type = RETYPED.get(entry.type, entry.type)
    if (preprint := ARXIV_JOURNAL.fullmatch(fields.get("journal", ""))) and bare_arxiv(preprint[1]):
        fields.setdefault("eprint", preprint[1])
        del fields["journal"]
        type = "misc" if type == "article" else type
    if "year" not in fields:
        fields |= date_text(entry.fields.get("date", ""))
    # Of these two, white space matters: every line of an Extra is a field of its own.
    extra = read_extra("\n".join(_verbatim(entry, name) for name in ("note", "extra")))
    fields = {**extra.fields, **fields}
    if extra.rest:
        fields["note"] = decode_latex(extra.rest)
    cites = entry.cites if extra.cites is None else tuple(dict.fromkeys((*(entry.cites or ()), *extra.cites)))
    record = record_of(
        type,
        fields,
        authors=_people(entry.fields, "author"),
        editors=_people(entry.fields, "editor"),
        citekey=entry.citekey if LEGAL_CITEKEY.fullmatch(entry.citekey) else "",
        cites=cites,
        left=left,
    )
    line = entry.location.start.line
    notes = [decode_latex(entry.fields[name]) for name in NOTES if name in entry.fields]
    return FoundWork(record, f"{source.path}:{line} {clean_text(entry.citekey)}", "\n\n".join(filter(None, notes)))


def _verbatim(entry: Entry, name: str) -> str:
    span = entry.field_spans.get(name)
    return entry.source.text[span.start + 1 : span.end - 1] if span else ""


def _people(fields: Mapping[str, str], role: str) -> list[Person | None]:
    return [person(name.family, name.given) for name in read_names(fields.get(role, ""))]
