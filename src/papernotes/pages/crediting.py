"""A work or a note → the forms in which it is cited: BibTeX, CSL-JSON, plain text."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from papernotes.csl import csl_json, pretty
from papernotes.entries import Entry
from papernotes.model import Note, Translation
from papernotes.page import Edition
from papernotes.references import bibtex, plain_reference
from papernotes.repository import version_of

TEX = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"})


@dataclass(frozen=True)
class Form:
    """One way to write a citation; `code` is the language that highlighters know it by."""

    name: str
    code: str
    text: str


def work_forms(edition: Edition, entries: Sequence[Entry]) -> Sequence[Form]:
    """How works are cited; nothing where there are none."""
    if not entries:
        return ()
    return (
        Form("BibTeX", "bibtex", "\n\n".join(bibtex(entry) for entry in entries)),
        Form("CSL-JSON", "json", csl_json(entries)),
        Form(edition.words["plain_text"], "text", "\n\n".join(plain_reference(entry) for entry in entries)),
    )


def note_forms(edition: Edition, note: Note, text: Note | Translation) -> Sequence[Form]:
    """How a note is cited, with its version: notes change."""
    site = edition.config.site_name or "papernotes"
    address = permalink(edition, text)
    version = version_of(text, note)
    authors = [*note.meta.contributors] or [f"{site} contributors"]
    fields = {
        "author": " and ".join(f"{{{author.translate(TEX)}}}" for author in authors),
        "title": f"{{{text.title.translate(TEX)}}}",
        "year": str(note.meta.updated.year),
        "organization": site.translate(TEX),
        "note": f"{edition.words['version']} {version}",
        "url": address,
    }
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    item = {
        "id": f"papernotes-{note.slug}",
        "type": "entry-encyclopedia",
        "title": text.title,
        "author": [{"literal": author} for author in authors],
        "container-title": site,
        "issued": {"date-parts": [[note.meta.updated.year, note.meta.updated.month, note.meta.updated.day]]},
        "version": version,
        "language": text.lang,
        "URL": address,
    }
    plain = (
        f"{', '.join(authors)} ({note.meta.updated.year}). {text.title}. {site}, {edition.words['version']} {version}."
    )
    return (
        Form("BibTeX", "bibtex", f"@online{{papernotes-{note.slug},\n{rows}\n}}"),
        Form("CSL-JSON", "json", pretty([{name: value for name, value in item.items() if value}])),
        Form(edition.words["plain_text"], "text", f"{plain} {address}".rstrip()),
    )


def permalink(edition: Edition, text: Note | Translation) -> str:
    """The address of a text's page; empty where the site's address is not known."""
    site = edition.config.site_url
    if not site:
        return ""
    folder = "" if text.lang == edition.config.language else text.lang
    return f"{site.rstrip('/')}/{posixpath.join(folder, text.address)}/"
