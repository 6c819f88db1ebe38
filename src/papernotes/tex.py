"""TeX → what in it is out of balance, and where: braces, `\\left` and `\\right`, environments."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<comment>%[^\n]*)|\\(?P<word>left|right|begin|end)(?![A-Za-z])(?:\s*\{(?P<name>[^{}]*)\})?|\\(?:[A-Za-z]+|.)|[{}]",
    re.DOTALL,
)
CLOSES = {"}": "{", "right": "left", "end": "begin"}


class Unbalanced(NamedTuple):
    """What is wrong, and at which offset of the TeX."""

    message: str
    at: int


def unbalanced(tex: str) -> Unbalanced | None:
    """The first thing that does not balance, or None. O(length)."""
    waiting: list[tuple[str, str, int]] = []
    for token in TOKEN.finditer(tex):
        sign, name = token["word"] or token[0], (token["name"] or "").strip()
        if sign in ("{", "left", "begin"):
            waiting.append((sign, name, token.start()))
        elif sign in CLOSES:
            if not waiting or waiting[-1][0] != CLOSES[sign]:
                if waiting and sign != "}":
                    return Unbalanced(
                        f"{_shown(*waiting[-1][:2])} is still open at {_shown(sign, name)}", token.start()
                    )
                return Unbalanced(f"nothing opens what {_shown(sign, name)} closes", token.start())
            _, opened, at = waiting.pop()
            if sign == "end" and name != opened:
                return Unbalanced(f"{_shown('begin', opened)} is closed by {_shown('end', name)}", at)
    if waiting:
        sign, name, at = waiting[-1]
        return Unbalanced(f"nothing closes {_shown(sign, name)}", at)
    return None


def _shown(sign: str, name: str) -> str:
    if sign in "{}":
        return sign
    return f"\\{sign}{{{name}}}" if sign in ("begin", "end") else f"\\{sign}"
