"""RIS, the tagged lines that publishers and reference managers export → works."""

from __future__ import annotations

import re
from collections import defaultdict

from papernotes.identifiers import Scheme, parse_identifier
from papernotes.importers.extras import read_extra
from papernotes.importers.found import Found, FoundWork, Remark
from papernotes.metadata.dates import date_text
from papernotes.record import people, record_of
from papernotes.text import Source

NAME = "ris"
SAYS = "RIS (.ris), with `cites:` in N1"
TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])  ?-(?: (.*))?$")
TYPES = {
    "JOUR": "article",
    "JFULL": "article",
    "MGZN": "article",
    "CONF": "inproceedings",
    "CPAPER": "inproceedings",
    "CHAP": "incollection",
    "BOOK": "book",
    "EDBOOK": "book",
    "THES": "phdthesis",
    "RPRT": "techreport",
    "ELEC": "online",
    "BLOG": "online",
    "WEB": "online",
    "COMP": "software",
    "DATA": "dataset",
    "UNPB": "unpublished",
}
CONTAINER = ("T2", "JO", "JF", "BT", "JA", "J2")
READ = frozenset("TY ER TI T1 AU A1 A2 ED T2 JO JF BT PY Y1 DA VL IS SP EP DO UR PB CY SN ID N1 ET T3 LK".split())


def recognises(source: Source) -> bool:
    """A file that ends in .ris, or begins with a type."""
    return source.path.endswith(".ris") or bool(re.match(r"\s*\ufeff?TY  ?- ", source.text))


def read(source: Source) -> Found:
    """Every reference between TY and ER; lines without a tag continue the one before them."""
    works: list[FoundWork] = []
    remarks: list[Remark] = []
    tags: dict[str, list[str]] = defaultdict(list)
    start, last = 0, ""
    for number, line in enumerate(source.text.splitlines(), 1):
        match = TAG.match(line.rstrip())
        if match and match[1] == "TY" and tags:
            remarks.append(Remark(f"{source.path}:{start}", "this reference has no ER; it ends here all the same"))
            _end(source, start, tags, works, remarks)
        if match and match[1] == "ER":
            _end(source, start, tags, works, remarks)
        elif match:
            start, last = (number if not tags else start), match[1]
            tags[last].append((match[2] or "").strip())
        elif line.strip() and tags:
            tags[last][-1] += f"\n{line.strip()}"
        elif line.strip():
            remarks.append(Remark(f"{source.path}:{number}", f"no tag: {line.strip()[:60]}", lost=True))
    if tags:
        remarks.append(Remark(f"{source.path}:{start}", "this reference has no ER; it ends with the file"))
        _end(source, start, tags, works, remarks)
    return Found(tuple(works), remarks=tuple(remarks))


def _end(source: Source, start: int, tags: dict[str, list[str]], works: list[FoundWork], remarks: list[Remark]) -> None:
    def first(*names: str) -> str:
        return next((value for name in names for value in tags.get(name, ()) if value), "")

    place = f"{source.path}:{start}"
    if not first("TI", "T1"):
        if tags:
            remarks.append(Remark(place, "it has no title: not a work", lost=True))
        tags.clear()
        return
    kind = TYPES.get(first("TY"), "misc")
    extra = read_extra("\n".join(tags.get("N1", ())))
    pages = "-".join(page for page in (first("SP"), first("EP")) if page)
    fields = {
        "title": first("TI", "T1"),
        "volume": first("VL"),
        "number": first("IS"),
        "pages": pages,
        "doi": first("DO"),
        "url": first("UR", "LK"),
        "address": first("CY"),
        "edition": first("ET"),
        "series": first("T3"),
        **date_text(first("PY", "Y1", "DA")),
    }
    fields["journal" if kind == "article" else "booktitle"] = first(*CONTAINER) if kind != "misc" else ""
    fields[{"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher")] = first("PB")
    fields["isbn" if kind in ("book", "incollection") else "issn"] = first("SN")
    if kind not in ("misc", "online"):
        # A published work is dated by its year.
        fields.pop("month", None)
    eprint = parse_identifier(fields["url"])
    if eprint.scheme is Scheme.ARXIV:
        fields |= {"eprint": eprint.value, "archiveprefix": "arXiv"}
    names = [name for tag in ("AU", "A1") for name in tags.get(tag, ())]
    record = record_of(
        kind,
        {**extra.fields, **{name: value for name, value in fields.items() if value}, "note": extra.rest},
        authors=people(names),
        editors=people([*tags.get("A2", ()), *tags.get("ED", ())]),
        citekey=first("ID") or extra.citekey,
        cites=extra.cites,
        left=[(tag, value) for tag, values in tags.items() if tag not in READ for value in values],
    )
    works.append(FoundWork(record, place))
    tags.clear()
