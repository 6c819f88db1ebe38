"""CSL-JSON, as Zotero, Pandoc and Crossref write it → works."""

from __future__ import annotations

import json

from papernotes.entries import Person
from papernotes.identifiers import Scheme, parse_identifier
from papernotes.importers.extras import read_extra
from papernotes.importers.found import Found, FoundWork, Remark
from papernotes.metadata.dates import date_parts, date_text
from papernotes.metadata.tree import Tree, UnreadableError, parse_json
from papernotes.record import Record, clean_text, person, record_of
from papernotes.text import Source

NAME = "csl"
SAYS = "CSL-JSON (.json), with `cites:` in note"
TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "software": "software",
    "dataset": "dataset",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "manuscript": "unpublished",
}
FIELDS = {
    "title": "title",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "publisher-place": "address",
    "collection-title": "series",
    "edition": "edition",
}
READ = frozenset(
    (*FIELDS, "type", "author", "editor", "issued", "note", "container-title", "publisher", "citation-key")
)


def recognises(source: Source) -> bool:
    """A file that ends in .json, or begins as JSON does."""
    return source.path.endswith(".json") or source.text.lstrip("\ufeff \t\r\n").startswith(("[{", "[\n", "[ "))


def read(source: Source) -> Found:
    """Every item that has a title; the others are remarks."""
    try:
        tree = parse_json(source.text)
    except UnreadableError as error:
        return Found(remarks=(Remark(source.path, str(error), lost=True),))
    works: list[FoundWork] = []
    remarks: list[Remark] = []
    items = list(tree) or list(tree["items"]) or ([tree] if tree.keys else [])
    for number, item in enumerate(items, 1):
        place = f"{source.path}: item {number}"
        if item["title"].text.strip():
            works.append(FoundWork(_record(item), f"{place} {clean_text(item['id'].text)[:60]}".strip()))
        else:
            remarks.append(Remark(place, "it has no title: not a work", lost=True))
    if not items:
        remarks.append(Remark(source.path, "it holds no works", lost=True))
    return Found(tuple(works), remarks=tuple(remarks))


def _record(item: Tree) -> Record:
    kind = TYPES.get(item["type"].text, "misc")
    fields = {ours: item[theirs].text for theirs, ours in FIELDS.items()}
    fields |= date_parts(item["issued"]) or date_text(item["issued"]["raw"].text or item["issued"]["literal"].text)
    container = item["container-title"].text
    if container:
        fields["journal" if kind == "article" else "booktitle"] = container
    place = {"phdthesis": "school", "techreport": "institution", "online": "organization"}.get(kind, "publisher")
    if (publisher := item["publisher"].text).lower() != "arxiv":
        fields[place] = publisher
    extra = read_extra(item["note"].text)
    fields = {**extra.fields, **fields, "note": extra.rest}
    for name in ("number", "archive_location", "DOI", "URL"):
        found = parse_identifier(item[name].text)
        if found.scheme is Scheme.ARXIV:
            fields |= {"eprint": found.value, "archiveprefix": "arXiv"}
    if kind not in ("misc", "online"):
        fields.pop("month", None)
    return record_of(
        kind,
        fields,
        authors=_people(item["author"]),
        editors=_people(item["editor"]),
        citekey=item["citation-key"].text or extra.citekey or item["id"].text,
        cites=extra.cites,
        left=[(key, _shown(item[key])) for key in item.keys if key not in READ and not _is_said(key, item)],
    )


def _is_said(key: str, item: Tree) -> bool:
    """The id is the citekey, or an address in somebody's library; an arXiv number is the eprint."""
    if key in ("number", "archive_location"):
        return parse_identifier(item[key].text).scheme is Scheme.ARXIV
    return key in ("id", "accessed", "archive")


def _people(tree: Tree) -> list[Person | None]:
    found: list[Person | None] = []
    for who in tree:
        if literal := who["literal"].text:
            found.append(person(literal))
            continue
        particle = who["non-dropping-particle"].text or who["dropping-particle"].text
        family = " ".join(part for part in (particle, who["family"].text, who["suffix"].text) if part)
        found.append(person(family, who["given"].text))
    return found


def _shown(tree: Tree) -> str:
    return tree.text or json.dumps(tree.value, ensure_ascii=False)
