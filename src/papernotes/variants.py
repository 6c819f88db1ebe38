"""Titles, venues and names as they are written → forms that are equal where two are variants of one."""

from __future__ import annotations

import re
import unicodedata

from papernotes.entries import Entry

UNITS = "first second third fourth fifth sixth seventh eighth ninth"
TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDINALS = "|".join((*UNITS.split(), *TEENS.split(), *(f"{ten[:-1]}ieth" for ten in TENS.split())))
# What differs from one year's meeting to the next's.
OCCURRENCE = re.compile(
    rf"""\b(?:19|20)\d\d\b | ['’]\d\d\b | \b\d+(?:st|nd|rd|th)\b
    | \b(?:(?:{"|".join(TENS.split())})[ -])?(?:{ORDINALS})\b""",
    re.IGNORECASE | re.VERBOSE,
)
PROCEEDINGS = re.compile(r"(?:in )?proc(?:eedings|\.)?(?: of)?(?: the)? ")
SHORT_NAME = re.compile(r"\((?=[^()]*[A-Z])[^()\s]{1,12}\)|\(\s*\)")


def title_form(title: str) -> str:
    """A title without case, punctuation and typography."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", title).casefold()).strip()


def venue_spelling(venue: str) -> str:
    """A venue's name as it is spelled, without the year and the number of the meeting."""
    words = " ".join(OCCURRENCE.sub("", venue).split())
    return re.sub(r" (?=[,.:;)])|(?<=\() ", "", words).strip(" ,.:;-–")


def venue_form(spelling: str) -> str:
    """A venue's name without case, punctuation, `Proceedings of the` and its short name in parentheses."""
    text = unicodedata.normalize("NFKC", SHORT_NAME.sub(" ", spelling)).casefold().replace("&", " and ")
    words = PROCEEDINGS.sub("", " ".join(text.split()), count=1)
    return re.sub(r"[\W_]+", " ", words).strip().removeprefix("the ")


def first_author(entry: Entry) -> str:
    """The first author's family name, without case and accents; "" if there is none."""
    if not entry.authors:
        return ""
    plain = unicodedata.normalize("NFKD", entry.authors[0].family.casefold())
    return re.sub(r"[\W_]+|[\u0300-\u036f]", "", plain)
