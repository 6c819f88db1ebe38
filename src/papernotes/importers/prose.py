"""Somebody's Markdown → the same with its prose changed and its code, formulas and comments left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})([^\n`]*)$")
# What no transformation may touch inside a line or paragraph: code, formulas, comments, whole addresses.
INERT = re.compile(
    r"""(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,4000}?(?<!`)(?P=ticks)(?!`)
    | \$\$.{1,20000}?\$\$
    | (?<![\\$\w])\$(?![\s$])(?:(?!\n[ \t]*\n)[^$]){1,1000}?(?<![\s\\])\$(?![\d$])
    | <!--.{0,100000}?-->
    | <(?:https?://|mailto:)[^<>\s]+>
    """,
    re.DOTALL | re.VERBOSE,
)
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(?=[^#\s])(.*?)[ \t]*#*[ \t]*$")
SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")


class Chunk(NamedTuple):
    """Some lines: a fenced block, or what stands between two."""

    text: str
    fenced: bool


class Section(NamedTuple):
    """A heading, and the lines below it up to the next of its level or above; level 0 stands before the first."""

    level: int
    title: str
    text: str
    line: int


def chunks(text: str) -> Iterator[Chunk]:
    """The fenced blocks of a text and what stands between them, in order and without loss. O(length)."""
    lines: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = FENCE.match(line.rstrip("\r\n"))
        if not fence and match:
            if lines:
                yield Chunk("".join(lines), False)
            lines, fence = [line], match[1]
        else:
            lines.append(line)
            if fence and match and match[1].startswith(fence) and not match[2].strip():
                yield Chunk("".join(lines), True)
                lines, fence = [], ""
    if lines:
        # A fence that nothing closes reaches to the end: it is closed here, or it would swallow what is put after it.
        yield Chunk("".join(lines) + (f"\n{fence}\n" if fence else ""), bool(fence))


def on_prose(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to the prose of a text; every piece is changed on its own."""
    done: list[str] = []
    for chunk in chunks(text):
        if chunk.fenced:
            done.append(chunk.text)
            continue
        cursor = 0
        for match in INERT.finditer(chunk.text):
            done += (change(chunk.text[cursor : match.start()]), match[0])
            cursor = match.end()
        done.append(change(chunk.text[cursor:]))
    return "".join(done)


def on_unfenced(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to what stands between fenced blocks: whole lines, formulas and code among them."""
    return "".join(chunk.text if chunk.fenced else change(chunk.text) for chunk in chunks(text))


def headings(text: str) -> Iterator[tuple[int, int, str]]:
    """Line number from 0, level and text of every heading, as Markdown that is not strict reads them."""
    number, before = 0, ""
    for chunk in chunks(text):
        for line in chunk.text.splitlines():
            if not chunk.fenced and (match := HEADING.match(line)):
                yield number, len(match[1]), match[2]
            elif not chunk.fenced and SETEXT.match(line) and re.match(r"[^\W_]", before):
                yield number - 1, 1 if "=" in line else 2, before.strip()
            before = line
            number += 1


def sections(text: str, level: int) -> list[Section]:
    """A text cut at its headings of a level or above."""
    lines = text.splitlines(keepends=True)
    cuts = [(number, depth, title) for number, depth, title in headings(text) if depth <= level]
    starts = [(0, 0, ""), *cuts]
    ends = [number for number, _, _ in cuts] + [len(lines)]
    found: list[Section] = []
    for (number, depth, title), end in zip(starts, ends, strict=True):
        below = number + (1 if depth else 0)
        if depth and below < end and SETEXT.match(lines[below].rstrip("\r\n")) and not HEADING.match(lines[number]):
            below += 1
        found.append(Section(depth, title, "".join(lines[below:end]), number + 1))
    return found
