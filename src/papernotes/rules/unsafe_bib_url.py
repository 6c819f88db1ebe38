"""**What it finds.** An address in `url`, `pdf`, `code`, `project` or `\\url{…}` that is not a whole http or https
address: `javascript:`, `file:` and other schemes, spaces, LaTeX in it, no scheme or no host.

**Why it matters.** It becomes a link on the site: one that is dead, that leads to a file on somebody's disk, or that
runs code.

**Example.**

```bibtex
@online{karpathy2015rnn,
  author = {Karpathy, Andrej},
  title = {The Unreasonable Effectiveness of Recurrent Neural Networks},
  year = {2015},
  url = {file:///home/me/rnn.html}
}
```

**Use instead.**

```bibtex
@online{karpathy2015rnn,
  author = {Karpathy, Andrej},
  title = {The Unreasonable Effectiveness of Recurrent Neural Networks},
  year = {2015},
  url = {https://karpathy.github.io/2015/05/21/rnn-effectiveness/}
}
```

**Fix.** Copy the address from the browser as it is, without LaTeX's backslashes; one field holds one address.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.entries import Entry
from papernotes.inspection import Inspection

RULE = Rule("PN327", "unsafe-bib-url", Severity.ERROR, __doc__, Reach.TEXT)
LINKS = ("url", "pdf", "code", "project")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WRAPPED = re.compile(r"\\url\s*\{([^{}]*)\}")
ESCAPED = re.compile(r"\\([_%&#$~])(?:\{\})?")
ORDINARY = re.compile(r"https?://[A-Za-z0-9][\w.-]*(?::\d{1,5})?(?:[/?#][^\s<>\"{}\\^`|]*)?", re.ASCII)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for name in LINKS:
            text = entry.written.get(name)
            if text and not ORDINARY.fullmatch(text):
                yield from _judged(entry, name, 0, text)
        for name in ("howpublished", "note"):
            for found in WRAPPED.finditer(entry.written.get(name, "")):
                yield from _judged(entry, name, found.start(1), found[1])


def _judged(entry: Entry, name: str, start: int, text: str) -> Iterator[Diagnostic]:
    if message := _fault(text):
        wrapped = WRAPPED.fullmatch(text)
        repaired = wrapped[1].strip() if wrapped else ESCAPED.sub(r"\1", text)
        place = entry.part(name, start, start + len(text))
        yield RULE.at(
            place,
            f"{entry.citekey}: {name} {text[:80]!r} is no web address: {message}",
            help="write one whole address that begins with https://",
            fix=replace_exactly(place, text, "" if _fault(repaired) else repaired),
        )


def _fault(text: str) -> str:
    scheme = SCHEME.match(text)
    if WRAPPED.match(text):
        return "LaTeX does not belong into it"
    if not scheme or scheme[1].lower() not in ("http", "https"):
        named = scheme and not text[scheme.end() :][:1].isdigit()
        return f"its scheme is {scheme[1]!r}" if scheme and named else "it has no scheme"
    if wrong := re.search(r"[\s<>\"{}\\^`|\x00-\x1f\x7f]", text):
        return f"it holds {wrong[0]!r}"
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    return "" if host else "it has no host"
