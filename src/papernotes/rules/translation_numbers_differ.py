"""**What it finds.** A number in the text of a note that its translation does not have, or the other way round. Values
are compared, not digits: 65 billion, 65B and 650 亿 are one. Small whole numbers are often words, and are left alone.

**Why it matters.** 亿 and 万 are easily slipped by a factor of ten, and a wrong number is worse than a missing one.

**Example.**

```markdown
<!-- notes/llama.md -->
The largest model has 65 billion parameters.

<!-- notes/zh/llama.md -->
最大的模型有 65 亿参数。
```

**Use instead.**

```markdown
<!-- notes/zh/llama.md -->
最大的模型有 650 亿参数。
```

**Fix.** Correct the one that is wrong. Where both are right as they are, ignore this rule on the line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.model import Document, Note, TokenKind, Translation
from papernotes.quantities import UNIT, Told, Values, told, values_at
from papernotes.text import Span

RULE = Rule("PN506", "translation-numbers-differ", Severity.WARNING, __doc__, Reach.TEXT)
SMALL = 12
# Decades and centuries are told in different numbers: the 1990s are 20 世纪 90 年代.
NUMBER = re.compile(r"(?<![A-Za-z0-9_.,#^/-])\d+(?:[.,]\d+)*")
ERA = re.compile(r"s\b|(?:st|nd|rd|th)? century|[ ]?(?:世纪|年代)")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note, translation in vault.pairs:
        ours, theirs = _told(note), _told(translation)
        missing = _by_section(note, _suspects(note, theirs))
        extra = _by_section(translation, _suspects(translation, ours))
        yield from _in_summary(note, translation, ours, theirs)
        for section in sorted({*missing, *extra}):
            # A number of the one text that the other has not, and one the other way round: most likely they are one.
            for here, there in zip_longest(extra.get(section, ()), missing.get(section, ())):
                yield _found(vault, note, translation, here, there)


def _in_summary(note: Note, translation: Translation, ours: Told, theirs: Told) -> Iterator[Diagnostic]:
    path, place, help = note.source.path, translation.field("summary"), "correct the one that is wrong"
    for number in _doubtful(note.meta.summary, theirs):
        message = f"the summary of {path} has the number {number!r}, and this translation does not"
        yield RULE.at(place, message, help=help, related=(note.field("summary"),))
    for number in _doubtful(translation.meta.summary, ours):
        yield RULE.at(place, f"{path} has no number {number!r}", help=help)


def _doubtful(text: str, known: Told) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        if _is_doubtful(text, Span(*match.span()), known):
            yield match[0]


def _found(
    vault: Inspection, note: Note, translation: Translation, here: Span | None, there: Span | None
) -> Diagnostic:
    path, place = note.source.path, translation.at(here) if here else None
    original = note.at(there) if there else None
    if place is None and original is not None:
        message = f"{path} has the number {original.text!r} here, and this translation does not"
        place = vault.counterpart(note, translation, original.span)
    elif original is None and place is not None:
        message = f"{path} has no number {place.text!r}"
    else:
        message = f"{path} has no number {place.text if place else ''!r}, but {original.text if original else ''!r}"
    related = (original,) if original else ()
    return RULE.at(place or translation.head, message, help="correct the one that is wrong", related=related)


def _by_section(document: Document, spans: Iterable[Span]) -> dict[int, list[Span]]:
    """The spans by how many headings stand before them."""
    starts = [heading.span.start for heading in document.body.headings]
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(bisect_right(starts, span.start), []).append(span)
    return found


def _told(document: Note | Translation) -> Told:
    text = document.source.text[document.body.start :]
    return told("\n".join((document.meta.title, document.meta.summary, text)))


def _suspects(document: Document, known: Told) -> Iterator[Span]:
    """The numbers of the running text, units included, that the other text has in no form."""
    text, seen = document.source.text, set[Values]()
    for token in document.body.tokens:
        if token.kind is not TokenKind.NUMBER or not _is_doubtful(text, token.span, known):
            continue
        values = values_at(text, *token.span)
        if values not in seen:
            seen.add(values)
            unit = UNIT.match(text, token.span.end)
            yield Span(token.span.start, unit.end() if unit else token.span.end)


def _is_doubtful(text: str, span: Span, known: Told) -> bool:
    """Whether a number is none of the known ones, and no small whole one or an era, which are told in other ways."""
    values = values_at(text, *span)
    is_small = any(value <= SMALL and value == value.to_integral_value() for value in values)
    return bool(values) and not is_small and not ERA.match(text, span.end) and not known.names(values)
