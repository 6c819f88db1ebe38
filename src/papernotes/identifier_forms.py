"""An identifier as it is written → what is wrong with its form. Owns python-stdnum, which knows the checksums."""

from __future__ import annotations

import re
from typing import NamedTuple

from stdnum import isbn, isni
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

ARXIV_NEW = re.compile(r"(\d\d)(\d\d)\.(\d+)(?:v[1-9]\d*)?", re.ASCII)
ARXIV_OLD = re.compile(r"([a-z-]+)(?:\.[A-Za-z-]+)?/(\d\d)(\d\d)\d{3}(?:v[1-9]\d*)?", re.ASCII)
ARXIV_BEFORE = re.compile(r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*", re.IGNORECASE)
ARXIV_ADDRESS = re.compile(r"//(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/([^\s?#{}]+)", re.IGNORECASE)
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)
# https://arxiv.org/archive: the archives that gave out identifiers until March 2007.
OLD_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con".split()
)
DOI_BEFORE = re.compile(r"\s*(?:https?://(?:www\.|dx\.)?doi\.org/|doi:\s*|doi\s+(?=10\.))", re.IGNORECASE)
DOI_PREFIX = re.compile(r"10\.\d{4,9}(?:\.\d+)*", re.ASCII)
LATEX_ESCAPE = re.compile(r"\\([_%&#$])")
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)


class FormFault(NamedTuple):
    """What is wrong with an identifier's form, and what it should read, where that is certain."""

    message: str
    repaired: str = ""


def arxiv_fault(text: str) -> FormFault | None:
    """Of an arXiv id: https://info.arxiv.org/help/arxiv_identifier.html."""
    if before := ARXIV_BEFORE.match(text):
        bare = text[before.end() :].removesuffix(".pdf")
        return FormFault("the id alone should stand here", "" if _id_fault(bare) else bare)
    message = _id_fault(text)
    return FormFault(message) if message else None


def _id_fault(text: str) -> str:
    if match := ARXIV_NEW.fullmatch(text):
        year, month, number = int(match[1]), int(match[2]), match[3]
        if not 1 <= month <= 12:
            return f"there is no month {match[2]}"
        if (year, month) < (7, 4) or year > 90:
            return "ids of this form begin in April 2007"
        digits = 5 if year >= 15 else 4
        return "" if len(number) == digits else f"in 20{match[1]} the number after the dot has {digits} digits"
    if match := ARXIV_OLD.fullmatch(text):
        year, month = int(match[2]), int(match[3])
        if match[1] not in OLD_ARCHIVES:
            return f"there was no archive {match[1]!r}"
        if not 1 <= month <= 12:
            return f"there is no month {match[3]}"
        return "ids of this form end in March 2007" if (7, 3) < (year, month) < (91, 7) else ""
    return "it should look like 2305.18290 or cs/0309041"


def bare_arxiv(text: str) -> str:
    """An id as ids compare, without version, subject class and what may stand around it; "" if it is none."""
    text = ARXIV_BEFORE.sub("", text.strip(), count=1).rstrip("/").removesuffix(".pdf")
    return "" if _id_fault(text) else re.sub(r"v\d+$|\.[A-Za-z-]+(?=/)", "", text).lower()


def doi_fault(text: str) -> FormFault | None:
    """Of a DOI without anything before it: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html."""
    repaired = _unescaped(LATEX_ESCAPE.sub(r"\1", text)).rstrip(".,;")
    message = _doi_fault(repaired)
    if message or repaired == text:
        return FormFault(message) if message else None
    return FormFault("it is not written as the DOI itself is", repaired)


def _unescaped(text: str) -> str:
    """Only what DOIs can hold: all of HTML's names would be found in sound ones."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _doi_fault(text: str) -> str:
    prefix, _, suffix = text.partition("/")
    if not DOI_PREFIX.fullmatch(prefix):
        return "a DOI begins with 10., four or more digits, and a slash"
    if not suffix:
        return "a slash and a name must follow the prefix"
    wrong = re.search(r"[\s\"{}\\^`|\x00-\x1f\x7f]|&(?:lt|gt|amp|quot|#\d+)\b", suffix)
    return f"no DOI holds {wrong[0]!r}" if wrong else ""


def isbn_fault(text: str) -> FormFault | None:
    """Of an ISBN with ten or thirteen digits, with or without hyphens."""
    try:
        if len(isbn.compact(text)) == 10 > len(re.sub(r"\W", "", text)):
            return FormFault("an ISBN has 10 or 13 digits")  # stdnum takes the nine digits of an SBN too
        isbn.validate(text)
    except InvalidChecksum:
        return FormFault("its digits do not fit its check digit")
    except InvalidComponent:
        return FormFault("thirteen digits begin with 978 or 979")
    except InvalidLength:
        return FormFault("an ISBN has 10 or 13 digits")
    except ValidationError:
        return FormFault("it holds something other than digits")
    return None


def orcid_fault(text: str) -> FormFault | None:
    """Of an ORCID: https://support.orcid.org/hc/articles/360006897674."""
    try:
        compact = isni.validate(text)
    except InvalidChecksum:
        return FormFault("its digits do not fit its check digit")
    except ValidationError:
        return FormFault("an ORCID has 16 digits, the last of which may be X")
    if not ORCID.fullmatch(text):
        return FormFault(
            "hyphens belong between its four groups", "-".join(compact[i : i + 4] for i in range(0, 16, 4))
        )
    return None
