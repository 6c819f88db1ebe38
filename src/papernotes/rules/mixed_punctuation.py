"""**What it finds.** Half-width `, ; : ? !` between Chinese characters, and full-width ones in an English sentence.

**Why it matters.** It looks careless: half-width signs stick to Chinese characters, full-width ones tear English words
apart, and search takes the two for different texts.

**Example.**

```markdown
奖励模型消失了,剩下的是分类损失。
```

**Use instead.**

```markdown
奖励模型消失了，剩下的是分类损失。
```

**Fix.** Use the signs of the sentence's language; `papernotes check --fix` does.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.model import Document, TokenKind
from papernotes.text import Span

RULE = Rule("PN508", "mixed-punctuation", Severity.WARNING, __doc__, Reach.TEXT)
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
HALF = {full: half for half, full in FULL.items()} | {"。": "."}
HAN = re.compile(r"[\u3400-\u9fff]")
# Emphasis and closing signs may stand between a character and the sign that follows it.
BEFORE, AFTER = "*”』」）》", "*“『「（《 "
SENTENCE = re.compile(r"[.!?]\s|[。！？]|\n\s*\n|\|")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document in vault.documents:
        for token in document.body.tokens:
            if token.kind is not TokenKind.WIDTH:
                continue
            sign = document.source.text[token.span.start]
            found = _half_width(document, token.span) if sign in FULL else _full_width(document, token.span)
            if found:
                yield found


def _half_width(document: Document, span: Span) -> Diagnostic | None:
    text = document.source.text
    before, after = (
        text[max(0, span.start - 3) : span.start].rstrip(BEFORE),
        text[span.end : span.end + 4].lstrip(AFTER),
    )
    if not HAN.fullmatch(before[-1:]) or not HAN.fullmatch(after[:1]):
        return None
    sign = text[span.start]
    blank = span.end + (text[span.end : span.end + 1] == " ")
    return RULE.at(
        document.at(span),
        f"a half-width {sign} stands between Chinese characters",
        help=f"write {FULL[sign]}",
        fix=replace_text(document.at(Span(span.start, blank)), FULL[sign]),
    )


def _full_width(document: Document, span: Span) -> Diagnostic | None:
    """Only in a sentence without any Chinese: a Chinese one may name English things side by side."""
    text = document.source.text
    starts = [match.end() for match in SENTENCE.finditer(text, max(document.body.start, span.start - 500), span.start)]
    end = SENTENCE.search(text, span.end)
    sentence = text[starts[-1] if starts else max(document.body.start, span.start - 500) : end.start() if end else None]
    if HAN.search(sentence) or document.lang.startswith("zh"):
        return None
    sign = text[span.start]
    blank = "" if text[span.end : span.end + 1] == " " else " "
    return RULE.at(
        document.at(span),
        f"a full-width {sign} stands in an English sentence",
        help=f"write {HALF[sign]}",
        fix=replace_text(document.at(span), HALF[sign] + blank),
    )
