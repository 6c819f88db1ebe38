"""**What it finds.** A word in a title with a capital beyond its first letter and without braces round it: BERT,
LoRA, GPT-4.

**Why it matters.** Many BibTeX styles lower the letters of a title: whoever copies the entry reads of "bert" and
"lora".

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {LoRA: Low-Rank Adaptation of Large Language Models},
  year = {2021}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  year = {2021}
}
```

**Fix.** Put the word in braces; `papernotes check --fix` does.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Fix, Reach, Rule, Severity, SourceEdit
from papernotes.entries import Entry
from papernotes.inspection import Inspection
from papernotes.text import Edit, Span

RULE = Rule("PN317", "unprotected-capitals", Severity.WARNING, __doc__, Reach.TEXT)
INNER_CAPITAL = re.compile(r"[^\W_][A-Z]")
TOKEN = re.compile(r"[{}]|\$[^$]*\$|\\(?:[A-Za-z]+|.)|[^\W_]+(?:-[^\W_]+)*")
MOST_SHOWN = 5


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        title = entry.written.get("title", "")
        if INNER_CAPITAL.search(title) and (spans := list(_unprotected(title))):
            yield _diagnostic(entry, title, spans)


def _unprotected(title: str) -> Iterator[Span]:
    """Where words stand that a style would change, outside braces and formulas."""
    depth = 0
    for token in TOKEN.finditer(title):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
        elif depth == 0 and token[0][0] not in "$\\" and INNER_CAPITAL.search(token[0]):
            # Of BERT-Based only BERT needs braces, of GPT-4V all.
            parts = list(re.finditer(r"[^-]+", token[0]))
            marked = [part for part in parts if INNER_CAPITAL.search(part[0])]
            yield Span(token.start() + marked[0].start(), token.start() + marked[-1].end())


def _diagnostic(entry: Entry, title: str, spans: list[Span]) -> Diagnostic:
    words = [title[start:end] for start, end in spans]
    places = [entry.part("title", *span) for span in spans]
    listed = ", ".join(words[:MOST_SHOWN]) + (", …" if len(words) > MOST_SHOWN else "")
    edits = tuple(
        SourceEdit(place.source, Edit(place.span, f"{{{word}}}")) for place, word in zip(places, words, strict=True)
    )
    # Braces round all of a bare word would only mark the value.
    marked = entry.field("title").text[:1] in ("{", '"')
    certain = marked and all(place.text == word for place, word in zip(places, words, strict=True))
    return RULE.at(
        places[0],
        f"{entry.citekey}: many styles would lower the capitals of {listed} in the title",
        help=f"put braces round: {{{words[0]}}}",
        fix=Fix(edits) if certain else None,
    )
