"""Values → BibTeX text in the style of papers.bib, so that reading it again gives the same values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from papernotes.bibtex import DECODED
from papernotes.entries import MONTHS, Entry, Person, month_number
from papernotes.record import LINKS, safe_address

FIELDS = (
    "author title editor journal booktitle venue year month volume number series edition pages address publisher "
    "institution organization school howpublished isbn issn eprint archiveprefix primaryclass doi url pdf code project "
    "note"
).split()
# A word that would lose a capital where a style lowers titles; apostrophes end it, hyphens and digits belong to it.
CAPITALS = re.compile(r"(?<![\w$\\-])(?=[\w+-]*\w[A-Z])[\w+-]+(?![\w$])")
FORMULA = re.compile(r"\$(?=\S)([^$]*[^$\s\\])\$")
LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
SPECIAL = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {
        "{": "\\lbrace{}",
        "}": "\\rbrace{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)


class Addition(NamedTuple):
    """An entry that is to be put into a bibliography."""

    citekey: str
    text: str


def render_entry(
    citekey: str,
    type: str,
    fields: Mapping[str, str],
    *,
    authors: Iterable[Person] = (),
    editors: Iterable[Person] = (),
    cites: Sequence[str] | None = None,
) -> str:
    """One entry: two-space indent, fields in the order of `FIELDS`, others after them, `cites` last. No line end."""
    values = {name: rendered for name, value in fields.items() if (rendered := _value(name, value))}
    for role, people in (("author", authors), ("editor", editors)):
        if names := " and ".join(_name(person) for person in people):
            values[role] = f"{{{names}}}"
    if cites is not None:
        values["cites"] = f"{{{', '.join(sorted(cites))}}}"
    order = {name: place for place, name in enumerate(FIELDS)}
    names = sorted(values, key=lambda name: (name == "cites", order.get(name, len(order)), name))
    rows = ",\n".join(f"  {name} = {values[name]}" for name in names)
    return f"@{type}{{{citekey},\n{rows}\n}}"


def _value(name: str, value: str) -> str:
    text = " ".join(value.split())
    if name == "month" and (number := month_number(text)):
        return MONTHS[number - 1]
    if name in LINKS:
        text = safe_address(text)
    elif name == "pages":
        text = re.sub(r"(?<=\w)\s*(?:-+|[–—])\s*(?=\w)", "--", text)
    elif name in DECODED:
        text = escape_latex(text, protect=name == "title")
    if name not in DECODED and not _balanced(text):
        text = re.sub(r"[{}]", "", text)
    return f"{{{text}}}" if text else ""


def _balanced(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def escape_latex(text: str, *, protect: bool = False) -> str:
    """Plain text as LaTeX; formulas between dollars stay. `protect` puts words with inner capitals in braces."""
    done: list[str] = []
    cursor = 0
    for match in FORMULA.finditer(text):
        if _balanced(match[1]) and "\\$" not in match[0]:
            done += (_escape(text[cursor : match.start()], protect), match[0])
            cursor = match.end()
    return "".join(done) + _escape(text[cursor:], protect)


def _escape(text: str, protect: bool) -> str:
    parts: list[str] = []
    cursor = 0
    for match in CAPITALS.finditer(text) if protect else ():
        parts += (_plain(text[cursor : match.start()]), f"{{{_plain(match[0])}}}")
        cursor = match.end()
    return "".join(parts) + _plain(text[cursor:])


def _plain(text: str) -> str:
    """Characters that mean something to LaTeX as what prints them; `--` and the like kept apart."""
    return LIGATURES.sub("\0", text).translate(SPECIAL).replace("\0", "{}")


def _name(person: Person) -> str:
    if not person.given:
        return person.family if person.family == "others" else f"{{{escape_latex(person.family)}}}"
    return f"{escape_latex(person.family)}, {escape_latex(person.given)}"


def insert_entries(text: str, entries: Sequence[Entry], additions: Iterable[Addition]) -> str:
    """A bibliography with more entries: in their places by citekey where the file is sorted, else at its end.

    What stands above an entry (a comment) stays above it. O(file + additions).
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    keys = [entry.citekey.lower() for entry in entries]
    is_sorted = keys == sorted(keys)
    behind: dict[int, list[str]] = {}
    for addition in sorted(additions):
        # The number of entries that stand before it.
        place = bisect_right(keys, addition.citekey.lower()) if is_sorted else len(keys)
        behind.setdefault(place, []).append(addition.text.replace("\n", newline))
    done: list[str] = []
    cursor = 0
    for place in sorted(behind):
        block = (newline * 2).join(behind[place])
        if entries and place == 0:
            at = entries[0].span.start
            done += (text[cursor:at], block, newline * 2)
        elif entries and place < len(entries):
            at = entries[place - 1].span.end
            done += (text[cursor:at], newline * 2, block)
        else:
            at = len(text)
            rest = text[cursor:].rstrip()
            done += (rest, newline * 2 if rest or done else "", block, newline)
        cursor = at
    return "".join(done) + text[cursor:]
