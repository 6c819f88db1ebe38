"""The file of a picture → how large it is, so that a page keeps its place before it has come. Owns imagesize."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

import imagesize

LARGEST = 100_000


@lru_cache(maxsize=5_000)
def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture, or one without a size of its own."""
    try:
        width, height = imagesize.get(str(path))  # pyright: ignore[reportUnknownMemberType]
    except (OSError, ValueError, struct.error, SyntaxError, OverflowError):
        return None
    # A drawing may have a width of 12.5, of infinity, or of nothing.
    if not (1 <= width <= LARGEST and 1 <= height <= LARGEST):
        return None
    return round(width), round(height)
