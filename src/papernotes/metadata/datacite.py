"""DataCite's `dois` → records: data sets, software, and arXiv's own DOIs."""

from __future__ import annotations

from papernotes.entries import Person, arxiv_month
from papernotes.identifiers import Identifier, Scheme, doi_identifier
from papernotes.metadata.dates import date_fields, date_text
from papernotes.metadata.tree import Tree
from papernotes.record import Record, people, person, record_of

TYPES = {"Dataset": "dataset", "Software": "software", "Dissertation": "phdthesis", "Report": "techreport"}


def parse_doi(tree: Tree) -> Record | None:
    """The answer to `/dois/<doi>`; None if it describes no work."""
    work = tree["data"]["attributes"]
    title = work["titles"][0]["title"].text
    if not title.strip():
        return None
    kind = TYPES.get(work["types"]["resourceTypeGeneral"].text, "misc")
    found = doi_identifier(work["doi"].text)
    publisher = work["publisher"].text or work["publisher"]["name"].text
    fields: dict[str, str] = {"title": title, **date_fields(work["publicationYear"].number, None)}
    if found.scheme is Scheme.ARXIV:
        kind = "misc"
        fields |= {"eprint": found.value, "archiveprefix": "arXiv"}
        if month := arxiv_month(found.value):
            fields |= date_text(f"{month.year}-{month.month}")
    else:
        fields |= {"doi": found.value, "publisher": publisher, "url": work["url"].text}
        if kind in ("phdthesis", "techreport"):
            fields["school" if kind == "phdthesis" else "institution"] = fields.pop("publisher")
    abstracts = [
        text["description"].text for text in work["descriptions"] if text["descriptionType"].text == "Abstract"
    ]
    return record_of(
        kind,
        fields,
        authors=[who for creator in work["creators"] for who in _people(creator)],
        references=_references(work),
        left=[("abstract", text) for text in abstracts],
    )


def _people(creator: Tree) -> tuple[Person, ...]:
    if creator["nameType"].text == "Organizational":
        found = person(creator["name"].text)
    elif creator["familyName"].text:
        found = person(creator["familyName"].text, creator["givenName"].text)
    else:
        return people([creator["name"].text])
    return (found,) if found else ()


def _references(work: Tree) -> list[Identifier]:
    return [
        doi_identifier(related["relatedIdentifier"].text)
        for related in work["relatedIdentifiers"]
        if related["relationType"].text in ("References", "Cites") and related["relatedIdentifierType"].text == "DOI"
    ]
