"""**What it finds.** A link that is signed for a time: addresses of cloud stores with `X-Amz-Signature`, `Expires` and
`Signature`, `sig` and `se`, and addresses with an access token.

**Why it matters.** In an hour or a week it leads to an error. A token may even let every reader in, in your name.

**Example.**

```markdown
[Slides](https://bucket.s3.amazonaws.com/slides.pdf?X-Amz-Expires=3600&X-Amz-Signature=ab12)
```

**Use instead.**

```markdown
[Slides](https://example.org/talks/2024/slides.pdf)
```

**Fix.** Link to the page that gave you the address, or to a copy that stays. If it held a token, revoke the token.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity
from papernotes.inspection import Inspection

RULE = Rule("PN208", "expiring-link", Severity.WARNING, __doc__, Reach.TEXT)
# Each line is one signature: all its parameters must be there.
SIGNATURES = tuple(
    frozenset(names.split())
    for names in (
        "x-amz-signature",
        "x-amz-expires",
        "x-goog-signature",
        "x-oss-signature",
        "x-tos-signature",
        "q-signature",
        "awsaccesskeyid signature",
        "ossaccesskeyid signature",
        "expires signature",
        "expires sign",
        "sig se",
        "sig st",
        "x-expires x-signature",
        "access_token",
        "auth_token",
        "auth_key",
        "token expires",
    )
)
ACCESS = re.compile(r"(?:access_token|auth_token|token|api_key|apikey)=[A-Za-z0-9._~+/-]{16,}", re.IGNORECASE)


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document, link in vault.web_links:
        _, _, query = link.destination.partition("?")
        if not query:
            continue
        names = {part.partition("=")[0].lower() for part in re.split(r"&(?:amp;)?", query.partition("#")[0])}
        if ACCESS.search(query) or any(signature <= names for signature in SIGNATURES):
            yield RULE.at(
                document.at(link.span),
                "this address is signed for a time, and will soon lead nowhere",
                help="link to the page that gave it to you, or to a copy that stays",
            )
