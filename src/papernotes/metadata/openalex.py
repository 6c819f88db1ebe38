"""OpenAlex's `works` → records, and the works that a work refers to."""

from __future__ import annotations

from papernotes.identifiers import Identifier, Scheme, parse_identifier
from papernotes.metadata.dates import date_text
from papernotes.metadata.tree import Tree
from papernotes.record import Record, people, record_of


def parse_work(tree: Tree) -> Record | None:
    """One work, as `/works/doi:…` and the items of a search give it; None if it has no title."""
    title = tree["display_name"].text or tree["title"].text
    if not title.strip():
        return None
    source = tree["primary_location"]["source"]
    venue, kind = source["display_name"].text, source["type"].text
    fields: dict[str, str] = {"title": title, **date_text(tree["publication_date"].text)}
    identifiers = identifiers_of(tree)
    for found in identifiers:
        if found.scheme is Scheme.ARXIV:
            fields |= {"eprint": found.value, "archiveprefix": "arXiv"}
        else:
            fields["doi"] = found.value
    type = "misc"
    if kind == "journal":
        type, fields["journal"] = "article", venue
    elif kind == "conference":
        type, fields["booktitle"] = "inproceedings", venue
    if type != "misc":
        fields.pop("month", None)
        biblio = tree["biblio"]
        first, last = biblio["first_page"].text, biblio["last_page"].text
        pages = f"{first}-{last}" if last and last != first else first
        fields |= {"volume": biblio["volume"].text, "number": biblio["issue"].text, "pages": pages}
    names = [author["author"]["display_name"].text for author in tree["authorships"]]
    return record_of(type, fields, authors=people(names))


def identifiers_of(tree: Tree) -> tuple[Identifier, ...]:
    """What a work is called: its DOI, and the arXiv ids among its locations."""
    addresses = [tree["doi"].text, *(place["landing_page_url"].text for place in tree["locations"])]
    found = (parse_identifier(address) for address in addresses if address)
    return tuple(dict.fromkeys(item for item in found if item.scheme in (Scheme.ARXIV, Scheme.DOI)))


def referenced(tree: Tree) -> tuple[str, ...]:
    """OpenAlex's own ids of the works that a work refers to: `W2963403868`."""
    return tuple(item.text.rpartition("/")[2] for item in tree["referenced_works"] if item.text)
