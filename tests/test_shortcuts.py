"""The short cuts through Python-Markdown change the time that it takes, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor

from papernotes.limits import nesting_fault
from papernotes.marks import mark
from papernotes.rendering import EXTENSIONS, Shortcuts, anchor_of, render

ROOT = Path(__file__).parent.parent
FOLDERS = ("notes", "tests/torture/vault/notes", "tests/golden", "tests/vaults")
TEXTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))
HEADING_ID = re.compile(r'<h[1-6][^>]*? id="([^"]*)"')
PIECES = (
    *(
        "word",
        "模型",
        "Two words",
        " ",
        "  \n",
        "\n",
        "\n\n",
        "\n\n\n",
        "\n    ",
        "- ",
        "1. ",
        "> ",
        ": ",
        "# ",
        "## x",
        "#",
    ),
    *(
        "***",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~~~",
        "\\",
        "\\(",
        "\\)",
        "$",
        "$$",
        "|",
        " | ",
        "\n--- | ---\n",
        "---",
    ),
    *("\n===", "[", "]", "(", ")", "![", "](x.md)", "[^1]", "\n[^1]: note", "\n[a]: b.md 'c'", "[a]", "<", ">", "<b>"),
    *("</b>", "<div>", "</div>", '<div markdown="1">', "<!-- ", " -->", "<https://x.org>", "<a@b.org>", "&amp;", "&"),
    *(
        "!!! note",
        "??? tip",
        "{: #id .class }",
        "{#id}",
        "[ ] ",
        "[x] ",
        "[TOC]",
        "\ue0001\ue001",
        "\ue000",
        "\t",
        "\x02",
    ),
)


def converter(*more: Extension) -> Markdown:
    return Markdown(
        extensions=[*EXTENSIONS, "toc", *more], extension_configs={**EXTENSIONS, "toc": {"slugify": anchor_of}}
    )


LONG_WAY, SHORT_WAY = converter(), converter(Shortcuts())


def body(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.split("---\n", 2)[-1]


def html(way: Markdown, text: str) -> str:
    return way.reset().convert(text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_looks_the_same_by_the_short_way(folder: str) -> None:
    texts = [body(path) for path in TEXTS if path.is_relative_to(ROOT / folder)]
    assert texts
    for text in texts:
        if nesting_fault(text, 0) is None:
            assert html(SHORT_WAY, text) == html(LONG_WAY, text)
            marked = mark(text, 0).text
            assert html(SHORT_WAY, marked) == html(LONG_WAY, marked)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join))
@example("Plain\n- no list\n\nPlain | no table\n\nPlain\n===\n\n## A\nText\n\n#Tag\\\n\n####### Seven")
@example("!!! note\n    Inside.\n\n    Still *inside*.\n\nOutside.\n\n- a\n\n    b\n\nc\n: d\n\n    e")
@example("Under_score and under_score\n\n<div markdown>\nPlain\n\n*not*\n</div>")
def test_any_text_looks_the_same_by_the_short_way(text: str) -> None:
    assert html(SHORT_WAY, text) == html(LONG_WAY, text)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from((*PIECES, "\n\n## A\n\n", "\n\n## A_1\n\n", "\n\n## \n\n")), max_size=25).map("".join))
@example("## A\n\n## A_1\n\n## A\n\n## A {#b}\n\n## B\n\n## <i>A</i> &amp; [^1]\n\n[^1]: x\n\n## \n\n## \n")
def test_headings_have_the_ids_that_the_site_gives_them(text: str) -> None:
    marked = mark(text, 0).text
    assert [heading.anchor for heading in render(marked).headings] == HEADING_ID.findall(html(LONG_WAY, marked))


def test_of_a_plain_text_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    way = converter(Shortcuts())
    for name in ("table", "hashheader", "olist", "paragraph"):
        monkeypatch.setattr(way.parser.blockprocessors[name], "test", lambda *_: pytest.fail("tried"))
    assert html(way, "## Heading\n\nA plain text\nof two lines.") == (
        '<h2 id="heading">Heading</h2>\n<p>A plain text\nof two lines.</p>'
    )
    inline = way.treeprocessors["inline"]
    assert not len(inline.inlinePatterns)
    monkeypatch.undo()
    assert html(way, "A *text* with `code`") == "<p>A <em>text</em> with <code>code</code></p>"
    assert len(inline.inlinePatterns) == 2


class Percent(Extension):
    """A kind of block and an inline pattern that nobody knows: `% x` is a quote, `x%%` says so loudly."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # theirs
        md.parser.blockprocessors.register(PercentBlock(md.parser), "percent", 150)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()(\w+)%%", "strong"), "percents", 5)


class PercentBlock(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "per cent" in block

    def run(self, parent: Element, blocks: list[str]) -> None:
        self.parser.parseBlocks(parent, [blocks.pop(0).replace("per cent", "%%")])


@pytest.mark.parametrize("order", [(Percent(), Shortcuts()), (Shortcuts(), Percent())])
def test_with_an_extension_that_it_does_not_know_it_takes_the_long_way(order: tuple[Extension, ...]) -> None:
    way = converter(*order)
    assert html(way, "Ten%% of all") == "<p><strong>Ten</strong> of all</p>"
    assert html(way, "Ten per cent") == "<p>Ten %%</p>"


@pytest.mark.parametrize("name", ["abbr", "legacy_attrs", "pymdownx.saneheaders", "sane_lists", "smarty", "nl2br"])
def test_it_gives_way_to_extensions_that_replace_or_add_anything(name: str) -> None:
    text = (
        'HTML is plain -- "so" is {@id=x} this.\n\nHTML *here* too\nand there.\n\n'
        "#HTML\n\n3. Three\n\n- HTML\n\n*[HTML]: Hyper Text"
    )
    configs = {**EXTENSIONS, "toc": {"slugify": anchor_of}}
    short = Markdown(extensions=[*EXTENSIONS, "toc", name, Shortcuts()], extension_configs=configs)
    assert html(short, text) == html(Markdown(extensions=[*EXTENSIONS, "toc", name], extension_configs=configs), text)
