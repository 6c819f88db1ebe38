"""Links as written → what they lead to in the vault: a note, a file, an address outside, or nothing."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from papernotes.library import Library
from papernotes.model import Document, Link, LinkKind, Note, Translation

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Target(NamedTuple):
    """What a destination says: an address outside, or a path inside `notes/` (empty: the same page), and an anchor."""

    external: bool
    path: str
    anchor: str


def target_of(document: Document, link: Link) -> Target:
    """Read a link's destination relative to the file it stands in; `path` is relative to `notes/`."""
    folder = document.source.path.partition("/")[2].rpartition("/")[0]
    return _target(folder, link.kind is LinkKind.WIKI, link.destination.strip())


@lru_cache(maxsize=100_000)
def _target(folder: str, wiki: bool, written: str) -> Target:
    """Several rules and the graph ask for the target of every link."""
    if wiki:
        name, _, heading = written.partition("#")
        return Target(False, name.strip(), heading.strip())
    if SCHEME.match(written):
        return Target(True, written, "")
    path, _, anchor = written.partition("#")
    path = unquote(path.partition("?")[0])
    if path:
        path = posixpath.normpath(posixpath.join(folder, path))
    return Target(False, path, unquote(anchor))


def resolve_note(library: Library, document: Document, link: Link) -> Note | Translation | None:
    """The text that a link leads to; None if it leads elsewhere or nowhere."""
    target = target_of(document, link)
    if target.external:
        return None
    if link.kind is LinkKind.WIKI:
        return resolve_wiki(library, document, target.path)
    path = f"notes/{target.path}" if target.path else document.source.path
    found = library.by_path.get(path)
    if found is None and target.path.endswith(".md"):
        # Links in a translation may name a note that has no translation yet; they then mean the original.
        folder, _, rest = target.path.partition("/")
        if folder == document.lang and isinstance(document, Translation):
            found = library.by_path.get(f"notes/{rest}")
    return found


def resolve_wiki(library: Library, document: Document, name: str) -> Note | Translation | None:
    """`[[slug]]`, `[[topics/slug]]` or `[[an alias or title]]`, in the language of the text that links."""
    note = library.by_slug.get(name) or library.note_by_name.get(name.casefold())
    if note is None and name.startswith("topics/"):
        note = library.topic_by_slug.get(name.removeprefix("topics/"))
    if note is None or document.lang == note.lang:
        return note
    return library.translation_of.get((document.lang, note.place, note.slug)) or note


def wiki_anchor(document: Document, heading: str) -> str:
    """The anchor that `[[slug#Heading]]` means: the heading of that text, or that anchor."""
    for candidate in document.body.headings:
        if heading.casefold() in (candidate.text.casefold(), candidate.anchor):
            return candidate.anchor
    return ""
