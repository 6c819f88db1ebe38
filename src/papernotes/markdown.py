"""Markdown → headings, citation groups, links, formulas, admonitions. Owns markdown; the only reader of citations.

Python-Markdown is the judge of what is a link and what is code. It keeps no offsets, so every candidate (a destination,
a bracket with `@key`, a heading) is replaced by a mark of private-use characters before it renders: a mark that comes
out in a place where it counts was real, and its offset is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import markdown as python_markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.slugs import slugify

from papernotes.model import Admonition, Body, Citation, CitationGroup, Formula, Heading, Link, LinkKind
from papernotes.text import Span

# ASCII only, so that Chinese text may follow a key without a space; other keys are written @{key}.
KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_/])?"
BEFORE = r"(?<![A-Za-z0-9_@/.:\\{-])"
CITEKEY = re.compile(rf"@(?:\{{([^{{}}\s]+)\}}|({KEY}))")
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
INERT_OPEN, INERT_CLOSE = "\ue002", "\ue003"
ANY_MARK = re.compile(f"[{OPEN}{INERT_OPEN}](\\d+)[{CLOSE}{INERT_CLOSE}]")
CANDIDATES = re.compile(
    rf"""
    (?P<heading>^(?P<before>[ \t>]*(?:[-*+][ \t]+)?\#{{1,6}}(?!\#)[ \t]*)(?=\S))
    | (?P<setext>^(?=[^\W_][^\n]*\n[ ]{{0,3}}(?:=+|-+)[ ]*$))
    | (?P<wiki>!?\[\[(?P<target>[^\[\]\n|]+)(?:\|(?P<shown>[^\[\]\n]*))?\]\])
    | (?P<define>^[ ]{{0,3}}\[(?P<name>[^\[\]\n]+)\]:[ \t]*\n?[ \t]*(?P<to><[^<>\n]*>|[^\s<>]+))
    | (?P<group>(?<!\\)\[(?P<inside>(?:[^\[\]]*?[^\[\]A-Za-z0-9_@/.:])?-?@(?:\{{|[A-Za-z0-9_])[^\[\]]*)\](?![\(\[]))
    | (?P<link>\]\([ \t\n]*(?P<dest><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))
    | (?P<narrative>{BEFORE}@(?:\{{[^{{}}\s]+\}}|{KEY}))
    """,
    re.MULTILINE | re.VERBOSE,
)
KINDS = ("heading", "setext", "wiki", "group", "link", "define", "narrative")
NESTED_BRACKETS, NESTED_QUOTES, LONGEST_LINE = 32, 32, 60_000
SLUGIFY: Callable[[str, str], str] = slugify(case="lower")  # pyright: ignore[reportUnknownVariableType]
EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.superfences": {},
    "pymdownx.tasklist": {},
}
SENTENCE_END = re.compile(r"[.!?](?=\s+[^\sa-z])|[。！？]")
BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th dt dd summary figcaption div".split())


def anchor_of(heading: str, separator: str = "-") -> str:
    """The id of a heading; citations in it do not count. Chinese stays Chinese."""
    return SLUGIFY(MARK.sub("", heading).strip(), separator)


def nesting_fault(text: str, start: int) -> tuple[str, int] | None:
    """What Python-Markdown would take minutes over, and where: deep brackets or quotes, endless lines."""
    for line in re.finditer(r"[^\r\n]+", text[start:]):
        content, at = line[0], start + line.start()
        if len(content) > LONGEST_LINE:
            return f"a line is longer than {LONGEST_LINE} characters", at
        depth = 0
        for match in re.finditer(r"\[|\]", content):
            depth = max(0, depth + (1 if match[0] == "[" else -1))
            if depth > NESTED_BRACKETS:
                return f"brackets are nested more than {NESTED_BRACKETS} deep", at + match.start()
        if (quotes := re.match(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d+\.(?=[ \t]))){33}", content)) is not None:
            return f"quotes or lists are nested more than {NESTED_QUOTES} deep", at + quotes.start()
    return None


class _Candidate(NamedTuple):
    kind: str
    span: Span
    whole: Span
    text: str
    label: str = ""


def read_body(text: str, start: int) -> Body:
    """Read the Markdown of `text` from offset `start`. One rendering; O(length) besides."""
    if nested := nesting_fault(text, start):
        return Body(start, unreadable=nested)
    candidates: list[_Candidate] = []
    marked = _mark(text, start, candidates)
    found = _render(marked)
    headings = tuple(_headings(found, candidates))
    return Body(
        start,
        headings,
        tuple(_groups(found, candidates, headings)),
        tuple(_links(text, found, candidates, headings)),
        tuple(_formulas(text, start, found, candidates)),
        tuple(_admonitions(text, start, headings)),
        frozenset(found.ids),
        sum(1 for _ in re.finditer(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", text[start:])),
    )


def _mark(text: str, start: int, candidates: list[_Candidate]) -> str:
    """The body with every candidate replaced by its mark, lines kept."""
    parts: list[str] = []
    cursor = start

    def put(kind: str, span: Span, whole: Span, label: str = "") -> None:
        nonlocal cursor
        parts.extend((text[cursor : span.start], f"{OPEN}{len(candidates)}{CLOSE}"))
        # A mark takes one line, so what it replaces must give its line ends back.
        if kind == "heading":
            parts.append(" ")
        cursor = span.end
        candidates.append(_Candidate(kind, span, whole, text[span.start : span.end], label))

    for match in CANDIDATES.finditer(text, start):
        kind = next(name for name in KINDS if match[name] is not None)
        if kind == "heading":
            put("heading", Span(match.end(), match.end()), Span(*match.span()))
        elif kind == "setext":
            put("heading", Span(match.start(), match.start()), Span(*match.span()))
        elif kind == "wiki":
            put(
                "image" if match[0].startswith("!") else "wiki",
                Span(*match.span()),
                Span(*match.span("target")),
                match["shown"] or "",
            )
        elif kind == "group":
            put("group", Span(*match.span()), Span(*match.span("inside")))
        elif kind == "link":
            span = Span(*match.span("dest"))
            if span.end - span.start:
                put("link", span, Span(*match.span()))
        elif kind == "define":
            put("define", Span(*match.span("to")), Span(*match.span()), match["name"])
        else:
            put("narrative", Span(*match.span()), Span(*match.span()))
    parts.append(text[cursor:])
    return "".join(parts)


class _Destination(NamedTuple):
    """Where a mark came out as the target of a link or image; `rest` is what the candidate missed of the target."""

    rest: str
    label: str
    image: bool
    block: str


@dataclass
class _Found:
    """What the rendered tree shows, in the order in which it shows it."""

    headings: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    texts: dict[int, str] = field(default_factory=dict[int, str])
    destinations: dict[int, _Destination] = field(default_factory=dict[int, "_Destination"])
    formulas: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    ids: set[str] = field(default_factory=set[str])


class _Collect(Treeprocessor):
    """Looks at the finished tree; changes nothing."""

    found: _Found

    def run(self, root: Element) -> None:
        self.found = _Found()
        _walk(root, self.found)


def _walk(root: Element, found: _Found) -> None:
    stack: list[tuple[Element, bool, str]] = [(root, False, "")]
    while stack:
        element, quiet, block = stack.pop()
        tag = str(element.tag)
        if identifier := element.get("id"):
            found.ids.add(identifier)
        classes = (element.get("class") or "").split()
        if "arithmatex" in classes:
            found.formulas.append((_text(element), tag == "div"))
            continue
        if tag in ("a", "img"):
            target = element.get("href") if tag == "a" else element.get("src")
            label = _text(element) if tag == "a" else (element.get("alt") or "")
            for mark in MARK.finditer(target or ""):
                rest = MARK.sub("", target or "")
                found.destinations.setdefault(int(mark[1]), _Destination(rest, label, tag == "img", block))
            quiet = quiet or tag == "a"
        if tag in ("code", "pre", "script", "style"):
            continue
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            found.headings.append((int(tag[1]), _text(element), element.get("id") or ""))
        if tag in BLOCKS and not quiet:
            block = _shallow_text(element)
            for mark in MARK.finditer(block):
                found.texts.setdefault(int(mark[1]), block)
        stack.extend((child, quiet, block) for child in reversed(element))


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _inert(text: str) -> str:
    """The text with its marks turned into ones that stand for no citation."""
    return MARK.sub(lambda match: f"{INERT_OPEN}{match[1]}{INERT_CLOSE}", text)


def _shallow_text(element: Element) -> str:
    """The text of a block without the blocks inside it, and without code, formulas' markup and links' marks."""
    parts = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if "arithmatex" in (child.get("class") or "").split():
            parts.append("$" + _inert(_text(child)).removeprefix("\\(").removesuffix("\\)") + "$")
        elif tag in ("a", "code"):
            parts.append(_inert(_text(child)))
        elif tag == "br":
            parts.append(" ")
        elif tag not in BLOCKS and tag not in ("ul", "ol", "dl", "table", "pre", "blockquote"):
            parts.append(_shallow_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


class _Reading(Extension):
    def extendMarkdown(self, md: python_markdown.Markdown) -> None:
        md.treeprocessors.register(_Collect(md), "papernotes", -10)


@cache
def _renderer() -> python_markdown.Markdown:
    return python_markdown.Markdown(
        extensions=[*EXTENSIONS, "toc", _Reading()],
        extension_configs={**EXTENSIONS, "toc": {"slugify": anchor_of}},
    )


def _render(marked: str) -> _Found:
    md = _renderer()
    collect: Any = md.treeprocessors["papernotes"]
    collect.found = _Found()  # an empty text builds no tree, and must not show the one before
    md.reset()
    md.convert(marked)
    return collect.found


def _headings(found: _Found, candidates: list[_Candidate]) -> Iterator[Heading]:
    for level, text, anchor in found.headings:
        for mark in MARK.finditer(text):
            candidate = candidates[int(mark[1])] if int(mark[1]) < len(candidates) else None
            if candidate is not None and candidate.kind == "heading":
                shown = MARK.sub(lambda found: _written(found, candidates), text).strip()
                yield Heading(level, shown, anchor, Span(candidate.span.start, candidate.span.start + len(shown)))
                break


def _written(mark: re.Match[str], candidates: list[_Candidate]) -> str:
    """What a mark stands for; headings' marks, and ones that the text itself forged, for nothing."""
    number = int(mark[1])
    return candidates[number].text if number < len(candidates) and candidates[number].kind != "heading" else ""


def _sentence(block: str, part: str, candidates: list[_Candidate]) -> str:
    """The sentence of a block that holds `part`, from after a full stop to the next one, as it was written."""
    at = block.find(part)
    ends = [match.end() for match in SENTENCE_END.finditer(block)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(block))
    return " ".join(ANY_MARK.sub(lambda mark: _written(mark, candidates), block[start:end]).split())


def _heading_before(headings: tuple[Heading, ...], offset: int) -> str:
    return next((heading.anchor for heading in reversed(headings) if heading.span.start <= offset), "")


def _groups(found: _Found, candidates: list[_Candidate], headings: tuple[Heading, ...]) -> Iterator[CitationGroup]:
    for number, candidate in enumerate(candidates):
        if candidate.kind not in ("group", "narrative") or number not in found.texts:
            continue
        citations = tuple(citations_in(candidate.text, candidate.span.start))
        if citations:
            context = _sentence(found.texts[number], f"{OPEN}{number}{CLOSE}", candidates)
            heading = _heading_before(headings, candidate.span.start)
            yield CitationGroup(citations, candidate.span, candidate.kind == "narrative", context, heading)


def citations_in(written: str, offset: int = 0) -> Iterator[Citation]:
    """The citations of one group as written, brackets included; offsets are counted from `offset`."""
    cursor = 0
    for part in re.split(r"(;)", written):
        match = CITEKEY.search(part)
        if match:
            key = match[1] or match[2]
            span = Span(offset + cursor + match.start(), offset + cursor + match.end())
            prefix = part[: match.start()].strip().lstrip("[").rstrip("-").strip()
            locator = part[match.end() :].strip().rstrip("]").lstrip(",").strip()
            yield Citation(key, prefix, locator, span)
        cursor += len(part)


def _links(text: str, found: _Found, candidates: list[_Candidate], headings: tuple[Heading, ...]) -> Iterator[Link]:
    for number, candidate in enumerate(candidates):
        heading = _heading_before(headings, candidate.span.start)
        if candidate.kind in ("wiki", "image") and number in found.texts:
            target = text[candidate.whole.start : candidate.whole.end].strip()
            kind = LinkKind.WIKI if candidate.kind == "wiki" else LinkKind.IMAGE
            context = _sentence(found.texts[number], f"{OPEN}{number}{CLOSE}", candidates)
            yield Link(kind, target, candidate.label, candidate.whole, candidate.span, context, heading)
        elif candidate.kind in ("link", "define") and number in found.destinations:
            rest, label, image, block = found.destinations[number]
            written = candidate.text
            destination = (written[1:-1] if written.startswith("<") else written) + rest
            kind = LinkKind.IMAGE if image else LinkKind.REFERENCE if candidate.kind == "define" else LinkKind.INLINE
            plain = MARK.sub(lambda mark: _written(mark, candidates), label)
            context = _sentence(block, _inert(label), candidates) if not image else ""
            yield Link(kind, destination, plain, candidate.span, candidate.whole, context, heading)


def _formulas(text: str, start: int, found: _Found, candidates: list[_Candidate]) -> Iterator[Formula]:
    cursor = start
    for shown, display in found.formulas:
        tex = MARK.sub(lambda mark: _written(mark, candidates), shown)
        tex = re.sub(r"^\\[(\[]|\\[)\]]$", "", tex.strip()).strip()
        at = text.find(tex, cursor)
        if at >= 0:
            cursor = at + len(tex)
            yield Formula(tex, display, Span(at, cursor))


ADMONITION = re.compile(
    r'^(?P<indent>[ ]*)(?:!!!|\?\?\?\+?)[ ]+(?P<kind>[\w-]+)(?:[ ]+[\w-]+)*(?:[ ]+"(?P<title>[^\n]*)")?[ ]*$',
    re.MULTILINE,
)


def _admonitions(text: str, start: int, headings: tuple[Heading, ...]) -> Iterator[Admonition]:
    fences = [
        Span(*match.span())
        for match in re.finditer(r"^(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1[ \t]*$", text, re.MULTILINE | re.DOTALL)
    ]
    for match in ADMONITION.finditer(text, start):
        if any(fence.start <= match.start() < fence.end for fence in fences):
            continue
        indent = match["indent"] + "    "
        lines: list[str] = []
        end = match.end()
        for line in re.finditer(r"\n([^\n]*)", text[match.end() :]):
            if line[1].strip() and not line[1].startswith(indent):
                break
            lines.append(line[1][len(indent) :])
            if line[1].strip():
                end = match.end() + line.end()
        heading = _heading_before(headings, match.start())
        content = "\n".join(lines).strip("\n")
        yield Admonition(match["kind"], match["title"] or "", content, Span(match.start(), end), heading)
