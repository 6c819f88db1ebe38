"""Known words → the one that a wrong word probably meant, without looking at all of them."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Collection, Sequence

BESIDE = 5
ALIKE = 0.75


class Spelling:
    """An index of known words by how they begin and how they end: one slip leaves one of the two as it was."""

    def __init__(self, known: Collection[str]) -> None:
        self._forwards = sorted(known)
        self._backwards = sorted(word[::-1] for word in known)

    def nearest(self, word: str) -> str | None:
        """The known word closest to `word`, if one is close. O(length × log words)."""
        near = dict.fromkeys(_beside(self._forwards, word))
        near |= dict.fromkeys(other[::-1] for other in _beside(self._backwards, word[::-1]))
        matches = difflib.get_close_matches(word, near, 1, ALIKE)
        return matches[0] if matches else None


def _beside(words: Sequence[str], word: str) -> Sequence[str]:
    at = bisect_left(words, word)
    return words[max(0, at - BESIDE) : at + BESIDE]
