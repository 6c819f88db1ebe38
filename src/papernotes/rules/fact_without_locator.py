"""**What it finds.** Numbers in `models` or `results` without `where`, the place in the paper where they stand. It is a
warning in a note with `basis: paper`, whose author had the paper at hand, and for information in all others.

**Why it matters.** A number that nobody can look up cannot be trusted or corrected.

**Example.**

```yaml
basis: paper
results:
  - {model: LLaMA-65B, benchmark: MMLU, setting: 5-shot, metric: accuracy, value: 63.4, unit: "%"}
```

**Use instead.**

```yaml
basis: paper
results:
  - {model: LLaMA-65B, benchmark: MMLU, setting: 5-shot, metric: accuracy, value: 63.4, unit: "%", where: "Table 9"}
```

**Fix.** Add the table, figure or section if you know it. Leave it out rather than guess.
"""

from collections.abc import Iterator
from dataclasses import replace

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.matter import ModelFacts, Path
from papernotes.model import Note

RULE = Rule("PN112", "fact-without-locator", Severity.WARNING, __doc__, Reach.TEXT)
COUNTS = ("parameters", "active_parameters", "tokens", "context")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for note in vault.notes:
        severity = Severity.WARNING if note.meta.basis == "paper" else Severity.INFO
        for what, path in _unplaced(note):
            message = f"{what}: nothing says where in the paper this number stands"
            found = RULE.at(note.field(*path), message, help='add where: "Table 9", if you know the place')
            yield replace(found, severity=severity)


def _unplaced(note: Note) -> Iterator[tuple[str, Path]]:
    for number, model in enumerate(note.meta.models):
        if model.where is None and (name := _first_count(model)):
            yield model.name, ("models", number, name)
    for number, result in enumerate(note.meta.results):
        if result.where is None:
            yield f"{result.model} on {result.benchmark}", ("results", number, "value")


def _first_count(model: ModelFacts) -> str | None:
    return next((name for name in COUNTS if getattr(model, name) is not None), None)
