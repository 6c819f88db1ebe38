"""**What it finds.** A `paper` of `models` or `results`, or a `from` of `relations`, that is none of the note's papers.

**Why it matters.** Facts are shown with the note of the paper that states them; these would be shown with another.

**Example.**

```yaml
papers: [vaswani2017attention]
models:
  - {name: LLaMA-65B, paper: touvron2023llama, parameters: 65.2e9, where: "Table 2"}
```

**Use instead.**

```yaml
papers: [vaswani2017attention, touvron2023llama]
models:
  - {name: LLaMA-65B, paper: touvron2023llama, parameters: 65.2e9, where: "Table 2"}
```

**Fix.** Move the fact to the note about its paper, or add the paper to `papers` if the note is about it too.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection
from papernotes.rules.unknown_paper import origins

RULE = Rule("PN114", "foreign-fact", Severity.WARNING, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for note in vault.originals:
        for key, location in origins(note):
            if key in known and key not in note.meta.papers:
                message = f"{key!r} is not among the papers of this note"
                yield RULE.at(location, message, help="add it to `papers`, or move this to the note about it")
