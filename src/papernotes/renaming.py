"""A library and a new name → every edit and move that gives a work, a note or a topic that name."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from papernotes.addresses import is_own
from papernotes.citations import KEY
from papernotes.config import Config
from papernotes.formatting import NOTE_ORDER
from papernotes.graph import build_graph
from papernotes.library import Library, read_document
from papernotes.model import Note, Place, Translation
from papernotes.occurrences import Sort, Subject, occurrences
from papernotes.page import entry_address
from papernotes.rules.bad_citekey import citekey_fault
from papernotes.rules.bad_slug import LONGEST, SLUG, WINDOWS
from papernotes.rules.redirect_loop import address
from papernotes.text import Edit, Source, Span, apply_edits
from papernotes.translations import fingerprints

PLACES = {Sort.NOTE: Place.NOTE, Sort.TOPIC: Place.TOPIC}
PLAIN_SCALAR = re.compile(r"[A-Za-z0-9][\w./-]*(?: [\w./-]+)*")


class RenameError(ValueError):
    """A name that cannot be given, or nothing that could be given it."""


@dataclass(frozen=True)
class Renaming:
    """Edits by the source that they change, files that move (from, to), and the number of uses that follow."""

    edits: Mapping[Source, tuple[Edit, ...]]
    moves: tuple[tuple[str, str], ...]
    uses: int

    def texts(self) -> Mapping[Source, str]:
        """The new text of every changed file."""
        return {source: apply_edits(source.text, edits) for source, edits in self.edits.items()}


def subject_named(library: Library, name: str) -> Subject:
    """What `dpo`, `topics/alignment`, `notes/dpo.md`, `rafailov2023dpo` or `@rafailov2023dpo` means.

    Raises RenameError if that is nothing, or more than one thing.
    """
    slug = name.removeprefix("notes/").removesuffix(".md")
    if slug.startswith("topics/") and slug.removeprefix("topics/") in library.topic_by_slug:
        return Subject(Sort.TOPIC, slug.removeprefix("topics/"))
    key = name.removeprefix("@")
    if name in library.by_citekey and slug in library.by_slug:
        raise RenameError(f"{name} is a note and a citekey: write notes/{name}.md or @{name}")
    if key in library.by_citekey:
        return Subject(Sort.WORK, key)
    if slug in library.by_slug:
        return Subject(Sort.NOTE, slug)
    topics = [f"topics/{topic}" for topic in library.topic_by_slug]
    near = difflib.get_close_matches(name, [*library.by_slug, *library.by_citekey, *topics], 1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    raise RenameError(f"{name}: there is no note, topic or entry of this name{hint}")


def rename(library: Library, config: Config, subject: Subject, new: str) -> Renaming:
    """All that changes where `subject` is called `new`. O(size of the library). Raises RenameError for a clash."""
    if new == subject.name:
        raise RenameError(f"{new}: this is its name already")
    if subject.sort is Sort.WORK:
        _refuse_citekey(library, subject.name, new)
    else:
        _refuse_slug(library, config, subject, new)
    edits: dict[Source, list[Edit]] = {}
    uses = 0
    for place in occurrences(library):
        if place.subject == subject and place.name is not None:
            edits.setdefault(place.location.source, []).append(Edit(place.name, new))
            uses += not place.defines
    for note, old, now in _addresses(library, subject, new):
        if edit := _redirect(note, "" if is_own(old, config.languages) else old, now):
            edits.setdefault(note.source, []).append(edit)
    for source, edit in _recordings(library, config, edits):
        edits.setdefault(source, []).append(edit)
    return Renaming({source: tuple(sorted(own)) for source, own in edits.items()}, _moves(library, subject, new), uses)


def _refuse_citekey(library: Library, old: str, new: str) -> None:
    if sum(entry.citekey == old for entry in library.entries) > 1:
        raise RenameError(f"{old}: two entries have this citekey; remove or rename one of them first")
    if message := citekey_fault(new):
        raise RenameError(f"{new}: this citekey {message}")
    if not re.fullmatch(KEY, new) or new in ("null", "Null", "NULL"):
        raise RenameError(f"{new}: a citekey is letters and digits with _ : . + / - between them, such as hu2021lora")
    for entry in library.entries:
        if entry.citekey.casefold() == new.casefold() and entry.citekey != old:
            raise RenameError(f"{new}: there is an entry {entry.citekey!r} already")


def _refuse_slug(library: Library, config: Config, subject: Subject, new: str) -> None:
    if not SLUG.fullmatch(new) or WINDOWS.fullmatch(new) or len(new) > LONGEST or new == "null":
        raise RenameError(f"{new}: a slug is a to z, 0 to 9 and single hyphens, such as scaling-laws")
    documents = (*library.originals, *library.translations)
    same = [d for d in library.originals if d.place is PLACES[subject.sort] and d.slug == subject.name]
    if len(same) > 1:
        raise RenameError(f"{subject.name}: {same[0].source.path} and {same[1].source.path} share this slug")
    own = {document.source.path for document in _files(library, subject)}
    for document in documents:
        taken = document.place is PLACES[subject.sort] and document.slug.casefold() == new.casefold()
        if taken and document.source.path not in own:
            raise RenameError(f"{new}: there is {document.source.path} already")
    new_address = new if subject.sort is Sort.NOTE else f"topics/{new}"
    if is_own(new_address, config.languages):
        raise RenameError(f"{new}: the site makes the page /{new_address}/ itself")
    for note in library.originals:
        if note.source.path not in own and new_address in map(address, note.meta.redirects):
            raise RenameError(f"{new}: {note.source.path} redirects this address to itself")
    if subject.sort is Sort.NOTE:
        named = library.note_by_name.get(new.casefold())
        if named is not None and named.slug != subject.name:
            raise RenameError(f"{new}: this is a title or alias of {named.source.path}")


def _files(library: Library, subject: Subject) -> tuple[Note | Translation, ...]:
    """The note or topic and its translations."""
    place = PLACES.get(subject.sort)
    documents = (*library.originals, *library.translations)
    return tuple(d for d in documents if d.place is place and d.slug == subject.name)


def _moves(library: Library, subject: Subject, new: str) -> tuple[tuple[str, str], ...]:
    paths = [document.source.path for document in _files(library, subject)]
    return tuple((path, posixpath.join(posixpath.dirname(path), f"{new}.md")) for path in paths)


def _addresses(library: Library, subject: Subject, new: str) -> Iterator[tuple[Note, str, str]]:
    """Notes at whose address something stood before: the note, its old address, and the one that it has now."""
    if subject.sort is Sort.WORK:
        slug = build_graph(library).note_of.get(subject.name)
        if slug is not None:
            yield library.by_slug[slug], entry_address(subject.name), entry_address(new)
    elif subject.sort is Sort.NOTE:
        yield library.by_slug[subject.name], subject.name, new
    else:
        yield library.topic_by_slug[subject.name], f"topics/{subject.name}", f"topics/{new}"


def _redirect(note: Note, old: str, now: str) -> Edit | None:
    """The edit that makes the old address a redirect, and the present one none."""
    written = note.meta.redirects
    wanted = [text for text in written if address(text) not in (now, old)]
    if old:
        wanted.append(old)
    if tuple(wanted) == written:
        return None
    field = f"redirects: [{', '.join(map(_scalar, wanted))}]"
    key = note.keys.get(("redirects",))
    if key is not None:
        value = note.where.get(("redirects",), key)
        return Edit(Span(key.start, max(key.end, value.end)), field)
    text, newline = note.source.text, "\r\n" if "\r\n" in note.source.text else "\n"
    later = NOTE_ORDER[NOTE_ORDER.index("redirects") + 1 :]
    starts = [note.keys[(name,)].start for name in later if (name,) in note.keys]
    at = text.rfind("\n", 0, min(starts)) + 1 if starts else note.front.end
    return Edit(Span(at, at), field + newline)


def _scalar(text: str) -> str:
    return text if PLAIN_SCALAR.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _recordings(library: Library, config: Config, edits: Mapping[Source, list[Edit]]) -> Iterator[tuple[Source, Edit]]:
    """Translations that were up to date with a section stay so: only names in it have changed."""
    for translation in library.translations:
        note = library.original_of(translation)
        recorded = translation.meta.translates
        if note is None or not recorded or note.source not in edits:
            continue
        source = Source(note.source.path, apply_edits(note.source.text, edits[note.source]))
        after, _ = read_document(config, source)
        if not isinstance(after, Note):
            continue
        before, now = fingerprints(note), fingerprints(after)
        for section, value in recorded.items():
            span = translation.where.get(("translates", section))
            if span and value == before.get(section) and now.get(section, value) != value:
                yield translation.source, Edit(span, now[section])
