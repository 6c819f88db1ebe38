"""arXiv's Atom feed → records. Owns defusedxml: a document type, and so any entity, is refused."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from papernotes.entries import arxiv_month
from papernotes.identifiers import arxiv_identifier, parse_identifier
from papernotes.metadata.dates import date_text
from papernotes.metadata.tree import UnreadableError
from papernotes.record import Record, people, record_of

ATOM, ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
FETCH_EXTRA = "this needs one more package: pip install 'papernotes[fetch]'"


def parse_feed(data: bytes | str) -> tuple[Record, ...]:
    """The entries of a feed; one without a title is left out. Raises UnreadableError."""
    return tuple(record for entry in parse_xml(data).iter(f"{ATOM}entry") if (record := _record(entry)))


def parse_xml(data: bytes | str) -> Element:
    """The root of an XML document without document type. Raises UnreadableError."""
    try:
        # The extra is wanted only where XML is read.
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring
    except ImportError:
        raise UnreadableError(FETCH_EXTRA) from None
    parse: Any = fromstring
    try:
        return parse(data, forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableError("it holds a document type or entities, which are not read") from None
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableError(f"it is no XML: {error}") from None


def _record(entry: Element) -> Record | None:
    def text(name: str) -> str:
        found = entry.find(name)
        return (found.text or "") if found is not None else ""

    address = text(f"{ATOM}id")
    title = text(f"{ATOM}title")
    # arXiv answers a bad request with an entry called Error.
    if not title.strip() or "/api/errors" in address:
        return None
    eprint = arxiv_identifier(address.partition("/abs/")[2])
    fields: dict[str, str] = {"title": _straight(title)}
    month = arxiv_month(eprint.value) if eprint else None
    fields |= date_text(f"{month.year}-{month.month}") if month else date_text(text(f"{ATOM}published"))
    if eprint:
        fields |= {"eprint": eprint.value, "archiveprefix": "arXiv"}
        category = entry.find(f"{ARXIV}primary_category")
        if category is not None:
            fields["primaryclass"] = category.get("term") or ""
    if doi := text(f"{ARXIV}doi"):
        fields["doi"] = parse_identifier(doi).value
    names = [found.text or "" for found in entry.iterfind(f"{ATOM}author/{ATOM}name")]
    left = [
        ("abstract", text(f"{ATOM}summary")),
        ("comment", text(f"{ARXIV}comment")),
        ("journal_ref", text(f"{ARXIV}journal_ref")),
        ("id", "" if eprint else address),
    ]
    return record_of("misc", fields, authors=people(names), left=left)


def _straight(title: str) -> str:
    """arXiv's authors type quotation marks as in TeX."""
    return title.replace("``", "“").replace("''", "”")
