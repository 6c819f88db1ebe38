"""**What it finds.** Two entries of `papers.bib` with the same citekey.

**Why it matters.** Only the first is read: whatever the second says is lost, and a citation of it leads to the wrong
work.

**Example.**

```bibtex
@misc{brown2020,
  author = {Brown, Tom B. and others},
  title = {Language Models are Few-Shot Learners},
  year = {2020}
}

@misc{brown2020,
  author = {Brown, Andrew},
  title = {Another Work of the Same Year},
  year = {2020}
}
```

**Use instead.**

```bibtex
@misc{brown2020gpt3,
  author = {Brown, Tom B. and others},
  title = {Language Models are Few-Shot Learners},
  year = {2020}
}

@misc{brown2020another,
  author = {Brown, Andrew},
  title = {Another Work of the Same Year},
  year = {2020}
}
```

**Fix.** Give one of them another key, here and where it is cited; if they are one work, keep one entry.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.inspection import Inspection

RULE = Rule("PN301", "duplicate-citekey", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    seen: dict[str, Entry] = {}
    for entry in vault.entries:
        first = seen.setdefault(entry.citekey, entry)
        if first is not entry:
            yield RULE.at(
                entry.location,
                f"the citekey {entry.citekey!r} is taken by an earlier entry, and this one is not read",
                help="give one of the two another key, or keep only one",
                related=(first.location,),
            )
