"""A text → how many minutes it takes to read."""

from __future__ import annotations

import re

from papernotes.model import Document

WORDS_A_MINUTE, CHARACTERS_A_MINUTE, FORMULA_SECONDS = 220, 400, 6
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’-][^\W_\u3400-\u9fff]+)*")
# Code is skimmed, and addresses, keys and attributes are not read.
SKIPPED = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^()\s]*\)|\[[^\[\]]*@[^\[\]]*\]|\{[^{}\n]*\}|<[^<>\n]*>",
    re.MULTILINE | re.DOTALL,
)


def minutes(document: Document) -> int:
    """English by its words, Chinese by its characters, some seconds for each formula; at least one minute."""
    text = SKIPPED.sub(" ", document.source.text[document.body.start :])
    seconds = 60 * len(WORD.findall(text)) / WORDS_A_MINUTE + 60 * len(HAN.findall(text)) / CHARACTERS_A_MINUTE
    seconds += FORMULA_SECONDS * sum(formula.display for formula in document.body.formulas)
    return max(1, round(seconds / 60))
