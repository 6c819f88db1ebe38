"""A library and a place in one of its texts → what stands there: where it is defined and used, and its card."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from papernotes.entries import Entry
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.links import resolve_note, target_of, wiki_anchor
from papernotes.model import Link, LinkKind, Note, Translation
from papernotes.occurrences import Occurrence, Sort, Subject, in_document, in_entry, occurrences
from papernotes.references import label, names, plain_title, venue
from papernotes.templating import escape_markdown
from papernotes.text import Location, Span

BEGINNING = Span(0, 0)
MOST_AUTHORS = 3


def occurrence_at(library: Library, path: str, offset: int) -> Occurrence | None:
    """What is named at a place; where one stands in another, the narrower."""
    found = [o for o in _around(library, path, offset) if o.location.span.start <= offset <= o.location.span.end]
    return min(found, key=lambda o: o.location.span.end - o.location.span.start, default=None)


def _around(library: Library, path: str, offset: int) -> Iterable[Occurrence]:
    document = library.by_path.get(path)
    if document is not None:
        return in_document(library, document)
    if path == library.bibliography.path and library.entries:
        number = bisect_right(library.entries, offset, key=lambda entry: entry.span.start)
        return in_entry(library.entries[number - 1]) if number else ()
    return ()


def subject_at(library: Library, path: str, offset: int) -> Subject | None:
    """What is meant at a place: what is named there; in the title of a text, the text itself."""
    if occurrence := occurrence_at(library, path, offset):
        return occurrence.subject
    document = library.by_path.get(path)
    if document is None or document.place.value not in tuple(Sort):
        return None
    title = document.field("title").span
    return Subject(Sort(document.place.value), document.slug) if title.start <= offset <= title.end else None


def definition(library: Library, graph: CitationGraph, path: str, offset: int) -> Location | None:
    """Where a place leads: a citation to the note on its work, or from there and without one to the entry; a link to
    its text and heading; an entry's own key to its note."""
    document = library.by_path.get(path)
    if document is not None:
        for link in document.body.links:
            if link.whole.start <= offset <= max(link.whole.end, link.span.end):
                return _heading(library, document, link)
    occurrence = occurrence_at(library, path, offset)
    if occurrence is None:
        return None
    subject = occurrence.subject
    if subject.sort is not Sort.WORK:
        note = (library.by_slug if subject.sort is Sort.NOTE else library.topic_by_slug).get(subject.name)
        return note.at(BEGINNING) if note else None
    slug = graph.note_of.get(subject.name)
    note = library.by_slug.get(slug) if slug else None
    own = document is not None and note is not None and document.slug == note.slug
    return declaration(library, subject) if note is None or own else _in_language(library, note, document)


def declaration(library: Library, subject: Subject) -> Location | None:
    """The record of a work."""
    entry = library.by_citekey.get(subject.name) if subject.sort is Sort.WORK else None
    return entry.location if entry else None


def _in_language(library: Library, note: Note, reader: Note | Translation | None) -> Location:
    """A note for somebody who comes from `reader`: its translation, if that is one."""
    lang = reader.lang if reader else note.lang
    return (library.translation_of.get((lang, note.place, note.slug)) or note).at(BEGINNING)


def _heading(library: Library, document: Note | Translation, link: Link) -> Location | None:
    found = resolve_note(library, document, link)
    if found is None:
        return None
    anchor = target_of(document, link).anchor
    if link.kind is LinkKind.WIKI:
        anchor = wiki_anchor(found, anchor)
    return found.at(next((heading.span for heading in found.body.headings if heading.anchor == anchor), BEGINNING))


def references(library: Library, subject: Subject, *, definitions: bool) -> tuple[Location, ...]:
    """Every place that names the subject. O(size of the library)."""
    return tuple(
        place.location
        for place in occurrences(library)
        if place.subject == subject and (definitions or not place.defines)
    )


def card(library: Library, graph: CitationGraph, subject: Subject) -> str:
    """A few lines of Markdown on a work, a note or a topic; nothing where there is none."""
    if subject.sort is Sort.WORK:
        entry = library.by_citekey.get(subject.name)
        return _work_card(library, graph, entry) if entry else ""
    if subject.sort is Sort.NOTE:
        note = library.by_slug.get(subject.name)
        return _note_card(library, graph, note) if note else ""
    topic = library.topic_by_slug.get(subject.name)
    notes = sum(subject.name in note.meta.topics for note in library.by_slug.values())
    return _card(topic.title, topic.meta.summary, f"topic · {_counted(notes, 'note')}") if topic else ""


def _work_card(library: Library, graph: CitationGraph, entry: Entry) -> str:
    slug = graph.note_of.get(entry.citekey)
    note = library.by_slug.get(slug) if slug else None
    where = ", ".join(part for part in (venue(entry), entry.fields.get("year", "")) if part)
    citing = len({mention.slug for mention in graph.mentioned_by.get(entry.citekey, ()) if mention.slug != slug})
    state = _state(note) if note else "no note yet"
    told = f"{state} · cited in {_counted(citing, 'other note' if note else 'note')}"
    summary = note.meta.summary if note else ""
    return _card(plain_title(entry), names(entry, MOST_AUTHORS), where, summary, told)


def _note_card(library: Library, graph: CitationGraph, note: Note) -> str:
    entries = [library.by_citekey[key] for key in note.meta.papers if key in library.by_citekey]
    works = "; ".join(label(entry) for entry in entries[:MOST_AUTHORS])
    citing = len({mention.slug for mention in graph.backlinks.get(note.slug, ())})
    told = f"{_state(note)} · cited or linked in {_counted(citing, 'note')}"
    return _card(note.title, works, note.meta.summary, told)


def _state(note: Note) -> str:
    return f"note: {note.slug} ({note.meta.kind}, {note.meta.status})"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _card(title: str, *lines: str) -> str:
    return "\n\n".join((f"**{escape_markdown(title)}**", *(escape_markdown(line) for line in lines if line)))
