"""An extension of Python-Markdown that changes nothing but the time: where no markup can begin, none is looked for.

Python-Markdown tries every kind of block on every block and every inline pattern on every text. Most blocks are plain
paragraphs and headings, and most texts hold none of the signs that a pattern begins with; one look tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

# Every line begins with a letter (or one of our own marks): no list, quote, rule, definition, admonition, no heading
# that is underlined; and nothing separates the cells of a table.
LINE = r"(?:[^\W\d_]|[\ue000-\ue007])[^\n|]*"
PARAGRAPH = re.compile(rf"{LINE}(?:\n{LINE})*")
HEADING = re.compile(r"#{1,6}[^#\\\n]*")
BLOCKS = (
    "plain_paragraph plain_heading admonition markdown_block details empty indent defindent code arithmatex-block "
    "table hashheader setextheader hr olist ulist deflist quote footnote reference paragraph"
).split()
# What stands in every text that a pattern matches: one of these signs.
SIGNS: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "arithmatex-inline": ("$", "\\"),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
TREES = (
    "plain_texts inline prettify unescape attr_list footnote footnote-duplicate indent-highlight task-list toc "
    "papernotes"
).split()
# Where all that it knows comes from: an extension may put a thing of its own in the place of one, or look for its signs
# in texts that are finished.
HOMES = frozenset(
    "markdown.blockprocessors markdown.inlinepatterns markdown.treeprocessors markdown.extensions.admonition "
    "markdown.extensions.attr_list markdown.extensions.def_list markdown.extensions.footnotes "
    "markdown.extensions.md_in_html markdown.extensions.tables markdown.extensions.toc pymdownx.arithmatex "
    "pymdownx.details pymdownx.highlight pymdownx.superfences pymdownx.tasklist papernotes.rendering.anchors "
    "papernotes.rendering.reader papernotes.rendering.shortcuts".split()
)
SIGN = re.compile("|".join(re.escape(sign) for sign in sorted({sign for signs in SIGNS.values() for sign in signs})))
# The name that Python-Markdown finds the extension by.
SHORTCUTS = "papernotes.rendering.shortcuts:Shortcuts"
# Behind the preprocessors and before the inline patterns.
FIRST, BEFORE_INLINE = 200, 21


class Shortcuts(Extension):
    """Takes the short cuts, unless there are blocks or patterns that it does not know."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        self.md = md
        md.registerExtension(self)
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "plain_paragraph", FIRST)
        md.parser.blockprocessors.register(_PlainHeading(md.parser), "plain_heading", FIRST - 1)
        md.treeprocessors.register(_PlainTexts(md), "plain_texts", BEFORE_INLINE)

    def reset(self) -> None:
        """Before each text: other extensions may have come meanwhile."""
        blocks, patterns, texts = self.md.parser.blockprocessors, self.md.inlinePatterns, self.md.treeprocessors
        if _has_others(blocks, BLOCKS):
            for name in BLOCKS[:2]:
                blocks.deregister(name, strict=False)
        if _has_others(patterns, SIGNS) or _has_others(texts, TREES):
            texts.deregister("plain_texts", strict=False)


def _has_others(registry: Registry[Any], names: Iterable[str]) -> bool:
    more = len(registry) > sum(name in registry for name in names)
    return more or any(type(item).__module__ not in HOMES for item in registry)


class _PlainParagraph(ParagraphProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return PARAGRAPH.fullmatch(block) is not None


class _PlainHeading(HashHeaderProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return HEADING.fullmatch(block) is not None


class _PlainTexts(Treeprocessor):
    """Spares texts without signs the inline patterns, and the other texts the patterns whose signs are in none."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.narrowed: dict[frozenset[str], Registry[Any]] = {}

    def run(self, root: Element) -> None:
        signed: list[str] = []
        find = SIGN.search
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and type(text) is str:
                if find(text):
                    signed.append(text)
                else:
                    element.text = AtomicString(text)
            if tail and type(tail) is str:
                if find(tail):
                    signed.append(tail)
                else:
                    element.tail = AtomicString(tail)
        inline: Any = self.md.treeprocessors["inline"]
        inline.inlinePatterns = self._patterns("\n\n".join(signed))

    def _patterns(self, texts: str) -> Registry[Any]:
        """The patterns, in their order, that may match somewhere in these texts."""
        names = frozenset(name for name, signs in SIGNS.items() if any(sign in texts for sign in signs))
        if names not in self.narrowed:
            found: Registry[Any] = Registry()
            patterns = self.md.inlinePatterns
            for name in names:
                if name in patterns:
                    found.register(patterns[name], name, -patterns.get_index_for_name(name))
            self.narrowed[names] = found
        return self.narrowed[names]
