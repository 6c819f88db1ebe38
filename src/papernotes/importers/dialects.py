"""Obsidian's, Hugo's, Jekyll's and GitHub's own Markdown → ours; what has no counterpart stays as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from papernotes.html_allowlist import ADMONITIONS
from papernotes.importers.prose import on_prose, on_unfenced

# Obsidian's tags are words; `# Heading` has a space, and a number alone is no tag.
TAG = re.compile(r"(?<![\w#&/(\[\]\\])#(?=[\w/-]*[^\W\d_])([\w/-]+)")
CALLOUT = re.compile(r"^> ?\[!([\w-]+)\][+-]?[ \t]*(.*)\n?((?:^>.*\n?)*)", re.MULTILINE)
CALLOUT_KINDS = {"quote": "quote", "cite": "quote", "todo": "note", "help": "question", "faq": "question"}
FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img|image)\s+([^{}]*?)\s*/?[%>]\}\}")
REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"?([^\"{}\s]+)\"?\s*[%>]\}\}")
SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,400}[%>]\}\}")
HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
HUGO_HIGHLIGHT = re.compile(
    r"\{\{[<%]\s*highlight\s+(\w+)[^{}]*[%>]\}\}\n?(.*?)\{\{[<%]\s*/highlight\s*[%>]\}\}", re.DOTALL
)
POST_URL = re.compile(r"\{%-?\s*(?:post_url|link)\s+([^\s%]+)\s*-?%\}")
LIQUID = re.compile(r"\{%.{0,400}?%\}|\{\{.{0,400}?\}\}")
SITE = re.compile(r"\{\{\s*(?:site\.(?:baseurl|url)|[^{}]*relative_url)\s*\}\}")
ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*\}")


@dataclass
class Reading:
    """What a dialect holds besides text."""

    tags: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])


def attribute(written: str, name: str) -> str:
    """The value of `name=value` in a tag or shortcode, quoted or not."""
    match = re.search(rf"(?:^|\s){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", written, re.IGNORECASE)
    return (match[1] or match[2] or match[3] or "").strip() if match else ""


def picture(source: str, alt: str) -> str:
    """An image in Markdown; its address holds no spaces or parentheses."""
    for char in " ()<>":
        source = source.replace(char, f"%{ord(char):02X}")
    return f"![{alt.replace('[', '').replace(']', '')}]({source})"


def obsidian(text: str, reading: Reading) -> str:
    """Comments, highlights, callouts, tags, block ids, Templater. Links and embeddings are left to the importer."""

    def tag(match: re.Match[str]) -> str:
        reading.tags.append(match[1])
        return f"\\#{match[1]}"

    def prose(part: str) -> str:
        part = re.sub(r"%%(.*?)%%", lambda match: f"<!-- {_commented(match[1])} -->", part, flags=re.DOTALL)
        part = re.sub(r"==(?=\S)([^=\n]+?)(?<=\S)==", r"<mark>\1</mark>", part)
        part = re.sub(r"(?:^|[ \t])\^[\w-]+[ \t]*$", "", part, flags=re.MULTILINE)
        return TAG.sub(tag, part)

    return on_prose(on_unfenced(text, _callouts), prose)


def _commented(text: str) -> str:
    return re.sub(r"-(?=-)", "- ", text.strip()).replace(">", "&gt;")


def _callouts(text: str) -> str:
    return CALLOUT.sub(_callout, text)


def _callout(match: re.Match[str]) -> str:
    written, title = match[1].lower(), match[2].strip().replace('"', "'")
    kind = CALLOUT_KINDS.get(written, written if written in ADMONITIONS else "note")
    title = title or (written if kind == "note" and written != "note" else "")
    body = re.sub(r"^> ?", "", match[3], flags=re.MULTILINE).rstrip("\n")
    lines = [f"    {line}".rstrip() for line in body.split("\n")] if body else ["    …" if not title else ""]
    head = f'!!! {kind} "{title}"' if title else f"!!! {kind}"
    return "\n".join((head, *lines)) + "\n"


def hugo(text: str, reading: Reading) -> str:
    """Shortcodes: figures, references and code are turned, others stay as code."""
    text = HUGO_HIGHLIGHT.sub(_fenced, text)

    def prose(part: str) -> str:
        part = FIGURE.sub(_figure, part)
        part = REF.sub(r"\1", part)
        return SHORTCODE.sub(lambda match: _as_code(match, reading, "shortcode"), part)

    return on_prose(text, prose)


def jekyll(text: str, reading: Reading) -> str:
    """Liquid and kramdown: code blocks and links to posts are turned, attributes go, the rest stays as code."""
    text = HIGHLIGHT.sub(_fenced, text)
    text = re.sub(r"\{%-?\s*(?:end)?raw\s*-?%\}|<!--\s*more\s*-->", "", text)

    def prose(part: str) -> str:
        part = POST_URL.sub(r"\1.md", SITE.sub("", part))
        part = ATTRIBUTES.sub("", part)
        return LIQUID.sub(lambda match: _as_code(match, reading, "Liquid tag"), part)

    return on_prose(text, prose)


def plain(text: str, reading: Reading) -> str:
    """GitHub's alerts are Obsidian's callouts; the rest is Markdown."""
    return on_unfenced(text, _callouts)


def _figure(match: re.Match[str]) -> str:
    alt = attribute(match[1], "alt") or attribute(match[1], "caption") or attribute(match[1], "title")
    caption = attribute(match[1], "caption")
    return picture(attribute(match[1], "src"), alt) + (f"\n\n*{caption}*" if caption and caption != alt else "")


def _fenced(match: re.Match[str]) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", match[2])), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{match[1]}\n{match[2].rstrip()}\n{fence}"


def _as_code(match: re.Match[str], reading: Reading, what: str) -> str:
    reading.remarks.append(f"{what} without counterpart, kept as code: {' '.join(match[0].split())[:80]}")
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", match[0])), default=0) + 1)
    return f"{ticks} {' '.join(match[0].split())} {ticks}" if len(ticks) > 1 else f"`{' '.join(match[0].split())}`"


DIALECTS: dict[str, Callable[[str, Reading], str]] = {
    "obsidian": obsidian,
    "hugo": hugo,
    "jekyll": jekyll,
    "markdown": plain,
}
