"""**What it finds.** `crossref` and `xdata`, by which an entry takes fields from another. One that leads nowhere, or
round in a circle, is an error.

**Why it matters.** The site shows an entry's own fields only, and so does whoever copies the entry from it.

**Example.**

```bibtex
@inproceedings{hu2022lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  crossref = {iclr2022}
}

@proceedings{iclr2022,
  title = {International Conference on Learning Representations},
  year = {2022}
}
```

**Use instead.**

```bibtex
@inproceedings{hu2022lora,
  author = {Hu, Edward J. and others},
  title = {Low-Rank Adaptation of Large Language Models},
  booktitle = {International Conference on Learning Representations},
  year = {2022}
}
```

**Fix.** Write the fields into the entry, and remove the reference.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import CITED_KEY
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN324", "crossref", Severity.WARNING, __doc__, Reach.TEXT)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    targets = {
        entry.citekey: CITED_KEY.findall(f"{entry.fields.get('crossref', '')},{entry.fields.get('xdata', '')}")
        for entry in known.values()
        if "crossref" in entry.fields or "xdata" in entry.fields
    }
    endless = _endless(targets)
    for entry in vault.entries:
        for name in ("crossref", "xdata"):
            for key in CITED_KEY.finditer(entry.fields.get(name, "")):
                place = entry.part(name, *key.span())
                broken = f"{entry.citekey}: {name} leads to {key[0]!r}, "
                if key[0] not in known:
                    help = did_you_mean(vault.near_citekey(key[0]), "correct the key, or write the fields out")
                    found = RULE.at(place, f"{broken}and there is no such entry", help=help)
                    yield replace(found, severity=Severity.ERROR)
                elif key[0] in endless and entry.citekey in endless:
                    found = RULE.at(place, f"{broken}and from there round in a circle", help="write the fields out")
                    yield replace(found, severity=Severity.ERROR)
                else:
                    yield RULE.at(
                        place,
                        f"{entry.citekey}: what {name} takes from {key[0]} is not shown",
                        help="write these fields into the entry",
                        related=(known[key[0]].location,),
                    )


def _endless(targets: Mapping[str, list[str]]) -> set[str]:
    """The keys from which one can go on for ever: what is left when ends are taken away again and again. O(edges)."""
    left = {key: sum(target in targets for target in keys) for key, keys in targets.items()}
    sources: dict[str, list[str]] = defaultdict(list)
    for key, keys in targets.items():
        for target in keys:
            sources[target].append(key)
    ends = [key for key, count in left.items() if not count]
    while ends:
        end = ends.pop()
        del left[end]
        for source in sources[end]:
            left[source] -= 1
            if not left[source]:
                ends.append(source)
    return set(left)
