"""What importers found + the vault → the files that take it in, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from papernotes.adding import Desk
from papernotes.additions import bibliography_file, with_entries
from papernotes.importers.found import Found, FoundWork
from papernotes.importing.intake import Choices, Intake
from papernotes.importing.notes import Notes
from papernotes.importing.works import Works, papers_of
from papernotes.progress import Bars, no_bar
from papernotes.scaffold import UNSORTED, draft_text, unsorted_topic


def merged(found: Iterable[Found]) -> Found:
    """What several files hold, as if they were one."""
    items = list(found)
    return Found(
        tuple(work for item in items for work in item.works),
        tuple(text for item in items for text in item.texts),
        tuple(remark for item in items for remark in item.remarks),
        tuple(rest for item in items for rest in item.rest),
    )


def take_in(desk: Desk, found: Found, pictures: Mapping[str, Path], choices: Choices, bars: Bars = no_bar) -> Intake:
    """Plan an import. Nothing is written, and the library stays as it is."""
    intake = Intake(remarks=list(found.remarks), left=[(place, (("text", text),)) for place, text in found.rest])
    works = Works(desk.library, intake)
    taken = [(work, works.take(work.record, work.place)) for work in found.works]
    papers = [papers_of(works, text, choices) for text in found.texts]
    works.finish()
    later = Desk(desk.config, with_entries(desk.library, intake.entries))
    notes = Notes(later, intake, works, choices, pictures)
    notes.take(found.texts, papers, bars)
    noted: set[str] = set()
    for work, citekey in taken:
        wants_note = choices.notes and works.is_new(citekey) and citekey not in noted
        _keep_rest(notes, works, work, citekey if wants_note else "")
        noted.add(citekey)
    _collect_files(desk, intake, notes)
    return intake


def _keep_rest(notes: Notes, works: Works, work: FoundWork, citekey: str) -> None:
    """What of a work has no field: into its note, if it gets one, else into the report."""
    left = (*work.record.left, *([("notes", work.text)] if work.text else []))
    if citekey:
        notes.skeleton(works.entries[citekey], work.place, left)
    elif left:
        notes.intake.left.append((work.place, left))


def _collect_files(desk: Desk, intake: Intake, notes: Notes) -> None:
    """papers.bib first: an entry without note is sound, a note without entry is not. Pictures before their notes."""
    if intake.entries:
        path, data = bibliography_file(desk.config, desk.library, intake.entries)
        intake.files[path] = data
    drafts = list(notes.drafts)
    if any(UNSORTED in draft.topics for draft in drafts) and UNSORTED not in desk.library.topic_by_slug:
        drafts.insert(0, unsorted_topic(desk.config))
    for target, file in notes.pictures.items():
        intake.files[target] = file.read_bytes()
    for draft in drafts:
        intake.files[desk.config.root / draft.path] = draft_text(desk.config, draft).encode("utf-8", "surrogatepass")
