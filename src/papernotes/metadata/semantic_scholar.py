"""Semantic Scholar's `paper` → records and what a paper refers to."""

from __future__ import annotations

from dataclasses import dataclass

from papernotes.identifiers import Identifier, arxiv_identifier, doi_identifier
from papernotes.metadata.dates import date_fields
from papernotes.metadata.tree import Tree
from papernotes.record import Record, clean_text, people, record_of

FIELDS = "title,authors,year,venue,externalIds"
REFERENCES = "venue,year,externalIds,references.externalIds,references.title"


@dataclass(frozen=True)
class Surroundings:
    """What Semantic Scholar knows around a work: its identifiers, its references, and where it says it appeared."""

    identifiers: tuple[Identifier, ...]
    references: tuple[Identifier, ...]
    titles: tuple[str, ...]
    venue: str


def parse_paper(tree: Tree) -> Record | None:
    """One paper, as a search gives it; None if it has no title."""
    title = tree["title"].text
    if not title.strip():
        return None
    fields: dict[str, str] = {"title": title, **date_fields(tree["year"].number, None)}
    ids = tree["externalIds"]
    if (arxiv := arxiv_identifier(ids["ArXiv"].text)) is not None:
        fields |= {"eprint": arxiv.value, "archiveprefix": "arXiv"}
    elif doi := ids["DOI"].text:
        fields["doi"] = doi
    return record_of("misc", fields, authors=people(author["name"].text for author in tree["authors"]))


def parse_surroundings(tree: Tree) -> Surroundings:
    """The answer to `/paper/<id>` with the fields of `REFERENCES`."""
    venue = clean_text(tree["venue"].text)
    return Surroundings(
        _identifiers(tree["externalIds"]),
        tuple(found for reference in tree["references"] for found in _identifiers(reference["externalIds"])),
        tuple(clean_text(reference["title"].text) for reference in tree["references"]),
        "" if venue.lower().startswith("arxiv") else venue,
    )


def _identifiers(ids: Tree) -> tuple[Identifier, ...]:
    found = [arxiv_identifier(ids["ArXiv"].text)]
    if doi := ids["DOI"].text:
        found.append(doi_identifier(doi))
    return tuple(item for item in found if item)
