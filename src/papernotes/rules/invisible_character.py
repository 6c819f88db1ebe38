"""**What it finds.** Characters that nobody sees: zero-width spaces and joiners, soft hyphens, word joiners, fillers,
tags. Joiners inside emoji and between letters of scripts that need them are fine.

**Why it matters.** They come with text copied from a web page. A word that holds one is not found, a citekey that holds
one matches nothing, and a tag can hide a message.

**Example.**

```markdown
The Trans\u200bformer (a zero-width space stands in it) needs no recurrence.
```

**Use instead.**

```markdown
The Transformer needs no recurrence.
```

**Fix.** Remove them; `papernotes check --fix` does.
"""

import re
import unicodedata
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.text import Source, Span

RULE = Rule("PN612", "invisible-character", Severity.WARNING, __doc__, Reach.TEXT)
CLASS = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# In two parts, since re searches fast for one character of a class, and slowly for one or more.
INVISIBLE = re.compile(f"{CLASS}{CLASS}*")
JOINERS = "\u200c\u200d"
DIRECTION_MARKS = "\u061c\u200e\u200f"
# Flags of regions are a black flag and tags that spell them, up to the tag that cancels.
FLAG = "\U0001f3f4"
CANCEL = "\U000e007f"


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for source in vault.sources:
        for found in INVISIBLE.finditer(source.text):
            place = Span(*found.span())
            # At the start of a file it is the byte order mark, which byte-order-mark finds.
            if (place.start == 0 and found[0] == "\ufeff") or _belongs(source, place):
                continue
            names = ", ".join(dict.fromkeys(map(_name, found[0][:40])))
            yield RULE.at(
                source.at(*place),
                f"nobody sees what stands here: {names}",
                help="remove it",
                fix=replace_text(source.at(*place), ""),
            )


def _belongs(source: Source, place: Span) -> bool:
    """Whether the characters are part of what is seen."""
    text, before = source.text[place.start : place.end], source.text[place.start - 1 : place.start]
    after = source.text[place.end : place.end + 1]
    if text in JOINERS:
        return _joins(before) and (_joins(after) or text == "\u200c")
    if text in DIRECTION_MARKS:
        return _is_right_to_left(before) or _is_right_to_left(after)
    return before == FLAG and text.endswith(CANCEL)


def _joins(letter: str) -> bool:
    """Whether joiners shape it: emoji, and letters of scripts other than Latin, Greek, Cyrillic and Chinese."""
    if not letter:
        return False
    kind, name = unicodedata.category(letter), unicodedata.name(letter, "")
    if letter == "\ufe0f" or kind in ("So", "Sk", "Mn", "Mc"):
        return True
    return kind == "Lo" and not name.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO"))


def _is_right_to_left(letter: str) -> bool:
    return bool(letter) and unicodedata.bidirectional(letter) in ("R", "AL")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed').lower()}"
