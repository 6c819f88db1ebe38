"""**What it finds.** Two values for one model on one benchmark, with the same setting and metric.

**Why it matters.** The pages that compare models can show only one of the two, and a reader cannot know which is right.

**Example.**

```yaml
results:
  - {model: LLaMA-65B, benchmark: MMLU, setting: 5-shot, metric: accuracy, value: 63.4, where: "Table 9"}
  - {model: LLaMA-65B, benchmark: MMLU, setting: 5-shot, metric: accuracy, value: 64.3, where: "§3"}
```

**Use instead.**

```yaml
results:
  - {model: LLaMA-65B, benchmark: MMLU, setting: 5-shot, metric: accuracy, value: 63.4, where: "Table 9"}
```

**Fix.** Look both up and correct one. If both are right, they were measured differently: say how in `setting`.
"""

from collections.abc import Iterator
from decimal import Decimal

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.matter import ResultFacts
from papernotes.text import Location

RULE = Rule("PN113", "contradicting-result", Severity.WARNING, __doc__, Reach.FACES)
Key = tuple[str, ...]


def check(vault: Inspection) -> Iterator[Diagnostic]:
    first: dict[Key, tuple[ResultFacts, Location]] = {}
    for note in vault.notes:
        for number, result in enumerate(note.meta.results):
            location = note.field("results", number, "value")
            other, where = first.setdefault(_key(result), (result, location))
            if not _agree(result, other):
                what = f"{result.model} on {result.benchmark}"
                message = f"{what} is {_shown(result)} here and {_shown(other)} in {where.source.path}"
                help = "correct one of them, or tell them apart by `setting`"
                yield RULE.at(location, message, help=help, related=(where,))


def _key(result: ResultFacts) -> Key:
    names = (result.model, result.benchmark, result.setting or "", result.metric)
    return tuple(" ".join(name.casefold().split()) for name in names)


def _agree(one: ResultFacts, other: ResultFacts) -> bool:
    """Whether two values may be one number: 63.4 %, 63.4 and 0.634 are."""
    if one.unit == other.unit:
        return one.value == other.value
    return bool(_readings(one) & _readings(other))


def _readings(result: ResultFacts) -> set[Decimal]:
    return {result.value, result.value / 100} if result.unit == "%" else {result.value}


def _shown(result: ResultFacts) -> str:
    return f"{result.value}{' ' if result.unit and result.unit != '%' else ''}{result.unit or ''}"
