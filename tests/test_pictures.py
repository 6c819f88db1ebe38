"""How large a picture is: what its file says, and nothing where it says nothing."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from papernotes.pictures import size_of


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 640, 480, 8, 0, 0, 0, 0))
GIF = b"GIF89a" + struct.pack("<HH", 32, 16) + b"\0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"></svg>'


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", PNG, (640, 480)),
        ("a.gif", GIF, (32, 16)),
        ("a.svg", SVG, (120, 80)),
        ("a.svg", SVG.replace(b"120", b"12.6"), (13, 80)),
        ("a.svg", SVG.replace(b"120", b"1e999"), None),
        ("a.svg", SVG.replace(b"120", b"nan"), None),
        ("a.svg", b"<svg", None),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', None),
        ("a.png", PNG[:10], None),
        ("a.jpg", b"\xff\xd8\xff", None),
        ("a.png", b"", None),
        ("a.png", b"no picture", None),
    ],
)
def test_what_the_file_says(tmp_path: Path, name: str, data: bytes, size: tuple[int, int] | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert repr(size_of(path)) == repr(size)


def test_a_file_that_is_gone_has_no_size(tmp_path: Path) -> None:
    assert size_of(tmp_path / "a.png") is None
