"""The lines that people keep in Zotero's *Extra* → fields, cited keys, and the rest as a note."""

from __future__ import annotations

import re
from typing import NamedTuple

from papernotes.identifiers import arxiv_identifier

LINE = re.compile(r"\s*(?:tex\.)?_?([A-Za-z][\w .-]{0,30}?)\s*[:=]\s*(.+?)\s*$")
FIELDS = {"doi": "doi", "code": "code", "pdf": "pdf", "project": "project", "isbn": "isbn", "issn": "issn"}


class Extra(NamedTuple):
    """What an *Extra* holds; `cites` is None where no line names what the work cites."""

    citekey: str
    fields: dict[str, str]
    cites: tuple[str, ...] | None
    rest: str


def read_extra(text: str) -> Extra:
    """Read *Extra*, or the note field that Better BibTeX exports it as. A key may stand on several lines."""
    citekey, cites, rest = "", None, list[str]()
    fields: dict[str, str] = {}
    for line in re.split(r"\n|\s*;\s*(?=_?cites\s*[:=])", text):
        match = LINE.match(line)
        name = match[1].lower() if match else ""
        value = match[2] if match else ""
        if name == "cites":
            cites = (*(cites or ()), *split_keys(value))
        elif name in ("citation key", "citekey", "bibtex"):
            citekey = value.strip("* ")
        elif name in ("arxiv", "eprint") and (found := arxiv_identifier(value.split()[0].removeprefix("arXiv:"))):
            fields |= {"eprint": found.value, "archiveprefix": "arXiv"}
        elif name in FIELDS:
            fields.setdefault(FIELDS[name], value)
        elif line.strip():
            rest.append(line.strip())
    return Extra(citekey, fields, cites, "\n".join(rest))


def split_keys(text: str) -> tuple[str, ...]:
    """Citekeys between commas, semicolons or spaces."""
    return tuple(dict.fromkeys(key.lstrip("@") for key in re.split(r"[\s,;]+", text) if key.strip("@")))
