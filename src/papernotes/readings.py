"""Texts → what is read of each, from the cache where a text was read before, else read anew and remembered."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from pathlib import Path as File
from typing import NamedTuple

from papernotes import bodies, citations, diagrams, frontmatter, limits, markdown, marks, matter, model, notation, text
from papernotes.bodies import Text, begin_bodies, packed_body, unpacked_body
from papernotes.cache import BROKEN, Cache, packed, unpacked, version_of
from papernotes.diagrams import diagrams_in
from papernotes.frontmatter import frame_of, read_block, read_matter
from papernotes.markdown import read_body
from papernotes.matter import FrontMatter, ModelFacts, Path, Relation, ResultFacts, Series, TranslationMatter
from papernotes.model import Body, Fault
from papernotes.notation import Plain, faults_of, plain_faults
from papernotes.rendering import anchors, reader, shortcuts, shown
from papernotes.text import Source, Span

# What decides how a text is read and kept, besides this module.
CODE = (
    *(bodies, citations, diagrams, frontmatter, limits, markdown, marks, matter, model, notation, text),
    *(anchors, reader, shortcuts, shown),
)
META = (FrontMatter, TranslationMatter, Relation, ModelFacts, ResultFacts, Series, datetime.date, Decimal)
# It is imported only where front matter is read anew.
SCHEMA = File(str(matter.__file__)).with_name("schema.py")


class Written(NamedTuple):
    """A text to be read; a translation's front matter has other fields."""

    source: Source
    translated: bool = False


class Front(NamedTuple):
    """Front matter as a cache keeps it; `places` are those of every value and name."""

    body_start: int
    span: tuple[int, int]
    faults: tuple[Plain, ...]
    meta: bytes
    places: bytes


class Record(NamedTuple):
    """A text as a cache keeps it; `face` is a hash of what others see of it, `ties` of what it points to."""

    front: Front
    faults: tuple[Plain, ...]
    body: bytes
    face: bytes
    ties: bytes


