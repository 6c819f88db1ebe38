"""A saved answer of arXiv's API → works."""

from __future__ import annotations

from papernotes.importers.found import Found, FoundWork, Remark
from papernotes.metadata.atom import parse_feed
from papernotes.metadata.tree import UnreadableError
from papernotes.record import clean_text
from papernotes.text import Source

NAME = "atom"
SAYS = "arXiv's Atom feed (.xml, .atom)"


def recognises(source: Source) -> bool:
    """An XML file."""
    return source.path.endswith((".xml", ".atom")) or source.text.lstrip("\ufeff \r\n").startswith("<?xml")


def read(source: Source) -> Found:
    """Every entry with a title. Document types and entities are refused."""
    try:
        records = parse_feed(source.text.encode("utf-8", "surrogatepass"))
    except UnreadableError as error:
        return Found(remarks=(Remark(source.path, str(error), lost=True),))
    works = [
        FoundWork(record, f"{source.path}: entry {number} {clean_text(record.fields.get('eprint', ''))}".strip())
        for number, record in enumerate(records, 1)
    ]
    remarks = () if works else (Remark(source.path, "it holds no works", lost=True),)
    return Found(tuple(works), remarks=remarks)
