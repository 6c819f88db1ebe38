"""An import → its report in Markdown: what was understood, what was not, what has no field."""

from __future__ import annotations

import datetime
import re
from collections import Counter

from papernotes.importing.intake import Intake, left_block
from papernotes.record import clean_text

MEANING = re.compile(r"([\\`*\[\]<>#|])")


def report(intake: Intake, what: str, day: datetime.date) -> str:
    """The report of an import, as Markdown."""
    counts = Counter(remark.lost for remark in intake.remarks)
    lines = [f"## {day}: {_text(what)}", ""]
    lines.append(
        f"{counted(len(intake.entries), 'entry', 'entries')} and {counted(len(intake.notes), 'note', 'notes')} added, "
        f"{len(intake.present)} here already; {counts[True]} not understood, {counts[False]} to look at."
    )
    entries = [f"`{entry.entry.citekey}`: {_text(entry.entry.title)}" for entry in intake.entries]
    notes = [f"`{path}` from {_text(place)}" for place, path in intake.notes]
    present = [f"{_text(place)}: {_text(why)}" for place, why in intake.present]
    lost = [f"{_text(remark.place)}: {_text(remark.message)}" for remark in intake.remarks if remark.lost]
    other = [f"{_text(remark.place)}: {_text(remark.message)}" for remark in intake.remarks if not remark.lost]
    for heading, items in (
        ("Entries", entries),
        ("Notes", notes),
        ("Here already", present),
        ("Not understood", lost),
        ("To look at", other),
    ):
        if items:
            lines += ["", f"### {heading}", "", *(f"- {item}" for item in items)]
    if intake.left:
        lines += ["", "### Without a field"]
        for place, fields in intake.left:
            lines += ["", _text(place), "", left_block(fields)]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """Text of others, on one line, without meaning to Markdown."""
    return MEANING.sub(r"\\\1", clean_text(value))


def counted(number: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`."""
    return f"{number} {one if number == 1 else many}"
