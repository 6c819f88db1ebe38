"""Known words → the one that a wrong word probably meant, without looking at all of them."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Collection, Sequence

BESIDE = 5
ALIKE, CLEARLY = 0.75, 0.05


class Spelling:
    """An index of known words by how they begin and how they end: one slip leaves one of the two as it was."""

    def __init__(self, known: Collection[str]) -> None:
        self._forwards = sorted(known)
        self._backwards = sorted(word[::-1] for word in known)

    def nearest(self, word: str) -> str | None:
        """The known word closest to `word`, if one is close. O(length × log words)."""
        return next(iter(self._close(word, 1)), None)

    def meant(self, word: str) -> str | None:
        """The same, but none where a second is about as close, or where figures differ: GPT-3 is no slip for GPT-4."""
        first, *others = (*self._close(word, 2), "")
        if not first or _figures(first) != _figures(word):
            return None
        return first if all(_likeness(word, first) - _likeness(word, other) >= CLEARLY for other in others) else None

    def _close(self, word: str, most: int) -> Sequence[str]:
        near = dict.fromkeys(_beside(self._forwards, word))
        near |= dict.fromkeys(other[::-1] for other in _beside(self._backwards, word[::-1]))
        return difflib.get_close_matches(word, near, most, ALIKE)


def _likeness(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, word).ratio()


def _figures(word: str) -> list[str]:
    return [letter for letter in word if letter.isdigit()]


def _beside(words: Sequence[str], word: str) -> Sequence[str]:
    at = bisect_left(words, word)
    return words[max(0, at - BESIDE) : at + BESIDE]
