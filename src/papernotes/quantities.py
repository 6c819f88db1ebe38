"""Text → the numbers in it by their values, however they are written: 65B, 65 billion and 650 亿 are one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache

Values = frozenset[Decimal]
DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?:[eE][+-]?\d{1,3})?")
ENGLISH = {
    "k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "bn": 9, "billion": 9, "t": 12, "trillion": 12, "hundred": 2,
}  # fmt: skip
CHINESE = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
    "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
UNIT = re.compile(
    rf"[ \u00a0-]?(?P<word>hundred|thousand|million|billion|trillion)s?\b|[ \u00a0]?(?P<letter>[kKMBT]|bn)(?![A-Za-z])"
    rf"|[ ]?[多余来几]?[ ]?(?P<han>{'|'.join(sorted(CHINESE, key=len, reverse=True))})"
)
NEAR = 150
COUNTED = re.compile(rf"\d(?:{UNIT.pattern})")
# 1–2 billion: the unit of the second number is that of the first.
RANGE = re.compile(r"[ ]?(?:[-–—~～至到]|to\b|or\b|and\b|或)[ ]?(\d+(?:[.,]\d+)*)")
PERCENT = re.compile(r"[ ]?[%％]|[ ]per ?cent\b")
POWER = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:\\times|\\cdot|×|·|\*)\s*)?10\^\{?([+-]?\d{1,3})\}?")
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
ONES = "one two three four five six seven eight nine".split()
SMALL: Mapping[str, int] = {
    **{word: number for number, word in enumerate(ONES, 1)},
    **{word: number for number, word in enumerate(TEENS, 10)},
    **{word: number * 10 for number, word in enumerate(TENS, 2)},
    "dozen": 12,
}
SCALES: Mapping[str, int] = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SPELLED = re.compile(rf"\b(?:{'|'.join((*SMALL, *SCALES))})s?(?:[ -](?:and )?(?:{'|'.join((*SMALL, *SCALES))})s?)*\b")
HAN_DIGITS = {**{digit: number for number, digit in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN_LARGE = {"万": 10**4, "亿": 10**8}
HAN_NUMBER = re.compile(f"[{''.join(HAN_DIGITS)}十百千万亿]+")
# Words that say a number without one.
FRACTIONS: tuple[tuple[str, str], ...] = (
    (r"\bhal(?:f|ve|ves|ved|ving)\b|半", "0.5 50"),
    (r"\bthirds?\b|三分之", "33 33.3 66 67 66.7"),
    (r"\bquarters?\b|四分之", "0.25 0.75 25 75"),
    (r"\bfifths?\b|五分之|成", "0.2 20 40 60 80 30 70 90"),
    (r"\btenths?\b|十分之", "0.1 0.9 90"),
    (r"\borders? of magnitude\b|数量级", "100 1000 10000"),
    (r"\bhundredfold\b", "100"),
    (r"\btwentyfold\b", "20"),
)


def values_at(text: str, start: int, end: int) -> Values:
    """What the number at `start` to `end` may be worth, with the unit behind it. Nothing if it is no number."""
    number = _decimal(text[start:end])
    if number is None:
        return frozenset()
    unit = UNIT.match(text, end)
    if unit:
        return frozenset({number * _size(unit)})
    span = RANGE.match(text, end)
    if span and (unit := UNIT.match(text, span.end())):
        return frozenset({number, number * _size(unit)})
    if PERCENT.match(text, end):
        return frozenset({number, number / 100})
    # 64.4 billion by this estimate; the true figure is 65.3.
    units = list(COUNTED.finditer(text, max(0, start - NEAR), start))
    return frozenset({number, number * _size(units[-1])} if units else {number})


class Told:
    """Every value that a text names in any way: in digits, powers of ten, words of English and Chinese."""

    def __init__(self, text: str) -> None:
        self.text = text

    def names(self, values: Values) -> bool:
        """Whether the text names one of these values. O(length) once."""
        return bool(values & self._digits or values & self._words)

    @cached_property
    def _digits(self) -> Values:
        found: set[Decimal] = set()
        for match in DIGITS.finditer(self.text):
            found |= values_at(self.text, *match.span())
        for match in POWER.finditer(self.text):
            found.add((_decimal(match[1] or "1") or Decimal(1)).scaleb(int(match[2])))
        return frozenset(found)

    @cached_property
    def _words(self) -> Values:
        text = self.text.lower()
        found = {Decimal(number) for number in (*_spelled(text), *_han(text))}
        for pattern, values in FRACTIONS:
            if re.search(pattern, text):
                found.update(map(Decimal, values.split()))
        if Decimal("0.5") in found:
            found.update(Decimal(whole) + Decimal("0.5") for whole in range(10))
        return frozenset(found)


# An editor asks again after every change, and most texts are as they were.
@lru_cache(maxsize=1000)
def told(text: str) -> Told:
    """What the text names."""
    return Told(text)


def _decimal(digits: str) -> Decimal | None:
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits)
    try:
        return Decimal(plain) if len(plain) < 40 else None
    except InvalidOperation:
        return None


def _size(unit: re.Match[str]) -> Decimal:
    power = CHINESE[unit["han"]] if unit["han"] else ENGLISH[(unit["word"] or unit["letter"]).lower()]
    return Decimal(1).scaleb(power)


def _spelled(text: str) -> Iterator[int]:
    """Numbers in English words: twenty-two, three hundred, a million."""
    for match in SPELLED.finditer(text):
        total, current = 0, 0
        for word in re.split(r"[ -]", match[0]):
            name = word if word in SMALL or word in SCALES else word.removesuffix("s")
            if name in SMALL:
                current += SMALL[name]
            elif name == "hundred":
                current = (current or 1) * 100
            elif name in SCALES:
                total, current = total + (current or 1) * SCALES[name], 0
        yield total + current


def _han(text: str) -> Iterator[int]:
    """Numbers in Chinese characters: 二十二, 三百, 一百万."""
    for match in HAN_NUMBER.finditer(text):
        total, section, digit = 0, 0, 0
        for sign in match[0]:
            if sign in HAN_DIGITS:
                digit = HAN_DIGITS[sign]
            elif sign in HAN_SCALES:
                section, digit = section + (digit or 1) * HAN_SCALES[sign], 0
            else:
                total, section, digit = (total + section + digit or 1) * HAN_LARGE[sign], 0, 0
        yield total + section + digit
