"""Entry → its label "Rafailov et al., 2023", its reference in a list, and its links."""

from __future__ import annotations

import re
from functools import lru_cache

from papernotes.entries import Entry, Person

ARXIV, DOI = "https://arxiv.org/abs/", "https://doi.org/"
OWN_FIELDS = ("cites", "venue", "pdf", "code", "project")
FORMULA = re.compile(r"\$([^$\n]*)\$")
FACE_OR_MARK = re.compile(r"\\(?:math\w+|text\w*|operatorname|left|right|,|;|!|:)(?![a-z])|[\\{}^_]")
# An entry is shown on many pages, and reads alike on all.
REMEMBERED = 50_000
SAFE_SCHEMES = ("http://", "https://", "mailto:")


@lru_cache(maxsize=REMEMBERED)
def people(entry: Entry) -> tuple[tuple[Person, ...], bool]:
    """The people of an entry, and whether there are others."""
    named = tuple(person for person in entry.authors if person != Person("others"))
    return named, len(named) < len(entry.authors)


@lru_cache(maxsize=REMEMBERED)
def label(entry: Entry) -> str:
    """How a citation reads in text: `Rafailov et al., 2023`."""
    named, others = people(entry)
    year = entry.fields.get("year", "n.d.")
    if not named:
        return f"{entry.fields.get('organization') or entry.title}, {year}"
    if len(named) == 1:
        return f"{named[0].family}{' et al.' if others else ''}, {year}"
    if len(named) == 2 and not others:
        return f"{named[0].family} & {named[1].family}, {year}"
    return f"{named[0].family} et al., {year}"


def plain_title(entry: Entry) -> str:
    """The title as text alone: of formulas only their letters, signs and names."""
    return FORMULA.sub(lambda formula: " ".join(FACE_OR_MARK.sub("", formula[1]).split()), entry.title)


@lru_cache(maxsize=REMEMBERED)
def names(entry: Entry, most: int = 12) -> str:
    """The authors as a list of names, `et al.` after `most` of them."""
    named, others = people(entry)
    if not named:
        return entry.fields.get("organization") or entry.fields.get("institution") or ""
    shown = [str(person) for person in named[:most]]
    if others or len(named) > most:
        return ", ".join(shown) + " et al."
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]


@lru_cache(maxsize=REMEMBERED)
def venue(entry: Entry) -> str:
    """Where a work appeared, in short: the venue, the journal or proceedings, the institution, else arXiv."""
    for name in ("venue", "journal", "booktitle", "publisher", "institution", "howpublished"):
        if value := entry.fields.get(name):
            return value
    return "arXiv" if entry.eprint else ""


@lru_cache(maxsize=REMEMBERED)
def plain_reference(entry: Entry) -> str:
    """One line of plain text: authors, year, title, venue, identifier."""
    parts = [names(entry), f"({entry.fields.get('year', 'n.d.')})", f"{entry.title}."]
    where = entry.fields.get("journal") or entry.fields.get("booktitle") or entry.fields.get("institution") or ""
    if where:
        parts.append(f"{where}.")
    if entry.eprint:
        parts.append(f"arXiv:{entry.eprint}.")
    if doi := entry.fields.get("doi"):
        parts.append(f"doi:{doi}.")
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=REMEMBERED)
def links(entry: Entry) -> tuple[tuple[str, str], ...]:
    """(name, address) of everything outside that an entry leads to; addresses of other schemes are left out."""
    found: list[tuple[str, str]] = []
    if entry.eprint:
        found.append(("arXiv", ARXIV + entry.eprint))
    if doi := entry.fields.get("doi"):
        found.append(("DOI", DOI + doi))
    for name, field in (("PDF", "pdf"), ("Code", "code"), ("Project", "project"), ("Web", "url")):
        address = entry.fields.get(field, "")
        if address.startswith(SAFE_SCHEMES) and all(address != other for _, other in found):
            found.append((name, address))
    return tuple(found)


def bibtex(entry: Entry) -> str:
    """The entry as BibTeX to be copied, as it was written, without the fields that are ours alone."""
    text = entry.source.text
    rows = [
        f"  {name} = {text[span.start : span.end]}"
        for name, span in entry.field_spans.items()
        if name not in OWN_FIELDS
    ]
    return f"@{entry.type}{{{entry.citekey},\n" + ",\n".join(rows) + "\n}"
