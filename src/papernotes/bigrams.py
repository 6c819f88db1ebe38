"""Text → text whose Chinese and Japanese runs are pairs of characters, spelled as words that Pagefind keeps whole.

Pagefind cuts Chinese text into words when it indexes, and browsers cut the query into words, each by a dictionary of
its own. Where the two disagree, nothing is found. Pairs of characters need no dictionary: a run of characters is found
wherever it stands, in the middle of a word too, from any page and in any browser. frontend/src/search/bigrams.ts does
the same to queries, and turns such text back.
"""

from __future__ import annotations

import re

RUN = re.compile(r"[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
FULL_WIDTH = {
    code: code - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)
}
# Chinese puts no space between a sign and a Latin word, and only spaces part words.
SIGNS = re.compile(r"[\u3001-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+")
# No text has words that begin with this letter; with hexadecimal digits it makes words that nothing cuts.
MARK, END = "ŋ", "\0"


def with_bigrams(text: str) -> str:
    """`用DPO训练` as `<用> DPO <训练> <练>`: a word for each character, with the next one where there is one."""
    return SIGNS.sub(r" \g<0> ", RUN.sub(_words, text.translate(FULL_WIDTH)))


def _words(run: re.Match[str]) -> str:
    characters = run[0]
    following = characters[1:] + END
    pairs = (f"{MARK}{ord(one):04x}{ord(other):04x}" for one, other in zip(characters, following, strict=True))
    return f" {' '.join(pairs)} "
