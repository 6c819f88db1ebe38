"""Markdown of anyone → Markdown whose headings, formulas and HTML are as a note of ours has them."""

from __future__ import annotations

import re

from papernotes.html_allowlist import TAGS
from papernotes.importers.dialects import attribute, picture
from papernotes.importers.prose import SETEXT, chunks, headings, on_prose, on_unfenced

# Elements that only lay out: a page of ours is laid out by its theme.
LAYOUT = frozenset("p div center span font section figure figcaption picture article main big small nobr".split())
ELEMENT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)/?>")
LINKED = re.compile(r"<a\s([^<>]*)>([^<>\n]*)</a>", re.IGNORECASE)
STRAY = re.compile(r"<(?=[A-Za-z/!?%])(?!/?[A-Za-z][A-Za-z0-9]*>)(?!!--)")
KEPT_ATTRIBUTES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
# Controls, and what shows nothing or reorders what stands around it; joiners belong to scripts and to emoji.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\ufff9-\uffff\U000e0000-\U000e0fff]"
)
FORMULA_LINE = re.compile(r"^[ \t]*\$\$")


def shaped(text: str) -> tuple[str, str]:
    """The title that a text gives itself by its only level-1 heading before all others, and its body without it."""
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = on_prose(text, _html)
    found = list(headings(text))
    title = ""
    if found and found[0][1] == 1 and sum(level == 1 for _, level, _ in found) == 1:
        title = found[0][2]
        lines = text.splitlines(keepends=True)
        at = found[0][0]
        after = at + 2 if at + 1 < len(lines) and SETEXT.match(lines[at + 1].rstrip("\n")) else at + 1
        text = "".join((*lines[:at], *lines[after:]))
    return re.sub(r"<[^<>]*>", "", title).strip(), on_unfenced(_headings(text), _formulas).strip("\n")


def _headings(text: str) -> str:
    """Headings from level 2 on, none more than one level below the one before it."""
    found = list(headings(text))
    top = min((level for _, level, _ in found), default=2)
    lines = text.splitlines(keepends=True)
    before = 1
    for number, level, title in found:
        before = min(max(2, level + 2 - top if top < 2 else level), before + 1, 6)
        lines[number] = f"{'#' * before} {re.sub(r'^#+', '', title).strip() or '…'}\n"
        if number + 1 < len(lines) and SETEXT.match(lines[number + 1].rstrip("\n")):
            lines[number + 1] = "\n"
    return "".join(lines)


def _formulas(text: str) -> str:
    """Formulas between `$$` that begin a line are blocks between blank lines; one blank line is enough anywhere."""
    lines = text.split("\n")
    done: list[str] = []
    open_ = False
    for line in lines:
        marks = line.count("$$")
        begins = not open_ and bool(FORMULA_LINE.match(line))
        if begins and done and done[-1].strip():
            done.append("")
        if done and not open_ and not begins and _ends_formula(done[-1]) and line.strip():
            done.append("")
        done.append(line)
        if begins or open_:
            open_ = (marks % 2 == 1) != open_
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", "\n".join(done))


def _ends_formula(line: str) -> bool:
    return line.rstrip().endswith("$$") and (line.strip() == "$$" or bool(FORMULA_LINE.match(line)))


def _html(text: str) -> str:
    text = re.sub(r"<img\b([^<>]*)>", _image, text, flags=re.IGNORECASE)
    text = LINKED.sub(_link, text)
    text = re.sub(r"<h([1-6])[^<>]*>([^<>]*)</h\1>", lambda m: f"\n{'#' * int(m[1])} {m[2].strip()}\n", text)
    text = ELEMENT.sub(_element, text)
    return STRAY.sub("&lt;", text)


def _image(match: re.Match[str]) -> str:
    source = attribute(match[1], "src")
    return picture(source, attribute(match[1], "alt")) if source else ""


def _link(match: re.Match[str]) -> str:
    address = attribute(match[1], "href")
    return f"[{match[2]}]({address.replace(' ', '%20')})" if address and "(" not in address else match[2]


def _element(match: re.Match[str]) -> str:
    closing, name, written = match[1], match[2].lower(), match[3]
    if name in LAYOUT:
        return ""
    if name not in TAGS or name in ("svg", "a", "img", "input"):
        return f"&lt;{match[0][1:]}"
    kept = [
        f' {key}="{value}"' for key in KEPT_ATTRIBUTES.get(name, ()) if (value := attribute(written, key)).isdigit()
    ]
    return f"<{closing}{name}{''.join(kept)}>"


def first_sentence(text: str) -> str:
    """The first sentence of the prose, for a summary; nothing if it would be long or full of markup."""
    for chunk in chunks(text):
        for paragraph in re.split(r"\n[ \t]*\n", "" if chunk.fenced else chunk.text):
            line = " ".join(paragraph.split())
            if not line or re.match(r"[#>|!<*+`$-]|\d+[.)] |\[", line):
                continue
            match = re.match(r"(.{15,220}?(?:[.!?](?=\s|$)|[。！？]))", line)
            if match and not re.search(r"[\[\]`$<>*_@\\]", match[1]):
                return match[1]
            return ""
    return ""
