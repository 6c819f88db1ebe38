"""**What it finds.** A citation whose key has no entry in `papers.bib`.

**Why it matters.** The page cannot say what is cited, the reference list lacks it, and the citation graph loses an
edge.

**Example.**

```markdown
Preferences replace rewards [@rafailov2023dqo].
```

**Use instead.**

```markdown
Preferences replace rewards [@rafailov2023dpo].
```

**Fix.** Correct the key (`papernotes check --fix --unsafe-fixes` does where only one can be meant), or add the entry:
`papernotes new` does both for an arXiv id or a DOI. To write an `@` that cites nothing, put it in code or write `\\@`.
"""

from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection, did_you_mean

RULE = Rule("PN201", "unknown-citekey", Severity.ERROR, __doc__, Reach.TIES)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    known = vault.library.by_citekey
    for document in vault.documents:
        for group in document.body.groups:
            for citation in group.citations:
                if citation.citekey not in known:
                    place = document.at(citation.span)
                    yield RULE.at(
                        place,
                        f"there is no entry {citation.citekey!r} in papers.bib",
                        help=did_you_mean(vault.near_citekey(citation.citekey), "add the entry, or correct the key"),
                        fix=vault.citekey_fix(place, citation.citekey),
                    )
