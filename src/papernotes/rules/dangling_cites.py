"""**What it finds.** A key in the `cites` of an entry that no entry has.

**Why it matters.** The edge is lost: the cited work's page does not show who cites it, and paths, gaps and reading
order are wrong.

**Example.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  cites = {vaswani2017atention}
}
```

**Use instead.**

```bibtex
@misc{hu2021lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  year = {2021},
  cites = {vaswani2017attention}
}

@misc{vaswani2017attention,
  author = {Vaswani, Ashish and others},
  title = {Attention Is All You Need},
  year = {2017}
}
```

**Fix.** Correct the key (`papernotes check --fix --unsafe-fixes` does where only one can be meant), or add the entry
of the cited work.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN303", "dangling-cites", Severity.ERROR, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for entry in vault.entries:
        if all(key in known for key in entry.cites or ()):
            continue
        for key, place in entry.cited():
            if key not in known:
                yield RULE.at(
                    place,
                    f"{entry.citekey} cites {key!r}, and there is no such entry",
                    help=did_you_mean(vault.near_citekey(key), "add the entry, or correct the key"),
                    fix=vault.citekey_fix(place, key),
                )
