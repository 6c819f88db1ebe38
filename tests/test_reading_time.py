"""Minutes of reading: English by words, Chinese by characters, what nobody reads left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from papernotes.config import Config
from papernotes.library import read_document
from papernotes.pages.reading import minutes
from papernotes.text import Source


def time(body: str) -> int:
    document, _ = read_document(Config(Path(), languages=("en", "zh")), Source("notes/x.md", f"---\n---\n\n{body}\n"))
    return minutes(document)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("word " * 2200, 10),
        ("字" * 2000, 5),
        ("字" * 2000 + " word" * 1100, 10),
        ("short", 1),
        ("", 1),
        ("word " * 440 + "\n\n```python\n" + "code " * 4400 + "\n```\n", 2),
        ("word " * 440 + "[@key] " * 880, 2),
        ("word " * 440 + "\n\n$$\nx + y\n$$\n" * 20, 4),
    ],
)
def test_minutes(body: str, expected: int) -> None:
    assert time(body) == expected
