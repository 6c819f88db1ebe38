"""**What it finds.** A word, citekey or file name that mixes Latin letters with Cyrillic or Greek ones that look alike.

**Why it matters.** It looks right and is not: searches miss it, and a citation of `tur\u0456ng1936` with a Cyrillic
`\u0456` finds no entry. In a citekey or a file name it is an error.

**Example.**

```markdown
The Tr\u0430nsformer (with a Cyrillic \u0430) needs no recurrence.
```

**Use instead.**

```markdown
The Transformer needs no recurrence.
```

**Fix.** Type the word anew; `papernotes check --fix --unsafe-fixes` writes the Latin letters.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.text import Source, Span

RULE = Rule("PN611", "homoglyph", Severity.WARNING, __doc__, Reach.TEXT)
CYRILLIC = str.maketrans("аеорсухіјѕһԁԛԝАВЕЗКМНОРСТУХІЈЅԌ", "aeopcyxijshdqwABE3KMHOPCTYXIJSG")
GREEK = str.maketrans("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX")
LATIN = {**CYRILLIC, **GREEK}
ALIKE = re.compile(f"[{''.join(map(chr, LATIN))}]")
# Greek letters stand for themselves beside Latin ones (ΔW, µm); a word of one script is no mixture.
WORD = re.compile(r"[^\W\d]+")
LETTER = re.compile(r"[A-Za-z]")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    keys = {entry.key_span for entry in vault.entries}
    for source in vault.sources:
        for place in _mixed(source):
            word = source.text[place.start : place.end]
            diagnostic = RULE.at(
                source.at(*place),
                f"{word[:60]!r} has letters that only look Latin: {_named(word)}",
                help="type it anew",
                fix=replace_text(source.at(*place), word.translate(LATIN), safe=False),
            )
            in_key = source is vault.library.bibliography and any(
                key.start <= place.start and place.end <= key.end for key in keys
            )
            yield replace(diagnostic, severity=Severity.ERROR) if in_key else diagnostic
    for document in vault.documents:
        for name in (word[0] for word in WORD.finditer(document.source.path) if _is_mixed(word[0])):
            message = f"the file name has letters that only look Latin: {_named(name)} in {name!r}"
            yield replace(RULE.at(document.head, message, help="rename the file"), severity=Severity.ERROR)


def _mixed(source: Source) -> Iterator[Span]:
    """The words of a text that mix scripts. O(length), and nearly nothing where no such letter occurs."""
    at = 0
    while found := ALIKE.search(source.text, at):
        start = found.start()
        while start > 0 and WORD.fullmatch(source.text[start - 1]):
            start -= 1
        word = WORD.match(source.text, start)
        at = word.end() if word else found.end()
        if word and _is_mixed(word[0]):
            yield Span(*word.span())


def _is_mixed(word: str) -> bool:
    return bool(ALIKE.search(word) and LETTER.search(word))


def _named(word: str) -> str:
    letters = dict.fromkeys(ALIKE.findall(word))
    return ", ".join(f"{'Cyrillic' if ord(letter) in CYRILLIC else 'Greek'} {letter}" for letter in letters)
