"""Counts → how people write them: 65.2e9 as 65.2B, or in Chinese as 652 亿."""

from __future__ import annotations

from decimal import Decimal

UNITS = {
    "zh": ((Decimal("1e12"), " 万亿"), (Decimal("1e8"), " 亿"), (Decimal("1e4"), " 万")),
    "en": ((Decimal("1e12"), "T"), (Decimal("1e9"), "B"), (Decimal("1e6"), "M"), (Decimal("1e3"), "k")),
}


def amount(number: Decimal | None, lang: str) -> str:
    """A count with a unit of its language, without trailing zeros; nothing for None."""
    if number is None:
        return ""
    for size, unit in UNITS.get(lang, UNITS["en"]):
        if abs(number) >= size:
            return plain(number / size) + unit
    return plain(number)


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros, at most three digits after the point."""
    text = f"{number:.3f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
