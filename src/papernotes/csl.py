"""Entry → CSL-JSON, the form in which reference managers and Pandoc exchange works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from papernotes.entries import Entry, Person
from papernotes.references import links, people

TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
    "book": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "software": "software",
    "dataset": "dataset",
    "online": "webpage",
    "misc": "document",
    "unpublished": "manuscript",
}
FIELDS = {
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "edition": "edition",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "address": "publisher-place",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
}

DATE_PARTS = re.compile(r"\[\s*\[[\d\s,]+\]\s*\]")


def csl(entry: Entry) -> dict[str, object]:
    """The entry as one CSL item; what is unknown is left out."""
    arxiv_only = entry.eprint and not any(entry.fields.get(name) for name in ("journal", "booktitle", "doi"))
    item: dict[str, object] = {
        "id": entry.citekey,
        "type": "article" if arxiv_only else TYPES.get(entry.type, "document"),
        "title": entry.title,
    }
    named, _ = people(entry)
    if named:
        item["author"] = [_name(person) for person in named]
    if container := entry.fields.get("journal") or entry.fields.get("booktitle"):
        item["container-title"] = container
    if date := _date(entry):
        item["issued"] = {"date-parts": [date]}
    for field, name in FIELDS.items():
        if value := entry.fields.get(field):
            item.setdefault(name, value.replace("--", "–") if field == "pages" else value)
    if entry.eprint:
        item["number" if arxiv_only else "archive_location"] = f"arXiv:{entry.eprint}"
        item["archive" if not arxiv_only else "publisher"] = "arXiv"
    if address := next((address for name, address in links(entry) if name in ("Web", "arXiv")), ""):
        item["URL"] = address
    return item


def csl_json(entries: Iterable[Entry]) -> str:
    """Entries as a CSL-JSON document."""
    return pretty([csl(entry) for entry in entries])


def pretty(items: Sequence[Mapping[str, object]]) -> str:
    """CSL items as JSON that people read: a date takes one line."""
    text = json.dumps(items, ensure_ascii=False, indent=2)
    return DATE_PARTS.sub(lambda parts: "".join(parts[0].split()).replace(",", ", "), text)


def _name(person: Person) -> dict[str, str]:
    if not person.given:
        return {"literal": person.family}
    return {"family": person.family, "given": person.given}


def _date(entry: Entry) -> list[int]:
    """Year, and month where it is that year's: a preprint's month may fall before the year of publication."""
    year = entry.fields.get("year", "")
    if not (year.isascii() and year.isdigit()):
        return []
    date = entry.date
    return [int(year), date.month] if date and date.month and date.year == int(year) else [int(year)]
