"""**What it finds.** An `http://` address in `url`, `pdf`, `code` or `project` at a site that is known to answer to
`https://`.

**Why it matters.** Whoever sits between can read and change what the reader gets.

**Example.**

```bibtex
@online{karpathy2015rnn,
  author = {Karpathy, Andrej},
  title = {The Unreasonable Effectiveness of Recurrent Neural Networks},
  year = {2015},
  url = {http://karpathy.github.io/2015/05/21/rnn-effectiveness/}
}
```

**Use instead.**

```bibtex
@online{karpathy2015rnn,
  author = {Karpathy, Andrej},
  title = {The Unreasonable Effectiveness of Recurrent Neural Networks},
  year = {2015},
  url = {https://karpathy.github.io/2015/05/21/rnn-effectiveness/}
}
```

**Fix.** Write `https`; `papernotes check --fix` does.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_exactly
from papernotes.inspection import Inspection

RULE = Rule("PN329", "insecure-bib-url", Severity.WARNING, __doc__, Reach.TEXT)
HOSTS = (
    "aaai.org acm.org aclanthology.org aclweb.org anthropic.com arxiv.org biorxiv.org dblp.org doi.org github.com "
    "github.io gitlab.com google.com googleblog.com googleapis.com huggingface.co ieee.org jmlr.org kaggle.com "
    "lmsys.org medium.com microsoft.com mlr.press nature.com ncbi.nlm.nih.gov neurips.cc nips.cc nvidia.com openai.com "
    "openreview.net paperswithcode.com pnas.org pytorch.org science.org sciencedirect.com semanticscholar.org "
    "springer.com ssrn.com thecvf.com tensorflow.org twitter.com usenix.org wikipedia.org wiley.com x.com youtube.com "
    "zenodo.org"
).split()
INSECURE = re.compile(
    rf"\s*(http)://(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, HOSTS))})(?=[/?#]|\Z)", re.IGNORECASE | re.ASCII
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for entry in vault.entries:
        for name in ("url", "pdf", "code", "project"):
            text = entry.written.get(name)
            if text and (found := INSECURE.match(text)):
                place = entry.part(name, *found.span(1))
                yield RULE.at(
                    place,
                    f"{entry.citekey}: {name} is an http address, and its site answers to https",
                    help="write https",
                    fix=replace_exactly(place, found[1], "https"),
                )
