"""**What it finds.** Names in `author` or `editor` that BibTeX takes apart wrongly: people separated by commas or
semicolons in place of `and`, `et al.`, initials without a family name, digits, an `and` too many. `and others` is
right, and organisations stand in braces.

**Why it matters.** Somebody's work appears under a name that is none, and the author lists of two entries do not
meet.

**Example.**

```bibtex
@misc{kaplan2020scaling,
  author = {Jared Kaplan, Sam McCandlish, Tom Henighan et al.},
  title = {Scaling Laws for Neural Language Models},
  year = {2020}
}
```

**Use instead.**

```bibtex
@misc{kaplan2020scaling,
  author = {Kaplan, Jared and McCandlish, Sam and Henighan, Tom and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020}
}
```

**Fix.** Write `Family, Given and Family, Given`; put `and others` for the rest and organisations in braces:
`{OpenAI}`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from papernotes.bibtex import split_names
from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly, replace_text
from papernotes.entries import Entry
from papernotes.inspection import Inspection
from papernotes.text import Span

RULE = Rule("PN316", "misparsed-name", Severity.WARNING, __doc__, Reach.TEXT)
EXTRA_AND = re.compile(r"\A\s*and\s+|(?<!\s)\s+and(?=\s+and\s)|(?<!\s)\s+and\s*\Z", re.IGNORECASE)
ET_AL = re.compile(r",?(?<!\s)\s*\bet\.?\s*al\b\.?,?", re.IGNORECASE)
GENERATION = re.compile(r"\s*(?:jr|sr|junior|senior|[ivx]+|2nd|3rd|[4-9]th)\.?\s*", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+|[A-Z](?:[\s-]+[A-Z])+")
BRACED = re.compile(r"\{(?:[^{}]++|\{[^{}]*+\})*+\}|\\.")
DIGIT = re.compile(r"\d")
LONGEST_SHOWN, LONGEST_INITIALS = 60, 12
PARTICLES = frozenset("al ben bin da de del della den der di do dos du el ibn la le san st ten ter van von".split())
ORDINARY = re.compile(r"[^\W\d_]{2}[^\d;{\\,]*,[^\d;{\\,]*")
MOST_SHOWN = 20
COMMAS = "commas do not part people, `and` does"


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for field in ("author", "editor"):
            if text := entry.written.get(field):
                yield from _field(entry, field, text)


def _field(entry: Entry, field: str, text: str) -> Iterator[Diagnostic]:
    for extra in islice(EXTRA_AND.finditer(text), MOST_SHOWN):
        place = entry.part(field, *extra.span())
        fix = replace_text(place, "") if place.text == extra[0] else None
        yield RULE.at(place, f"{entry.citekey}: here is an `and` too many", help="remove it", fix=fix)
    names = list(split_names(text))
    last = text[slice(*names[-1])] if names else ""
    listed = len(names) > 1 and " " in last and "," not in last and "{" not in last
    wrong = (
        _diagnostic(entry, field, span, name, message)
        for number, span in enumerate(names, 1)
        if (message := _wrong(name := text[slice(*span)], listed and number < len(names)))
    )
    yield from islice(wrong, MOST_SHOWN)


def _wrong(name: str, listed: bool) -> str:
    """What is wrong with a name. `listed`: the last name is `Given Family`, so that a comma before it is suspicious."""
    if not listed and " et" not in name and ORDINARY.fullmatch(name):
        return ""
    bare = BRACED.sub(lambda match: "x" * len(match[0]), name) if "{" in name or "\\" in name else name
    if "et" in bare and ET_AL.search(bare):
        return "`et al.` becomes a part of a name"
    if ";" in bare:
        return "a semicolon does not part people, `and` does"
    family, *rest = bare.split(",")
    if len(rest) > 2 or (len(rest) == 2 and not GENERATION.fullmatch(rest[0])):
        return COMMAS
    if listed and len(rest) == 1 and _is_whole(family) and _is_whole(rest[0]):
        return COMMAS
    if DIGIT.search(bare):
        return "a name has no digits"
    if len(family) < LONGEST_INITIALS and INITIALS.fullmatch(family.strip()):
        return "these are initials, and the family name is missing"
    return ""


def _is_whole(part: str) -> bool:
    """Whether a part of a name is given and family name, with no particle before and no initial after."""
    words = part.split()
    return len(words) > 1 and words[0].lower() not in PARTICLES and len(words[-1]) > 2 and "." not in words[-1]


def _diagnostic(entry: Entry, field: str, span: Span, name: str, message: str) -> Diagnostic:
    place, fix = entry.part(field, *span), None
    found = ET_AL.search(name)
    if found and found.end() == len(name):
        place = entry.part(field, span.start + found.start(), span.end)
        fix = replace_exactly(place, found[0], " and others" if found.start() else "others")
    shown = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
    return RULE.at(
        place,
        f"{entry.citekey}: {shown!r} will be taken apart wrongly: {message}",
        help="write Family, Given and Family, Given and others; organisations in braces",
        fix=fix,
    )
