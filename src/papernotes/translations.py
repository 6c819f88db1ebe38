"""What a translation was made from: a fingerprint per section of its original, and what has changed since."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from papernotes.model import Note, Translation
from papernotes.text import Edit, Span

OPENING, FRONT = "opening", "front"
DIGITS = 16


@dataclass(frozen=True)
class Drift:
    """A section of an original that its translation was not made from. `kind` is changed, added or removed."""

    section: str
    kind: str
    span: Span


def sections(note: Note) -> Mapping[str, Span]:
    """The sections of a note by the anchor of their heading; what stands before the first is `opening`."""
    starts = [(OPENING, note.body.start)]
    # A heading's span is its text; its section begins with its line.
    starts += [(h.anchor, note.source.text.rfind("\n", 0, h.span.start) + 1) for h in note.body.headings]
    ends = [start for _, start in starts[1:]] + [len(note.source.text)]
    return {name: Span(start, end) for (name, start), end in zip(starts, ends, strict=True)}


def fingerprints(note: Note) -> Mapping[str, str]:
    """A short sha256 of every section, white space folded, and of the fields that translate."""
    found = {FRONT: _hash("\n".join((note.meta.title, note.meta.summary)))}
    for name, span in sections(note).items():
        found[name] = _hash(" ".join(note.source.text[span.start : span.end].split()))
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def drift(note: Note, translation: Translation) -> tuple[Drift, ...]:
    """What changed in the original since the translation was recorded; nothing if it never was."""
    recorded = translation.meta.translates
    if not recorded:
        return ()
    spans, found = sections(note), list[Drift]()
    current = fingerprints(note)
    for name, value in current.items():
        span = spans.get(name, note.front)
        if name not in recorded:
            found.append(Drift(name, "added", span))
        elif recorded[name] != value:
            found.append(Drift(name, "changed", span))
    found += [
        Drift(name, "removed", Span(note.body.start, note.body.start)) for name in recorded if name not in current
    ]
    return tuple(found)


def recording(note: Note, translation: Translation) -> Edit:
    """The edit of the translation's file that records what its original is now."""
    lines = ["translates:"] + [f"  {_key(name)}: {value}" for name, value in fingerprints(note).items()]
    block = "\n".join(lines) + "\n"
    text = translation.source.text
    key = translation.keys.get(("translates",))
    if key is None:
        return Edit(Span(translation.front.end, translation.front.end), block)
    start = text.rfind("\n", 0, key.start) + 1
    end = text.find("\n", translation.where[("translates",)].end)
    return Edit(Span(start, len(text) if end < 0 else end + 1), block)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[a-z][a-z0-9_-]*", name) and name not in ("null", "true", "false") else f'"{name}"'
