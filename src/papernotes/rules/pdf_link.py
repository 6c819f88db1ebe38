"""**What it finds.** A link to the PDF of a paper at a site that has a page for it: arXiv, OpenReview, ACL Anthology,
NeurIPS, PMLR, CVF.

**Why it matters.** The page has the abstract, the versions, the code and the way to cite; the PDF is one click further.
On a phone the PDF is a download.

**Example.**

```markdown
[Paper](https://arxiv.org/pdf/2305.18290.pdf)
```

**Use instead.**

```markdown
[Paper](https://arxiv.org/abs/2305.18290)
```

**Fix.** Link to the page (`papernotes check --fix --unsafe-fixes` does). A link into the PDF (`#page=5`) is fine.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection

RULE = Rule("PN210", "pdf-link", Severity.WARNING, __doc__, Reach.TEXT)
# Each: an address of a PDF, and the address of its page.
PAGES = tuple(
    (re.compile(rf"https?://(?:www\.)?{pdf}(?:\?[^#]*)?", re.IGNORECASE), page)
    for pdf, page in (
        (
            r"(?:[a-z]{2}\.)?arxiv\.org/pdf/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
            r"https://arxiv.org/abs/\1",
        ),
        (r"openreview\.net/pdf\?id=([\w-]+)", r"https://openreview.net/forum?id=\1"),
        (r"(?:aclanthology\.org|aclweb\.org/anthology)/([\w.-]+?)(?:v\d+)?\.pdf", r"https://aclanthology.org/\1/"),
        (
            r"(?:proceedings|papers)\.neurips\.cc/paper_files/paper/(\d{4})/file/(\w+)-Paper(-\w+)?\.pdf",
            r"https://proceedings.neurips.cc/paper_files/paper/\1/hash/\2-Abstract\3.html",
        ),
        (r"proceedings\.mlr\.press/(v\d+)/([\w-]+)(?:/\2)?\.pdf", r"https://proceedings.mlr.press/\1/\2.html"),
        (
            r"openaccess\.thecvf\.com/(content[\w/]*)/papers/([\w.-]+)_paper\.pdf",
            r"https://openaccess.thecvf.com/\1/html/\2_paper.html",
        ),
    )
)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document, link in vault.web_links:
        for pdf, page in PAGES:
            if found := pdf.fullmatch(link.destination):
                better, place = found.expand(page), document.at(link.span)
                yield RULE.at(
                    place,
                    "this links to a PDF that has a page of its own",
                    help=f"link to {better}",
                    fix=replace_text(place, better, safe=False) if place.text == link.destination else None,
                )
                break
