"""**What it finds.** A link with parameters that only say who led the reader there: `utm_source`, `fbclid`, `spm` …

**Why it matters.** They tell others what your readers read, and make two addresses of one.

**Example.**

```markdown
[Code](https://github.com/openai/CLIP?utm_source=newsletter&utm_medium=email)
```

**Use instead.**

```markdown
[Code](https://github.com/openai/CLIP)
```

**Fix.** Take the parameters out; `papernotes check --fix` does.
"""

import re
from collections.abc import Iterator

from papernotes.diagnostics import Diagnostic, Reach, Rule, Severity, replace_text
from papernotes.inspection import Inspection
from papernotes.text import Span

RULE = Rule("PN207", "tracking-link", Severity.WARNING, __doc__, Reach.TEXT)
TRACKING = re.compile(
    r"""(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi
    |__hstc|__hssc|__hsfp|hsCtaTracking|mkt_tok|vero_id|oly_enc_id|oly_anon_id|rb_clickid|s_cid|ref_src|ref_url
    |spm|spm_id_from|vd_source|share_source|share_medium|share_session_id|share_plat|is_from_webapp|sender_device
    |trk|trkCampaign|cmpid|ncid|mbid|wt_mc|pk_campaign|pk_kwd|piwik_campaign|piwik_kwd|mtm_\w+|__s|_openstat)""",
    re.IGNORECASE | re.VERBOSE,
)
QUERY = re.compile(r"\?(?P<query>[^#]*)")
AND = re.compile(r"&(?:amp;)?")


def check(vault: Inspection) -> Iterator[Diagnostic]:
    for document, link in vault.web_links:
        found = QUERY.search(link.destination)
        if found is None:
            continue
        parts = AND.split(found["query"])
        kept = [part for part in parts if not TRACKING.fullmatch(part.partition("=")[0])]
        names = [part.partition("=")[0] for part in parts if part not in kept]
        if names:
            start = link.span.start + found.start()
            place = document.at(Span(start, start + len(found[0])))
            better = f"?{('&amp;' if '&amp;' in found[0] else '&').join(kept)}" if kept else ""
            yield RULE.at(
                place,
                f"{', '.join(names)[:100]} in an address only {'says' if len(names) == 1 else 'say'} who led there",
                help="leave it out" if len(names) == 1 else "leave them out",
                fix=replace_text(place, better) if place.text == found[0] else None,
            )
