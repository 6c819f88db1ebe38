"""What an importer finds in a file, as values: works, texts, pictures, and what it did not understand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from papernotes.identifiers import Identifier
from papernotes.record import Record


@dataclass(frozen=True)
class Remark:
    """Something that the reader of the report must know; `lost` if a thing could not be read at all."""

    place: str
    message: str
    lost: bool = False


@dataclass(frozen=True)
class FoundWork:
    """A work, and where it stood. `text` is what somebody wrote about it: the body of its note."""

    record: Record
    place: str
    text: str = ""


@dataclass(frozen=True)
class FoundText:
    """A note in somebody's Markdown, turned into ours except for links, which need the whole vault to be turned.

    `name` is its path without suffix in the vault it comes from (links lead to it by that), `work` what it says of the
    work it is about, `titles` what may be titles of works it is about, `tags` its topics as written, `left` the fields
    that have no place here.
    """

    place: str
    name: str
    title: str
    body: str
    kind: str = ""
    summary: str = ""
    work: Record | None = None
    identifiers: tuple[Identifier, ...] = ()
    titles: tuple[str, ...] = ()
    citekey: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    created: datetime.date | None = None
    updated: datetime.date | None = None
    redirects: tuple[str, ...] = ()
    series: tuple[str, int] | None = None
    left: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Found:
    """Everything in one file. `rest` is text by its place that belongs to no work and is no note."""

    works: tuple[FoundWork, ...] = ()
    texts: tuple[FoundText, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
