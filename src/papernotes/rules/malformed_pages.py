"""**What it finds.** Pages with one hyphen or a typographic dash where BibTeX wants two hyphens, with `pp.` before
them, with an open or a backward range, or without any number.

**Why it matters.** Styles set `--` as a dash and add `pp.` themselves; anything else shows in every reference list.

**Example.**

```bibtex
@article{hochreiter1997lstm,
  author = {Hochreiter, Sepp and Schmidhuber, J{\\"u}rgen},
  title = {Long Short-Term Memory},
  journal = {Neural Computation},
  year = {1997},
  pages = {1735-1780}
}
```

**Use instead.**

```bibtex
@article{hochreiter1997lstm,
  author = {Hochreiter, Sepp and Schmidhuber, J{\\"u}rgen},
  title = {Long Short-Term Memory},
  journal = {Neural Computation},
  year = {1997},
  pages = {1735--1780}
}
```

**Fix.** Write `first--last`; several are separated by commas. The number of an article may stand alone.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.inspection import Inspection

RULE = Rule("PN319", "malformed-pages", Severity.WARNING, __doc__, Reach.TEXT)
PART = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
PREFIX = re.compile(r"(?:pp?|pages?)\b\.?[\s~]*(?=[A-Z]?\d|[ivxlc])", re.IGNORECASE)
PAGE = r"(?:(?:\d{1,4}:)?([A-Za-z]{0,2})(\d{1,9})[A-Za-z]?|[ivxlc]{1,9})"
RANGE = re.compile(rf"({PAGE})\s*(-+|[‐-―−]+)\s*({PAGE})")
DASH = re.compile(r"[‐-―−]")
LONGEST = 60


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for part in PART.finditer(entry.fields.get("pages", "")):
            text = part[0]
            if len(text) < LONGEST and (message := _fault(text)):
                place = entry.part("pages", *part.span())
                better = _repaired(text)
                better = "" if _fault(better) else better
                yield RULE.at(
                    place,
                    f"{entry.citekey}: pages {text!r}: {message}",
                    help=f"write {better}" if better else "write first--last",
                    fix=replace_exactly(place, text, better),
                )


def _fault(text: str) -> str:
    if PREFIX.match(text):
        return "styles write `pp.` themselves"
    if DASH.search(text):
        return "a typographic dash is not what styles look for"
    if text.startswith("-") or text.endswith("-"):
        return "the range is open"
    if not any(char.isdigit() for char in text) and not re.fullmatch(rf"{PAGE}|{PAGE}--{PAGE}", text):
        return "there is no number in it"
    if pages := RANGE.fullmatch(text):
        _, letters, first, dash, _, last_letters, last = pages.groups()
        if dash != "--" and letters == last_letters:
            return "two hyphens belong between the first and the last page"
        # 1234--45 is short for 1234--1245.
        if first and last and len(first) == len(last) and int(first) > int(last) and letters == last_letters:
            return "the last page comes before the first"
    return ""


def _repaired(text: str) -> str:
    text = PREFIX.sub("", text, count=1)
    pages = RANGE.fullmatch(text)
    return f"{pages[1]}--{pages[5]}" if pages else text
