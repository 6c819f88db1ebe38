"""Links, citations and pictures of an imported text → what they are in our vault."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from papernotes.attachments import svg_fault
from papernotes.entries import Entry
from papernotes.html_allowlist import SCHEMES
from papernotes.identifiers import parse_identifier
from papernotes.model import Body, CitationGroup, Heading, Link, LinkKind
from papernotes.rendering import anchor_of
from papernotes.sameness import KnownWorks
from papernotes.scaffold import citation
from papernotes.text import Edit, Span, apply_edits

OUTSIDE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):|//")


@dataclass(frozen=True)
class Places:
    """Where the things are that imported texts speak of. Names of notes are in lower case; `files` are here already."""

    notes: Mapping[str, str]
    headings: Mapping[str, tuple[Heading, ...]]
    citekeys: Mapping[str, str]
    entries: Mapping[str, Entry]
    known: KnownWorks
    pictures: Mapping[str, Path]
    files: Container[str]


@dataclass
class Turned:
    """A text whose links are being turned: it was called `name` in its vault, and will be `slug` in ours.

    `pictures` are the files it shows, by their name in notes/assets.
    """

    name: str
    slug: str
    places: Places
    text: str = ""
    pictures: dict[str, Path] = field(default_factory=dict[str, Path])
    remarks: list[str] = field(default_factory=list[str])


def turn(text: str, body: Body, done: Turned) -> Turned:
    """Turn a text of which `body` was read. What leads nowhere becomes text, with a remark."""
    edits: list[Edit] = []
    for link in body.links:
        edits += _link(text, link, done)
    for group in body.groups:
        edits += _citations(group, done)
    kept: list[Edit] = []
    for edit in sorted(edits):
        # A picture inside a link is turned with the link.
        if not kept or edit.span.start >= kept[-1].span.end:
            kept.append(edit)
    done.text = apply_edits(text, kept)
    return done


def _link(text: str, link: Link, done: Turned) -> Iterator[Edit]:
    written = text[link.whole.start : link.whole.end]
    if written.startswith(("[[", "![[")):
        yield Edit(link.whole, _wiki(written, done))
    elif link.kind is LinkKind.REFERENCE:
        if not _is_safe(link.destination):
            done.remarks.append(f"address of a kind that is not published: {_short(link.destination)}")
            yield Edit(link.span, "#")
    elif extent := _extent(text, link):
        label = text[text.index("[", extent.start) + 1 : text.rfind("](", extent.start, link.span.start)]
        if link.kind is LinkKind.IMAGE:
            yield Edit(extent, _picture(link.destination, label, done))
        elif (turned := _inline(link.destination, label, done)) is not None:
            yield Edit(extent, turned)


def _extent(text: str, link: Link) -> Span | None:
    """From the bracket of a link's label to its closing parenthesis; None of an address in angle brackets."""
    if not text.startswith("](", link.whole.start):
        return None
    depth, start = 0, link.whole.start
    while start >= 0:
        depth += {"]": 1, "[": -1}.get(text[start], 0)
        if depth == 0:
            break
        start -= 1
    end = text.find(")", link.span.end)
    if start < 0 or end < 0:
        return None
    return Span(start - (link.kind is LinkKind.IMAGE and text[start - 1 : start] == "!"), end + 1)


def _wiki(written: str, done: Turned) -> str:
    target, bar, label = written.lstrip("!")[2:-2].partition("|")
    path, _, heading = target.strip().partition("#")
    shown = label.strip() or path.strip().rpartition("/")[2] or heading
    if path.startswith("@") and (key := _citekey(path[1:], done.places)):
        return citation(key)
    if written.startswith("!") and posixpath.splitext(path)[1].lower() not in ("", ".md"):
        # `|300` behind a picture is its width.
        return _picture(path, "" if label.isdigit() else label, done)
    if found := _note(path, done):
        anchor = _heading(heading, found, done.places)
        return f"[[{found}{'#' + anchor if anchor else ''}|{shown}]]"
    if key := _citekey(path, done.places):
        return f"{shown} {citation(key)}" if bar else citation(key)
    done.remarks.append(f"link to a note that is not here, now text: {_short(target)}")
    return shown


