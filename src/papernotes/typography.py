"""Chinese Markdown as written → without the blanks that browsers make of line ends, and that wide brackets need not."""

from __future__ import annotations

import re

WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,}|\$\$)")
# Between two wide characters, or between a full stop (comma, bracket …) that is wide and anything else.
LINE_END = re.compile(rf"(?<=[{WIDE}])$")
STOP_END = re.compile(r"(?<=[\u3001-\u3011\uff01-\uff0f\uff1a-\uff1f])$")
WIDE_START = re.compile(rf"[ \t]*(?=[{WIDE}])")
WORD_START = re.compile(r"[ \t]*(?=[\[(*A-Za-z0-9$]|@\w)(?!\d+[.)][ \t]|[*][ \t]|\[[^\]]*\]:|\$\$)")
ANY_WIDE = re.compile(rf"[{WIDE}]")
ITEM = re.compile(r"[\s>]*(?:[-*+]|\d+[.)])?")
EMPHASIS = "*_`"


def room_between_wide(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of brackets and of the blanks beside them, where a wide character is their neighbour; else None."""
    left, right = start, end
    while left > 0 and text[left - 1] in " \t":
        left -= 1
    while right < len(text) and text[right] in " \t":
        right += 1
    before, after = text[max(left - 4, 0) : left].rstrip(EMPHASIS)[-1:], text[right : right + 4].lstrip(EMPHASIS)[:1]
    if not ANY_WIDE.match(before) and not ANY_WIDE.match(after):
        return None
    begins = ITEM.fullmatch(text, text.rfind("\n", 0, left) + 1, left)
    return start if begins else left, end if text[right : right + 1] in ("", "\n", "[") else right


def join_wide_lines(text: str) -> str:
    """Join lines of one paragraph where a blank between them would be wrong. Code and formulas stay as they are."""
    done: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = FENCE.match(line)
        start = None
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence or (line.strip().endswith("$$") and len(line.strip()) > 2) else mark[1]
        elif not fence and done and "|" not in line:
            start = _start_of_continuation(done[-1], line)
        if start is None:
            done.append(line)
        else:
            done[-1] += line[start:]
    return "\n".join(done)


def _start_of_continuation(before: str, line: str) -> int | None:
    """Where the text of a line begins that continues the one before it without a blank; None if it does not."""
    if before.lstrip().startswith(("#", "!!!", "???", "|", "<")):
        return None
    if LINE_END.search(before) and (match := WIDE_START.match(line)):
        return match.end()
    if STOP_END.search(before) and (match := WORD_START.match(line)):
        return match.end()
    return None