class Reading:
    """What was read of a text, unpacked only when it is asked."""

    def __init__(self, written: Written, digest: bytes, record: Record, body: Body | None = None) -> None:
        self._written, self.digest, self._record, self._body = written, digest, record, body

    @property
    def face(self) -> bytes:
        """A hash of what others can name of it: front matter, headings, anchors."""
        return self._record.face

    @property
    def ties(self) -> bytes:
        """A hash of what it points to: citations, links, what its HTML and its diagrams show."""
        return self._record.ties

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What could not be read."""
        source, rows = self._written.source, (*self._record.front.faults, *self._record.faults)
        return faults_of(rows, {source.path: source}) if rows else ()

    @property
    def front(self) -> Span:
        return Span(*self._record.front.span)

    @property
    def meta(self) -> FrontMatter | TranslationMatter:
        with suppress(*BROKEN):
            meta = unpacked(self._record.front.meta, META)
            if isinstance(meta, TranslationMatter if self._written.translated else FrontMatter):
                return meta
        block = read_block(self._written.source)
        return read_matter(self._written.source, block, translated=self._written.translated)[0]

    @property
    def where(self) -> Mapping[Path, Span]:
        return self._places[0]

    @property
    def keys(self) -> Mapping[Path, Span]:
        return self._places[1]

    @cached_property
    def _places(self) -> tuple[Mapping[Path, Span], Mapping[Path, Span]]:
        try:
            where, keys = unpacked(self._record.front.places)
            return _spans(where), _spans(keys)
        except BROKEN:
            block = read_block(self._written.source)
            return block.where, block.keys

    @property
    def body(self) -> Body:
        if self._body is None:
            packed = self._record.body
            self._body = unpacked_body(packed) or read_body(self._written.source.text, self._record.front.body_start)
            # Of ten thousand texts the bytes take as much room as the bodies.
            self._record = self._record._replace(body=b"")
        return self._body


def read_text(written: Written) -> Reading:
    """What is read of one text, without a cache."""
    front = _read_front(written)
    body = read_body(written.source.text, front.body_start)
    return Reading(written, _key(written, written.source.text), _record(written.source, front, body), body)


def read_texts(
    texts: Sequence[Written],
    progress: Callable[[int, int], None] = lambda done, total: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Reading]:
    """What is read of these texts, in their order. `progress` hears of those that no cache knows.

    `meanwhile` is called once, where other processes already read and this one would have to wait for them.
    """
    cache = Cache("texts", version_of(File(__file__), SCHEMA, *(File(str(module.__file__)) for module in CODE)))
    keys = [_key(written, written.source.text) for written in texts]
    known = _recalled(cache, keys)
    missing = [(key, written) for key, written in zip(keys, texts, strict=True) if key not in known]
    bodies_read = begin_bodies([_body_of(written) for _, written in missing])
    fronts, fresh = _fronts(cache, [written for _, written in missing])
    meanwhile()
    found: dict[bytes, Body] = {}
    for (key, written), front, body in zip(missing, fronts, bodies_read.results(progress), strict=True):
        found[key] = body
        record = _record(written.source, front, body)
        fresh[key] = (tuple(record.front), *record[1:])
        # Whoever has the body needs it no more as bytes, which are as large.
        known[key] = record._replace(body=b"")
    cache.remember(fresh)
    return [Reading(written, key, known[key], found.get(key)) for key, written in zip(keys, texts, strict=True)]


def _body_of(written: Written) -> Text:
    frame = frame_of(written.source.text)
    return Text(written.source.text, frame.end if frame else 0)


def _key(written: Written, text: str) -> bytes:
    """The key of a text, or of its front matter, which is a part of it. Faults name their file, so the path counts."""
    what = f"{written.translated}\n{text is written.source.text}\n{written.source.path}\n"
    return hashlib.sha256((what + text).encode("utf-8", "surrogatepass")).digest()


def _recalled(cache: Cache, keys: Sequence[bytes]) -> dict[bytes, Record]:
    found: dict[bytes, Record] = {}
    for key, row in cache.recall(keys).items():
        with suppress(*BROKEN):
            front, faults, body, face, ties = row
            found[key] = Record(_front(front), faults, body, face, ties)
    return found


def _front(row: Plain) -> Front:
    """The front matter that was kept as this row; raises ValueError if it is none."""
    start, span, faults, meta, places = row
    if not isinstance(start, int) or not isinstance(meta, bytes) or not isinstance(places, bytes):
        raise ValueError("this row is no front matter")
    return Front(start, span, faults, meta, places)


def _fronts(cache: Cache, texts: Sequence[Written]) -> tuple[list[Front], dict[bytes, object]]:
    """The front matter of these texts, and the part to remember: above a body that was edited it is known."""
    keys: list[bytes | None] = []
    for written in texts:
        frame = frame_of(written.source.text)
        keys.append(_key(written, written.source.text[: frame.end]) if frame and frame.closed else None)
    known: dict[bytes | None, Front] = {}
    for key, row in cache.recall([key for key in keys if key]).items():
        with suppress(*BROKEN):
            known[key] = _front(row)
    fronts = [known.get(key) or _read_front(written) for key, written in zip(keys, texts, strict=True)]
    return fronts, {key: tuple(front) for key, front in zip(keys, fronts, strict=True) if key and key not in known}


def _read_front(written: Written) -> Front:
    source = written.source
    block = read_block(source)
    meta, faults = read_matter(source, block, translated=written.translated)
    places = packed((_rows(block.where), _rows(block.keys)))
    return Front(block.body_start, (block.span.start, block.span.end), plain_faults(faults), packed(meta), places)


def _record(source: Source, front: Front, body: Body) -> Record:
    faults: list[Fault] = []
    if body.unreadable:
        message, at = body.unreadable
        faults.append(Fault("unreadable-markdown", source.at(at, at + 1), message, "simplify this place"))
    return Record(front, plain_faults(faults), packed_body(body), _face(source, body), _ties(source, body))


def _face(source: Source, body: Body) -> bytes:
    headings = [(heading.level, heading.text, heading.anchor) for heading in body.headings]
    # What is found in a text without lines is kept as found in a file as a whole.
    return _hash(not source.text, source.text[: body.start], body.unreadable, headings, sorted(body.anchors))


def _ties(source: Source, body: Body) -> bytes:
    return _hash(
        [citation.citekey for group in body.groups for citation in group.citations],
        [(str(link.kind), link.destination) for link in body.links],
        [(tag.name, tag.attributes) for tag in body.tags],
        [diagram.source for diagram in diagrams_in(source.text, body.start)],
    )


def _hash(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).digest()


def _rows(places: Mapping[Path, Span]) -> list[tuple[Path, int, int]]:
    return [(path, span.start, span.end) for path, span in places.items()]


def _spans(rows: Iterable[tuple[Path, int, int]]) -> dict[Path, Span]:
    return {path: Span(start, end) for path, start, end in rows}
