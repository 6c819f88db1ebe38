"""The HTML of a page's content → the same with the quotation marks of its language, and no line that breaks a name."""

from __future__ import annotations

import re

# What is taken as one piece: elements whose text is not prose, formulas, tags, and the text between them.
PIECE = re.compile(
    r"<(?P<verbatim>code|pre|kbd|samp|svg|style|script)\b[^>]*>.*?</(?P=verbatim)>"
    r'|<(?P<math>span|div) class="arithmatex">[^<]*</(?P=math)>'
    r"|</?(?P<tag>[a-z][a-z0-9]*)[^>]*>"
    r"|[^<]+",
    re.DOTALL,
)
INLINE = frozenset("a abbr b cite del em i ins mark q s small span strong sub sup u".split())
QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}
QUOTE = re.compile("[\"']")
OPENS = frozenset(" \t\n\u00a0([{–—/-“‘")
# What of a text is ever set otherwise than it is written.
SET = re.compile("[\"'0-9-]")
# `61 %`, `8 × A100`, `Llama 2`, `Table 9`.
JOINED = (
    (re.compile(r"(?<=\d) (?=%)"), "\u00a0"),
    (re.compile(r"(?<=\d) × (?=\S)"), "\u00a0×\u00a0"),
    (re.compile(r"\b([A-Z][A-Za-z0-9-]+) (?=\d{1,3}(?:\.\d)?[BMK]?\b(?![.,]?\d))"), "\\1\u00a0"),
)
# A browser breaks lines behind hyphens: not in `GPT-3`, `PaLM-E`, `Q-Former`, `2026-11-20`.
HYPHENATED = re.compile(
    r"(?<![A-Za-z0-9&;/._-])(?=[A-Za-z0-9-]*[A-Z0-9])(?:[A-Za-z0-9]{1,2}-[A-Za-z0-9]{1,8}|\d{4}-\d\d-\d\d|[A-Za-z0-9]{3,10}-(?:[A-Za-z0-9]{1,3}|\d{3}[A-Z]))"
    r"(?![A-Za-z0-9_-])"
)


def typeset(html: str, lang: str) -> str:
    """Set the text of a page in this language. The quotation marks of Chinese are the author's own. O(length)."""
    done: list[str] = []
    before = " "
    for piece in PIECE.finditer(html):
        text, kind = piece[0], piece.lastgroup
        if kind == "tag":
            # A block begins anew.
            if piece["tag"] not in INLINE:
                before = " "
        elif kind:
            before = "x"
        else:
            last = text[-1]
            if SET.search(text):
                text = _set(text, before, lang)
            before = last
        done.append(text)
    return "".join(done)


def _set(text: str, before: str, lang: str) -> str:
    """Some text, and the character before it."""
    if lang == "en":
        text = _quoted(text, before)
    for pattern, joined in JOINED:
        text = pattern.sub(joined, text)
    return HYPHENATED.sub(r'<span class="pn-nb">\g<0></span>', text) if "-" in text else text


def _quoted(text: str, before: str) -> str:
    def mark(match: re.Match[str]) -> str:
        at = match.start()
        opens = (text[at - 1] if at else before) in OPENS
        return QUOTES[match[0]][0 if opens else 1]

    return QUOTE.sub(mark, text)
