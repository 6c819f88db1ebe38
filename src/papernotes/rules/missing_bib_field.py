"""**What it finds.** An entry without a field that its type must have: BibTeX's own requirements, and `title`, `year`
and an address for `@online`, `@software` and `@dataset`. `editor` or `organization` may stand for `author`; what an
entry inherits by `crossref` counts.

**Why it matters.** References, timeline and reading order are made from these fields; a reader cannot find a work
without them.

**Example.**

```bibtex
@article{vaswani2017attention,
  author = {Vaswani, Ashish and others},
  title = {Attention Is All You Need}
}
```

**Use instead.**

```bibtex
@inproceedings{vaswani2017attention,
  author = {Vaswani, Ashish and others},
  title = {Attention Is All You Need},
  booktitle = {Advances in Neural Information Processing Systems},
  year = {2017}
}
```

**Fix.** Add the fields, or choose the type that the work is of: `@misc` for what is only on arXiv.
"""

from collections.abc import Iterator, Mapping

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.entries import Entry
from papernotes.entry_types import missing_fields
from papernotes.inspection import Inspection

RULE = Rule("PN302", "missing-bib-field", Severity.WARNING, __doc__, Reach.TEXT)
LONGEST_CHAIN = 5


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for entry in vault.entries:
        missing = missing_fields(entry, {})
        if missing and ("crossref" in entry.fields or "xdata" in entry.fields):
            missing = missing_fields(entry, _inherited(entry, known))
        if missing:
            names = [names[0] for names in missing]
            listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
            others = [f"{' or '.join(names[1:])} for {names[0]}" for names in missing if len(names) > 1]
            yield RULE.at(
                entry.location,
                f"{entry.citekey}: @{entry.type} needs {listed}",
                help=f"add what is missing; also taken: {', '.join(others)}" if others else "add what is missing",
            )


def _inherited(entry: Entry, known: Mapping[str, Entry]) -> dict[str, str]:
    """The fields of the entries that this one refers to; a parent's title is its children's booktitle."""
    fields: dict[str, str] = {}
    wanted = [entry]
    for _ in range(LONGEST_CHAIN):
        parents = [known.get(key) for child in wanted for key in _parents(child)]
        wanted = [parent for parent in parents if parent is not None][:LONGEST_CHAIN]
        for parent in wanted:
            fields = {**parent.fields, "booktitle": parent.fields.get("booktitle") or parent.title, **fields}
    return fields


def _parents(entry: Entry) -> tuple[str, ...]:
    named = f"{entry.fields.get('crossref', '')},{entry.fields.get('xdata', '')}"
    return tuple(key for part in named.split(",") if (key := part.strip()))
