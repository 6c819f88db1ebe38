"""A built page → the page with its content security policy: the browser runs our scripts and the theme's, no others.

The hashes of inline scripts are computed at build time, but only for scripts that stand in a template of the theme. A
script that came into a page in any other way has no template, gets no hash, and does not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
# What an expression of the theme may put into its script: the way to the site's root, and the like.
FILLED = r"[\w./:~-]*"
SOURCES = (
    "default-src 'self'",
    # Pagefind's engine is WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'{scripts}",
    "style-src 'self'",
    # KaTeX sets heights and distances in style attributes, a diagram its width. The sanitiser leaves none in
    # what authors wrote; formulas and diagrams come after it.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)


def inline_scripts(templates: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """What the inline scripts of a theme's templates look like once they are filled."""
    found: dict[str, None] = {}
    for template in templates:
        for match in SCRIPT.finditer(template):
            if _runs(match["attributes"]) and "{%" not in match["text"]:
                found[FILLED.join(map(re.escape, EXPRESSION.split(match["text"])))] = None
    return tuple(re.compile(pattern) for pattern in found)


def with_policy(html: str, allowed: Sequence[re.Pattern[str]]) -> str:
    """The page with its policy in a meta element, behind the character set. O(length)."""
    texts = dict.fromkeys(match["text"] for match in SCRIPT.finditer(html) if _runs(match["attributes"]))
    hashes = [_hash(text) for text in texts if any(pattern.fullmatch(text) for pattern in allowed)]
    policy = "; ".join(SOURCES).format(scripts="".join(f" '{value}'" for value in hashes))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return CHARSET.sub(lambda match: match[0] + meta, html, count=1)


def _runs(attributes: str) -> bool:
    """Whether a script element with these attributes is an inline script rather than data or a file."""
    kind = re.search(r"\btype\s*=\s*[\"']?([^\"'\s>]*)", attributes)
    return not re.search(r"\bsrc\s*=", attributes) and (kind is None or "json" not in kind[1])


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8', 'surrogatepass')).digest()).decode()}"
