"""A publisher's web page → a record, by the `citation_…` tags that it carries for Google Scholar, else its title."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

from papernotes.identifiers import Identifier, Scheme, arxiv_identifier, parse_identifier
from papernotes.metadata.dates import date_text
from papernotes.record import Record, people, person, record_of


class _Tags(HTMLParser):
    """Collects `meta` and the text of `title`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, list[str]] = defaultdict(list)
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = (values.get("name") or values.get("property") or "").lower()
        if tag == "meta" and name and (content := values.get("content")):
            self.meta[name].append(content)
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def parse_page(page: str, address: str) -> tuple[Record | None, Identifier | None]:
    """What a page says of the work it shows, and the work's DOI or arXiv id if it tells one."""
    tags = _Tags()
    tags.feed(page)

    def first(*names: str) -> str:
        return next((value for name in names for value in tags.meta.get(name, ()) if value.strip()), "")

    identifier: Identifier | None = arxiv_identifier(first("citation_arxiv_id"))
    if identifier is None and (doi := first("citation_doi", "dc.identifier.doi", "prism.doi")):
        found = parse_identifier(doi)
        identifier = found if found.scheme in (Scheme.DOI, Scheme.ARXIV) else None
    scholarly = first("citation_title")
    title = scholarly or first("og:title") or tags.title
    if not title.strip():
        return None, identifier
    fields: dict[str, str] = {"title": title, "url": address, "pdf": first("citation_pdf_url")}
    fields |= date_text(
        first("citation_publication_date", "citation_date", "citation_online_date", "article:published_time")
    )
    pages = "-".join(page for page in (first("citation_firstpage"), first("citation_lastpage")) if page)
    kind = "online"
    if venue := first("citation_conference_title", "citation_inbook_title"):
        kind, fields["booktitle"] = "inproceedings", venue
    elif venue := first("citation_journal_title"):
        kind, fields["journal"] = "article", venue
    elif venue := first("citation_technical_report_institution"):
        kind, fields["institution"] = "techreport", venue
    elif scholarly:
        kind = "misc"
    if kind != "online":
        fields.pop("month", None)
        fields |= {"volume": first("citation_volume"), "number": first("citation_issue"), "pages": pages}
    written = tags.meta.get("citation_author") or tags.meta.get("author") or tags.meta.get("article:author") or []
    names = [name for name in written if not re.match(r"https?:", name)]
    authors = people(names)
    if not authors and (site := person(first("og:site_name"))):
        authors = (site,)
    return record_of(kind, fields, authors=authors, left=[("abstract", first("citation_abstract"))]), identifier
