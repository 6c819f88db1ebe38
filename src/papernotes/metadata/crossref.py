"""Crossref's `works` → records."""

from __future__ import annotations

from papernotes.entries import Person
from papernotes.identifiers import Identifier, doi_identifier
from papernotes.metadata.dates import date_parts
from papernotes.metadata.tree import Tree
from papernotes.record import Record, person, record_of

TYPES = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "proceedings": "proceedings",
    "report": "techreport",
    "dissertation": "phdthesis",
    "dataset": "dataset",
}


def parse_work(tree: Tree) -> Record | None:
    """The answer to `/works/<doi>`; None if it describes no work."""
    work = tree["message"]
    title = ": ".join(part for part in (work["title"][0].text, work["subtitle"][0].text) if part.strip())
    if not title:
        return None
    kind = TYPES.get(work["type"].text, "misc")
    container = work["container-title"][0].text
    fields = {
        "title": title,
        **date_parts(work["issued"]),
        "volume": work["volume"].text,
        "number": work["issue"].text,
        "pages": work["page"].text,
        "doi": work["DOI"].text,
    }
    if kind != "misc":
        # A published work is dated by its year; the month is a preprint's.
        fields.pop("month", None)
    if kind == "article":
        fields["journal"] = container
    elif kind in ("inproceedings", "incollection"):
        fields["booktitle"] = container
    if kind in ("book", "incollection", "dataset"):
        fields["publisher"] = work["publisher"].text
    if kind in ("techreport", "phdthesis"):
        place = work["institution"][0]["name"].text or work["publisher"].text
        fields["institution" if kind == "techreport" else "school"] = place
    return record_of(
        kind,
        fields,
        authors=map(_person, work["author"]),
        editors=map(_person, work["editor"]),
        references=_references(work),
        left=[("abstract", work["abstract"].text)],
    )


def _person(tree: Tree) -> Person | None:
    return person(tree["name"].text) if tree["name"].text else person(tree["family"].text, tree["given"].text)


def _references(work: Tree) -> list[Identifier]:
    return [doi_identifier(doi) for reference in work["reference"] if (doi := reference["DOI"].text)]
