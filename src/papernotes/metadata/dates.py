"""Dates as services and files write them → year and month."""

from __future__ import annotations

import re
from collections.abc import Mapping

from papernotes.entries import MONTHS, month_number
from papernotes.metadata.tree import Tree


def date_fields(year: int | None, month: int | None) -> Mapping[str, str]:
    """`year` and `month` as an entry has them; nothing that no calendar has."""
    if year is None or not 1000 <= year <= 2999:
        return {}
    fields = {"year": str(year)}
    if month is not None and 1 <= month <= 12:
        fields["month"] = MONTHS[month - 1]
    return fields


def date_parts(tree: Tree) -> Mapping[str, str]:
    """CSL's and Crossref's `{"date-parts": [[2024, 5, 8]]}`."""
    first = tree["date-parts"][0]
    return date_fields(first[0].number, first[1].number)


def date_text(text: str) -> Mapping[str, str]:
    """`2023-05-29T17:57:46Z`, `2023/5`, `May 2023`, `2023`."""
    if match := re.match(r"\s*(\d{4})(?:[-/.](\d{1,2}))?", text, re.ASCII):
        return date_fields(int(match[1]), int(match[2]) if match[2] else None)
    if match := re.search(r"\b([12]\d{3})\b", text, re.ASCII):
        words = re.findall(r"[A-Za-z]{3,}", text)
        return date_fields(int(match[1]), next((found for word in words if (found := month_number(word))), None))
    return {}
