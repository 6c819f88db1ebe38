"""The text of one citation group → its citations: the only syntax of citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern

from papernotes.model import Citation
from papernotes.text import Span

# ASCII only, so that Chinese text may follow a key without a space; other keys are written @{key}.
KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_/])?"
BRACED_KEY = r"\{[^{}\s\ue000-\ue007\ufffd]+\}"
# After these an @ belongs to an e-mail address, a URL, a command.
JOINED = r"[A-Za-z0-9_@/.:\\{-]"
BEFORE = rf"(?<!{JOINED})"
CITEKEY = re.compile(rf"@(?:\{{([^{{}}\s\ue000-\ue007\ufffd]+)\}}|({KEY}))")
IN_GROUP = re.compile(rf"(?<![A-Za-z0-9_@/.:\\]){CITEKEY.pattern}")


def citations_in(written: str, offset: int = 0) -> Iterator[Citation]:
    """The citations of one group as written, brackets included; offsets are counted from `offset`."""
    cursor = 0
    for part in re.split(r"(;)", written):
        match = IN_GROUP.search(part)
        if match:
            key = intern(match[1] or match[2])
            span = Span(offset + cursor + match.start(), offset + cursor + match.end())
            prefix = part[: match.start()].strip().lstrip("[").rstrip("-").strip()
            locator = part[match.end() :].strip().rstrip("]").lstrip(",").strip()
            yield Citation(key, prefix, locator, span)
        cursor += len(part)