def _inline(destination: str, label: str, done: Turned) -> str | None:
    """What stands instead of a link; None to leave it."""
    places = done.places
    if OUTSIDE.match(destination):
        if not _is_safe(destination):
            done.remarks.append(f"address of a kind that is not published, now text: {_short(destination)}")
            return label
        entry = places.known.by_identifier.get(parse_identifier(destination))
        return f"{label} {citation(entry.citekey)}" if entry else None
    path, _, anchor = unquote(destination).partition("#")
    path = path.partition("?")[0]
    if not path:
        # A heading of the text itself, or of another one that stood in the same file.
        if own := _heading(anchor, done.slug, places):
            return f"[{label}](#{own})"
        found = places.notes.get(anchor.lower())
        return f"[{label}]({found}.md)" if found else label
    if found := _note(path, done):
        anchor = _heading(anchor, found, places)
        return f"[{label}]({found}.md{'#' + anchor if anchor else ''})"
    done.remarks.append(f"link to a file that is not here, now text: {_short(destination)}")
    return label


def _picture(destination: str, alt: str, done: Turned) -> str:
    path = unquote(destination.strip("<>"))
    alt = alt.strip() or re.sub(r"[-_]+", " ", posixpath.splitext(posixpath.basename(path))[0])
    if OUTSIDE.match(path):
        done.remarks.append(f"picture of another site, now a link: {_short(path)}")
        return f"[{alt}]({destination})" if _is_safe(path) else alt
    for candidate in _candidates(path, done.name):
        file = done.places.pictures.get(candidate)
        if file is None:
            continue
        if file.suffix.lower() == ".svg" and (fault := svg_fault(file.read_text("utf-8", "replace"))):
            done.remarks.append(f"picture that may not be published ({fault}), now text: {_short(path)}")
            break
        return f"![{alt}](assets/{_asset(candidate, file, done)})"
    else:
        done.remarks.append(f"picture that is not here, now text: {_short(path)}")
    return f"*{alt}*" if alt else ""


def _asset(path: str, file: Path, done: Turned) -> str:
    """The name of a picture in notes/assets: the note's, and the picture's own."""
    stem, suffix = posixpath.splitext(posixpath.basename(path).lower())
    stem = re.sub(r"[^a-z0-9]+", "-", f"{done.slug}-{stem}").strip("-")
    name, number = f"{stem}{suffix}", 2
    while f"assets/{name}" in done.places.files or done.pictures.setdefault(name, file) != file:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def _candidates(path: str, name: str) -> tuple[str, ...]:
    """Where a path may lead in its vault: beside the text, from the top, in Hugo's static folder, or anywhere."""
    bare = posixpath.normpath(path.lstrip("/"))
    relative = posixpath.normpath(posixpath.join(posixpath.dirname(name), bare))
    return tuple(dict.fromkeys((relative, bare, f"static/{bare}", posixpath.basename(bare))))


def _note(path: str, done: Turned) -> str | None:
    bare = re.sub(r"\.(?:md|markdown|html)$", "", path.strip().strip("/"))
    if not bare:
        return None
    return next(
        (slug for candidate in _candidates(bare, done.name) if (slug := done.places.notes.get(candidate.lower()))), None
    )


def _heading(written: str, slug: str, places: Places) -> str:
    """The anchor that a heading has here; nothing if there is no such heading, or if it is a block's id."""
    wanted = anchor_of(unquote(written.rpartition("#")[2]))
    return next((heading.anchor for heading in places.headings.get(slug, ()) if heading.anchor == wanted), "")


def _citekey(written: str, places: Places) -> str | None:
    key = places.citekeys.get(written, written)
    return key if key in places.entries else None


def _citations(group: CitationGroup, done: Turned) -> Iterator[Edit]:
    for cited in group.citations:
        key = _citekey(cited.citekey, done.places)
        if key is None:
            # `@` of a name, a handle, or a citation of nothing: it stays text.
            yield Edit(Span(cited.span.start, cited.span.start + 1), "&#64;")
            done.remarks.append(f"no entry of this name, now text: @{_short(cited.citekey)}")
        elif key != cited.citekey:
            yield Edit(cited.span, citation(key).strip("[]"))


def _is_safe(address: str) -> bool:
    match = OUTSIDE.match(address.strip())
    return match is None or (match[1] or "https").lower() in SCHEMES


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
