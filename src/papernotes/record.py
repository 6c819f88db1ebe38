"""What a source says of one work, before it is an entry: plain text, nothing trusted, nothing lost."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from papernotes.bibtex import read_names
from papernotes.entries import Person
from papernotes.identifiers import Identifier, Scheme, doi_identifier, parse_identifier

# The inline markup of Crossref (JATS, MathML, faces); any other `<` in a title is text.
INLINE_TAGS = re.compile(
    r"</?(?:(?:jats|mml):[\w-]+|i|b|em|strong|sub|sup|scp|sc|tt|u|ovl|inf|italic|bold|span|br|p)\b[^<>]{0,200}>"
)
LINKS = ("url", "pdf", "code", "project")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True)
class Record:
    """One work as a source describes it. `fields` are named as in BibTeX, `left` is what has no field there."""

    type: str
    fields: Mapping[str, str]
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    citekey: str = ""
    cites: tuple[str, ...] | None = None
    references: tuple[Identifier, ...] = ()
    left: tuple[tuple[str, str], ...] = field(default=())

    @property
    def title(self) -> str:
        return self.fields.get("title", "")


def clean_text(text: str) -> str:
    """Text on one line without control, format and private characters, markup and entities; composed (NFC)."""
    text = INLINE_TAGS.sub("", html.unescape(text))
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cs", "Cn"))
    # A circumflex that stands alone is one character more than BibTeX can tell apart.
    return " ".join(unicodedata.normalize("NFC", PRIVATE_USE.sub("", text)).replace("\u02c6", "^").split())


def clean_name(text: str) -> str:
    """A part of a name as BibTeX can hold it: no commas, braces, backslashes, no `and`."""
    text = re.sub(r"[,{}\\$~%#^]", " ", clean_text(text))
    return " ".join("&" if word.lower() == "and" else word for word in text.split())


def person(family: str, given: str = "") -> Person | None:
    """A person of known parts, or an organisation, which has only a family name; None without a letter."""
    family, given = clean_name(family), clean_name(given)
    if not family:
        family, given = given, ""
    return Person(family, given) if re.search(r"\w", family) else None


def people(names: Iterable[str]) -> tuple[Person, ...]:
    """The people of a list of names written `Given Family` or `Family, Given`."""
    found: list[Person] = []
    for name in names:
        family, comma, given = clean_text(name).partition(",")
        if comma:
            found += [known for known in [person(family, given)] if known]
            continue
        found += [known for part in read_names(clean_name(name)) if (known := person(part.family, part.given))]
    return tuple(found)


def safe_address(text: str) -> str:
    """A web address with what it may not hold percent-encoded; nothing if it is not one of the web."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        valid = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return quote(text, safe="/:#?=&%.~@+,;!*'()[]$-_") if valid and "\\" not in text else ""


def record_of(
    type: str,
    fields: Mapping[str, str],
    *,
    authors: Iterable[Person | None] = (),
    editors: Iterable[Person | None] = (),
    citekey: str = "",
    cites: tuple[str, ...] | None = None,
    references: Iterable[Identifier] = (),
    left: Iterable[tuple[str, str]] = (),
) -> Record:
    """A record of cleaned fields. What is empty goes; odd identifiers and addresses not of the web are left over."""
    kept: dict[str, str] = {}
    over = [(name, text) for name, value in left if (text := value.strip())]
    for name, value in fields.items():
        text = clean_text(value)
        if name in LINKS:
            text = safe_address(text)
        elif name == "doi" and text:
            found = parse_identifier(text)
            text = found.value if found.scheme is Scheme.DOI else ""
            if found.scheme is Scheme.ARXIV:
                kept.update(eprint=found.value, archiveprefix="arXiv")
                continue
        elif name == "eprint" and (found := parse_identifier(text)).scheme is Scheme.ARXIV:
            kept.update(eprint=found.value, archiveprefix="arXiv")
            continue
        elif name == "year" and not re.fullmatch(r"[12]\d{3}", text, re.ASCII):
            text = ""
        if text:
            kept[name] = text
        elif value.strip():
            over.append((name, value.strip()))
    if parse_identifier(kept.get("url", "")) in identifiers_in({name: kept[name] for name in kept if name != "url"}):
        # It only repeats the identifier.
        del kept["url"]
    return Record(
        type,
        kept,
        tuple(dict.fromkeys(known for known in authors if known)),
        tuple(dict.fromkeys(known for known in editors if known)),
        citekey,
        cites,
        tuple(dict.fromkeys(references)),
        tuple(over),
    )


def identifiers_in(fields: Mapping[str, str]) -> tuple[Identifier, ...]:
    """What the fields of an entry or record say the work is called: its arXiv id, its DOI."""
    found: list[Identifier] = []
    prefix = fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    if prefix == "arxiv" and (eprint := parse_identifier(fields.get("eprint", ""))).scheme is Scheme.ARXIV:
        found.append(eprint)
    if doi := fields.get("doi"):
        found.append(parse_identifier(doi) if doi.lower().startswith("http") else doi_identifier(doi))
    for name in ("url", "pdf"):
        address = parse_identifier(fields.get(name, ""))
        if address.scheme in (Scheme.ARXIV, Scheme.DOI):
            found.append(address)
    return tuple(dict.fromkeys(found))
