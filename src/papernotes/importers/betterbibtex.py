"""Better BibTeX's own JSON: Zotero's items with their *Extra*, and in it `cites:` → works."""

from __future__ import annotations

import json

from papernotes.entries import Person
from papernotes.identifiers import Scheme, parse_identifier
from papernotes.importers.extras import read_extra
from papernotes.importers.found import Found, FoundWork, Remark
from papernotes.metadata.dates import date_text
from papernotes.metadata.tree import Tree, UnreadableError, parse_json
from papernotes.record import Record, clean_text, person, record_of
from papernotes.text import Source

NAME = "betterbibtex"
SAYS = "Better BibTeX JSON (.json), with `cites:` in extra"
TYPES = {
    "journalArticle": "article",
    "magazineArticle": "article",
    "newspaperArticle": "article",
    "conferencePaper": "inproceedings",
    "bookSection": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "computerProgram": "software",
    "dataset": "dataset",
    "webpage": "online",
    "blogPost": "online",
    "manuscript": "unpublished",
}
FIELDS = {
    "title": "title",
    "volume": "volume",
    "issue": "number",
    "pages": "pages",
    "DOI": "doi",
    "url": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "place": "address",
    "series": "series",
    "edition": "edition",
    "publicationTitle": "journal",
    "proceedingsTitle": "booktitle",
    "bookTitle": "booktitle",
    "publisher": "publisher",
    "university": "school",
    "institution": "institution",
    "websiteTitle": "organization",
    "blogTitle": "organization",
}
READ = frozenset((*FIELDS, "itemType", "creators", "date", "extra", "citationKey", "citekey", "notes"))
# Zotero's own bookkeeping, which means nothing outside its database.
BOOKKEEPING = frozenset("itemID itemKey key libraryID version uri select accessDate dateAdded dateModified".split())


def recognises(source: Source) -> bool:
    """JSON with Zotero's `itemType`."""
    return source.path.endswith(".json") and '"itemType"' in source.text[:200_000]


def read(source: Source) -> Found:
    """Every item that has a title; attachments and stray notes are remarks."""
    try:
        tree = parse_json(source.text)
    except UnreadableError as error:
        return Found(remarks=(Remark(source.path, str(error), lost=True),))
    works: list[FoundWork] = []
    remarks: list[Remark] = []
    for number, item in enumerate(tree["items"], 1):
        place = f"{source.path}: item {number}"
        if item["title"].text.strip() and item["itemType"].text not in ("attachment", "note", "annotation"):
            key = clean_text(item["citationKey"].text or item["citekey"].text)[:60]
            works.append(FoundWork(_record(item), f"{place} {key}".strip(), _notes(item["notes"])))
        else:
            remarks.append(Remark(place, "it has no title, or is no work", lost=True))
    return Found(tuple(works), remarks=tuple(remarks))


def _record(item: Tree) -> Record:
    kind = TYPES.get(item["itemType"].text, "misc")
    fields = {ours: item[theirs].text for theirs, ours in FIELDS.items() if item[theirs].text}
    fields |= date_text(item["date"].text)
    extra = read_extra(item["extra"].text)
    fields = {**extra.fields, **fields, "note": extra.rest}
    for name in ("archiveID", "reportNumber", "DOI", "url"):
        found = parse_identifier(item[name].text)
        if found.scheme is Scheme.ARXIV:
            fields |= {"eprint": found.value, "archiveprefix": "arXiv"}
    if kind not in ("misc", "online"):
        fields.pop("month", None)
    people = {role: [_person(who) for who in item["creators"] if who["creatorType"].text == role] for role in ROLES}
    return record_of(
        kind,
        fields,
        authors=[who for role in ROLES if role != "editor" for who in people[role]],
        editors=people["editor"],
        citekey=item["citationKey"].text or item["citekey"].text or extra.citekey,
        cites=extra.cites,
        left=[
            (key, item[key].text or json.dumps(item[key].value, ensure_ascii=False))
            for key in item.keys
            if key not in READ | BOOKKEEPING
            and item[key].value not in ("", [], {}, None)
            and parse_identifier(item[key].text).scheme is not Scheme.ARXIV
        ],
    )


ROLES = ("author", "programmer", "editor", "presenter")


def _person(who: Tree) -> Person | None:
    return person(who["name"].text) if who["name"].text else person(who["lastName"].text, who["firstName"].text)


def _notes(tree: Tree) -> str:
    """What somebody wrote about the work in Zotero."""
    return "\n\n".join(text for note in tree if (text := note["note"].text or note.text))
