"""**What it finds.** A work that cites one which appeared more than twelve months later. A work's date is the month
of its arXiv id, else its `year` and `month`, else any month of its year.

**Why it matters.** The edge is the wrong way round, or a date or a key is wrong; histories and reading orders follow
it.

**Example.**

```bibtex
@misc{vaswani2017attention,
  author = {Vaswani, Ashish and others},
  title = {Attention Is All You Need},
  year = {2017},
  cites = {brown2020gpt3}
}

@misc{brown2020gpt3,
  author = {Brown, Tom B. and others},
  title = {Language Models are Few-Shot Learners},
  year = {2020}
}
```

**Use instead.**

```bibtex
@misc{vaswani2017attention,
  author = {Vaswani, Ashish and others},
  title = {Attention Is All You Need},
  year = {2017}
}

@misc{brown2020gpt3,
  author = {Brown, Tom B. and others},
  title = {Language Models are Few-Shot Learners},
  year = {2020},
  cites = {vaswani2017attention}
}
```

**Fix.** Correct the date of either work, or the key; `cites` lists what the entry's own work cites.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN305", "cites-the-future", Severity.ERROR, __doc__, Reach.TEXT)
MOST_MONTHS = 12


def check(vault: Inspection) -> Iterator[Diagnostic]:
    if not vault.entries:
        return
    first = {key: entry.date.first for key, entry in vault.library.by_citekey.items() if entry.date}
    for entry in vault.entries:
        if not entry.cites or entry.date is None:
            continue
        latest = entry.date.last + MOST_MONTHS
        if all(first.get(key, 0) <= latest for key in entry.cites):
            continue
        for key, place in entry.cited():
            if first.get(key, 0) > latest:
                cited = vault.library.by_citekey[key]
                yield RULE.at(
                    place,
                    f"{entry.citekey} ({entry.date}) cites {key} ({cited.date}), which appeared "
                    f"{first[key] - entry.date.last} months later",
                    help="correct a date or the key, or turn the edge round",
                    related=(cited.location,),
                )
