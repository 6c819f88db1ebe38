"""A text and a place in it → what may be written there: citekeys, notes, headings, topics, fields and their values."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from weakref import WeakKeyDictionary

from papernotes.citations import BEFORE
from papernotes.editor_schema import choices_at, meaning
from papernotes.entries import Entry
from papernotes.library import Library
from papernotes.links import SCHEME, resolve_wiki
from papernotes.matter_places import FieldPlace, field_place
from papernotes.model import Note, Place, Translation
from papernotes.references import names, plain_title
from papernotes.schema import FrontMatter, TranslationMatter, fields_at
from papernotes.text import Source, Span

MOST = 200
MOST_AUTHORS = 3
CITATION = re.compile(rf"{BEFORE}@\{{?([^\s\[\]{{}};,@()]*)$")
WIKI = re.compile(r"\[\[([^\[\]|#]*)$")
WIKI_HEADING = re.compile(r"\[\[([^\[\]|#]*)#([^\[\]|]*)$")
LINK = re.compile(r"(?:\]\(|^ {0,3}\[[^\]^]+\]:[ \t]+)<?([^()\s#<>]*)$")
LINK_HEADING = re.compile(r"(?:\]\(|^ {0,3}\[[^\]^]+\]:[ \t]+)<?([^()\s#<>]*)#([^()\s<>]*)$")
CITED_KEYS = re.compile(r"\b(?:cites|crossref|xref)\s*=\s*[{\"](?:[^{}\"=]*[\s,;])?([^\s,;{}\"=]*)$", re.IGNORECASE)
# How far before a place in the bibliography the field begins that it stands in.
REACH = 20_000
WORKS = {("", "papers"), ("relations", "to"), ("relations", "from"), ("models", "paper"), ("results", "paper")}


class Kind(StrEnum):
    """What is offered."""

    WORK = "work"
    NOTE = "note"
    HEADING = "heading"
    TOPIC = "topic"
    FIELD = "field"
    VALUE = "value"


@dataclass(frozen=True)
class Offer:
    """Something that may be written: `text` as it would stand there, `detail` beside it, `names` to find it by."""

    kind: Kind
    text: str
    detail: str = ""
    about: str = ""
    names: str = ""


@dataclass(frozen=True)
class Offers:
    """What may replace `span`, likeliest first; not all of it where `complete` is false."""

    span: Span
    offers: tuple[Offer, ...]
    complete: bool


def offers_at(library: Library, source: Source, offset: int) -> Offers | None:
    """What may be written at a place; None where nothing is known. The library may be a little older than the text."""
    text = source.text
    if source.path.endswith(".bib"):
        found = CITED_KEYS.search(text[max(0, offset - REACH) : offset])
        return _chosen(_works(library.entries), found[1], offset) if found else None
    place = field_place(text, offset)
    if place is not None:
        return _in_front_matter(library, source, place)
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    for pattern, offer in PLACES:
        if found := pattern.search(before):
            typed = found[found.re.groups]
            return _chosen(tuple(offer(library, source, found[1])), typed, offset)
    return None


def _chosen(offers: Sequence[Offer], typed: str, offset: int) -> Offers:
    """The offers whose text or names hold what was typed; those that begin with it come first. O(offers)."""
    wanted = typed.casefold()
    found = [offer for offer in offers if wanted in offer.names or wanted in offer.text.casefold()]
    found.sort(key=lambda offer: not offer.text.casefold().startswith(wanted))
    return Offers(Span(offset - len(typed), offset), tuple(found[:MOST]), len(found) <= MOST)


@lru_cache(maxsize=1)
def _works(entries: tuple[Entry, ...]) -> tuple[Offer, ...]:
    """Every work of a bibliography. Kept, since the bibliography changes less often than people type."""
    offers: dict[str, Offer] = {}
    for entry in entries:
        title, year = plain_title(entry), entry.fields.get("year", "")
        detail = f"{title} ({year})" if year else title
        about = names(entry, MOST_AUTHORS)
        offers.setdefault(
            entry.citekey, Offer(Kind.WORK, entry.citekey, detail, about, f"{title} {about} {year}".casefold())
        )
    return tuple(offers.values())


def _cited(library: Library, source: Source, typed: str) -> Sequence[Offer]:
    return _works(library.entries)


def _wiki(library: Library, source: Source, typed: str) -> Sequence[Offer]:
    return _notes(library.notes, library.topics, library.translations)


@lru_cache(maxsize=1)
def _notes(
    notes: tuple[Note, ...], topics: tuple[Note, ...], translations: tuple[Translation, ...]
) -> tuple[Offer, ...]:
    """Every note and topic under the name that a wiki link has for it; of two with one name the first."""
    translated = _translations(translations)
    offers: dict[str, Offer] = {}
    for note in (*notes, *topics):
        text = f"topics/{note.slug}" if note.place is Place.TOPIC else note.slug
        if text not in offers:
            offers[text] = _note(translated, note, text)
    return tuple(offers.values())


def _linked(library: Library, source: Source, typed: str) -> Iterator[Offer]:
    """Paths of texts, as if all had a translation: what has none is found in the first language."""
    document = library.by_path.get(source.path)
    folder = f"notes/{document.lang}" if isinstance(document, Translation) else "notes"
    if SCHEME.match(typed):
        return
    translated, here = _translations(library.translations), posixpath.dirname(source.path)
    ways: dict[str, str] = {}
    for note in library.originals:
        inside, _, name = note.source.path.partition("/")[2].rpartition("/")
        if inside not in ways:
            way = posixpath.relpath(posixpath.join(folder, inside), here)
            ways[inside] = "" if way == "." else f"{way}/"
        yield _note(translated, note, ways[inside] + name)


# What a note is found by. Of thousands of notes, those that did not change need not be looked at again.
_NAMES: WeakKeyDictionary[Note | Translation, str] = WeakKeyDictionary()


def _names(document: Note | Translation) -> str:
    names = _NAMES.get(document)
    if names is None:
        names = _NAMES[document] = "\n".join((document.title, *document.meta.aliases)).casefold()
    return names


def _note(translated: Mapping[tuple[Place, str], Sequence[Translation]], note: Note, text: str) -> Offer:
    known = _names(note)
    for translation in translated.get((note.place, note.slug), ()):
        known += f"\n{_names(translation)}"
    kind = Kind.TOPIC if note.place is Place.TOPIC else Kind.NOTE
    return Offer(kind, text, note.title, note.meta.summary, known)


@lru_cache(maxsize=1)
def _translations(translations: tuple[Translation, ...]) -> Mapping[tuple[Place, str], Sequence[Translation]]:
    found: dict[tuple[Place, str], list[Translation]] = {}
    for translation in translations:
        found.setdefault((translation.place, translation.slug), []).append(translation)
    return found


def _wiki_headings(library: Library, source: Source, name: str) -> Iterator[Offer]:
    # A text that was not read yet is taken to be in the first language.
    document = library.by_path.get(source.path) or next(iter(library.originals), None)
    target = resolve_wiki(library, document, name.strip()) if document else None
    for heading in target.body.headings if target else ():
        yield Offer(Kind.HEADING, heading.text, "#" * heading.level, names=heading.anchor)


def _headings(library: Library, source: Source, path: str) -> Iterator[Offer]:
    found = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path)) if path else source.path
    document = library.by_path.get(found)
    if document is None:
        # A translation may link what is not translated yet.
        parts = found.split("/")
        document = library.by_path.get("/".join((parts[0], *parts[2:])))
    for heading in document.body.headings if document else ():
        yield Offer(Kind.HEADING, heading.anchor, heading.text, names=heading.text.casefold())


PLACES: tuple[tuple[re.Pattern[str], Callable[[Library, Source, str], Iterable[Offer]]], ...] = (
    (WIKI_HEADING, _wiki_headings),
    (WIKI, _wiki),
    (LINK_HEADING, _headings),
    (LINK, _linked),
    (CITATION, _cited),
)


def _in_front_matter(library: Library, source: Source, place: FieldPlace) -> Offers:
    translated = isinstance(library.by_path.get(source.path), Translation)
    model = TranslationMatter if translated else FrontMatter
    return _chosen(tuple(_field_offers(library, source, model, place)), place.typed, place.offset)


def _field_offers(
    library: Library, source: Source, model: type[FrontMatter] | type[TranslationMatter], place: FieldPlace
) -> Iterable[Offer]:
    if place.field is None:
        path = (place.parent,) if place.parent else ()
        known = [name for name in fields_at(model, path) if name not in place.written]
        return [Offer(Kind.FIELD, f"{name}: ", about=meaning(place.parent, name)) for name in known]
    if (place.parent, place.field) in WORKS:
        return _works(library.entries)
    if (place.parent, place.field) == ("", "topics"):
        return [
            Offer(Kind.TOPIC, slug, topic.title, topic.meta.summary, topic.title.casefold())
            for slug, topic in library.topic_by_slug.items()
        ]
    if choices := choices_at(place.parent, place.field):
        return [Offer(Kind.VALUE, choice) for choice in choices]
    return [Offer(Kind.VALUE, value) for value in sorted(set(_used(library, source, place)))]


def _used(library: Library, source: Source, place: FieldPlace) -> Iterator[str]:
    """What other notes say in a field whose values recur."""
    parent, field = place.parent, place.field
    for note in library.notes:
        if note.source.path == source.path:
            continue  # it holds the word that is being typed
        if (parent, field) == ("", "contributors"):
            yield from note.meta.contributors
        elif (parent, field) == ("series", "name") and note.meta.series:
            yield note.meta.series.name
        elif parent == "models" and field == "license":
            yield from (facts.license for facts in note.meta.models if facts.license)
        elif parent == "results" and field in ("model", "benchmark", "setting", "metric", "unit"):
            yield from (value for facts in note.meta.results if isinstance(value := getattr(facts, field), str))
