"""**What it finds.** A journal, book of proceedings or `venue` that other entries spell in another way: case,
`Proceedings of the`, `&` for `and`, punctuation, the short name in parentheses. Years and numbers of meetings may
differ.

**Why it matters.** One venue becomes several in lists and filters, and reference lists look careless.

**Example.**

```bibtex
@inproceedings{liu2022convnext,
  author = {Liu, Zhuang and others},
  title = {A {ConvNet} for the 2020s},
  booktitle = {Conference on Computer Vision and Pattern Recognition},
  year = {2022}
}

@inproceedings{rombach2022ldm,
  author = {Rombach, Robin and others},
  title = {High-Resolution Image Synthesis with Latent Diffusion Models},
  booktitle = {Conference on Computer Vision \\& Pattern Recognition (CVPR)},
  year = {2022}
}
```

**Use instead.**

```bibtex
@inproceedings{liu2022convnext,
  author = {Liu, Zhuang and others},
  title = {A {ConvNet} for the 2020s},
  booktitle = {Conference on Computer Vision and Pattern Recognition},
  year = {2022}
}

@inproceedings{rombach2022ldm,
  author = {Rombach, Robin and others},
  title = {High-Resolution Image Synthesis with Latent Diffusion Models},
  booktitle = {Conference on Computer Vision and Pattern Recognition},
  year = {2022}
}
```

**Fix.** Choose one spelling; a short name goes into `venue`.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.entries import Entry
from papernotes.entry_types import NO_JOURNAL
from papernotes.inspection import Inspection
from papernotes.variants import venue_form, venue_spelling

RULE = Rule("PN321", "inconsistent-venue", Severity.WARNING, __doc__, Reach.TEXT)
Use = tuple[Entry, str]


def check(vault: Inspection) -> Iterator[Diagnostic]:
    spelling, form = cache(venue_spelling), cache(venue_form)
    uses: dict[tuple[bool, str], dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for entry in vault.entries:
        for name in ("booktitle", "journal", "venue"):
            written = entry.fields.get(name)
            if written and not NO_JOURNAL.fullmatch(written) and (key := form(spelling(written))):
                uses[name == "venue", key][spelling(written)].append((entry, name))
    for spellings in uses.values():
        if len(spellings) > 1:
            yield from _rarer(spellings)


def _rarer(spellings: dict[str, list[Use]]) -> Iterator[Diagnostic]:
    """The uses of every spelling but the commonest; of equally common ones the first in the file stays."""
    usual = max(spellings, key=lambda spelling: len(spellings[spelling]))
    model, field = spellings[usual][0]
    # A spelling without year and number can be written as it is in other entries.
    whole = model.written[field] if model.fields[field] == usual else ""
    for spelling, uses in spellings.items():
        for entry, name in uses if spelling != usual else ():
            written = entry.written[name]
            place = entry.part(name, 0, len(written))
            new = whole if entry.fields[name] == spelling else ""
            yield RULE.at(
                place,
                f"{entry.citekey}: other entries spell this {name} {usual!r}",
                help=f"write {usual}",
                related=(model.field(field),),
                fix=replace_exactly(place, written, new, safe=False),
            )
