"""Marked Markdown → what its rendering shows, by Python-Markdown and the extensions of the site."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.superfences import fence_code_format  # pyright: ignore[reportUnknownVariableType]

from papernotes.marks import without_marks
from papernotes.rendering.anchors import Anchors
from papernotes.rendering.shortcuts import Shortcuts
from papernotes.rendering.shown import Rendered, shown_by

EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    # The site's policy forbids style attributes.
    "tables": {"use_align_attribute": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.superfences": {
        "custom_fences": [{"name": "mermaid", "class": "pn-mermaid", "format": fence_code_format}],
    },
    "pymdownx.tasklist": {},
}


def render(marked: str) -> Rendered:
    """Render marked Markdown once. Raises RecursionError where it nests too deep."""
    md = _renderer()
    md.reset()
    collect: Any = md.treeprocessors["papernotes"]
    collect.rendered = Rendered()
    try:
        md.convert(marked)
    except RecursionError:
        # The parser does not know any more in which lists and quotes it is; the next text needs another.
        _renderer.cache_clear()
        raise
    return collect.rendered


@cache
def _renderer() -> Markdown:
    md = Markdown(
        extensions=[*EXTENSIONS, Anchors(), Shortcuts(), _Reading()],
        extension_configs=EXTENSIONS,
    )
    loose: Any = md
    loose.references = _References()
    serialize: Callable[[Element], str] = loose.serializer

    def serialize_parts(element: Element) -> str:
        return "<div></div>" if element.tag == md.doc_tag else serialize(element)

    # The tree is what we read: it need be neither pretty nor text.
    md.treeprocessors.deregister("prettify")
    loose.serializer = serialize_parts
    return md


class _References(dict[str, tuple[str, str]]):
    """Definitions of reference links: a use finds its definition although there are marks in its text."""

    def __setitem__(self, name: str, value: tuple[str, str]) -> None:
        super().__setitem__(without_marks(str(name)), value)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(without_marks(str(name)))

    def __getitem__(self, name: str) -> tuple[str, str]:
        return super().__getitem__(without_marks(str(name)))


class _Reading(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        md.treeprocessors.register(_Collect(md), "papernotes", -10)


class _Collect(Treeprocessor):
    """Looks at the finished tree; changes nothing."""

    rendered: Rendered

    def run(self, root: Element) -> None:
        loose: Any = self.md
        targets = (target for target, _ in loose.references.values())
        self.rendered = shown_by(root, loose.htmlStash.rawHtmlBlocks, targets)
        # No text is made, so nothing need be put back into it.
        loose.htmlStash.reset()
