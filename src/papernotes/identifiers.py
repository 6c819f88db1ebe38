"""Text as people paste it → what it identifies: an arXiv id, a DOI, a web address, or only words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from papernotes.identifier_forms import bare_arxiv

ARXIV_DOI = "10.48550/arxiv."
ARXIV_SITES = ("arxiv.org", "alphaxiv.org", "ar5iv.org", "ar5iv.labs.arxiv.org", "huggingface.co", "scirate.com")
ARXIV_PATH = re.compile(
    r"/(?:abs|pdf|html|format|e-print|src|papers|arxiv|overview)/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.ASCII,
)
DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
DOI_TAIL = re.compile(r"(?:/(?:full|pdf|epdf|abstract|html|meta)|\.(?:pdf|html)|v\d+(?:\.full(?:\.pdf)?)?)$")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref_src|spm|_nc_\w+|s=\d+")
ANTHOLOGY = re.compile(r"/(\d{4}\.[\w-]+\.\d+|[A-Z]1[2-9]-\d{4})(?:v\d+)?(?:\.pdf|\.bib)?/?")


class Scheme(StrEnum):
    """What kind of thing an identifier is; the value is how it is called in messages."""

    ARXIV = "arXiv id"
    DOI = "DOI"
    URL = "address"
    WORDS = "words"


class Identifier(NamedTuple):
    """Something that names a work; two that are equal name the same one."""

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


def parse_identifier(text: str) -> Identifier:
    """Read what somebody pasted; what is no identifier is words."""
    text = " ".join(text.split()).strip("<>")
    if found := arxiv_identifier(text):
        return found
    bare = re.sub(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text, flags=re.IGNORECASE)
    if DOI.fullmatch(bare):
        return doi_identifier(unquote(bare))
    if re.match(r"https?://", text, re.IGNORECASE):
        return _address(text)
    if re.match(rf"(?:www\.)?(?:{'|'.join(map(re.escape, ARXIV_SITES))}|doi\.org)/", text):
        return _address("https://" + text)
    return Identifier(Scheme.WORDS, text)


def arxiv_identifier(text: str) -> Identifier | None:
    """An arXiv id without its version; None if the text is none."""
    bare = bare_arxiv(text)
    return Identifier(Scheme.ARXIV, bare) if bare else None


def doi_identifier(text: str) -> Identifier:
    """A DOI in the lower case in which they compare; arXiv's own DOIs are arXiv ids."""
    doi = text.strip().rstrip(".,;").lower()
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1]
    if doi.startswith(ARXIV_DOI) and (found := arxiv_identifier(doi.removeprefix(ARXIV_DOI))):
        return found
    return Identifier(Scheme.DOI, doi)


def _address(text: str) -> Identifier:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("export.")
    except ValueError:
        return Identifier(Scheme.WORDS, text)
    path = unquote(parts.path)
    if host in ARXIV_SITES and (match := ARXIV_PATH.search(path)) and (found := arxiv_identifier(match[1])):
        return found
    if host == "aclanthology.org" and (match := ANTHOLOGY.fullmatch(path)):
        return Identifier(Scheme.DOI, f"10.18653/v1/{match[1]}".lower())
    if host == "nature.com" and (match := re.fullmatch(r"/articles/(s?[\w-]+)(?:\.pdf)?", path)):
        return Identifier(Scheme.DOI, f"10.1038/{match[1]}".lower())
    if match := DOI.search(path):
        return doi_identifier(DOI_TAIL.sub("", match[0]))
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.fullmatch(name)]
    query = urlencode(kept) if len(kept) != len(parse_qsl(parts.query)) else parts.query
    return Identifier(Scheme.URL, urlunsplit((parts.scheme.lower(), parts.netloc, parts.path, query, "")))
