"""Markdown → what in it no renderer reads in reasonable time, and where: one scan, before anything parses it."""

from __future__ import annotations

import re

NESTED_BRACKETS, NESTED_QUOTES, LONGEST_LINE = 32, 32, 60_000


def nesting_fault(text: str, start: int) -> tuple[str, int] | None:
    """What Python-Markdown would take minutes over, and where: deep brackets or quotes, endless lines."""
    for line in re.finditer(r"[^\r\n]+", text[start:]):
        content, at = line[0], start + line.start()
        if len(content) > LONGEST_LINE:
            return f"a line is longer than {LONGEST_LINE} characters", at
        depth = 0
        for match in re.finditer(r"\[|\]", content):
            depth = max(0, depth + (1 if match[0] == "[" else -1))
            if depth > NESTED_BRACKETS:
                return f"brackets are nested more than {NESTED_BRACKETS} deep", at + match.start()
        if (quotes := re.match(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d+\.(?=[ \t]))){33}", content)) is not None:
            return f"quotes or lists are nested more than {NESTED_QUOTES} deep", at + quotes.start()
    return None
