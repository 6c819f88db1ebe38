"""The content of a page: formulas set, diagrams drawn, everything else as the sanitiser leaves it."""

from __future__ import annotations

from pathlib import Path

from papernotes.attachments import svg_fault
from papernotes.content import DRAWING, published, published_title
from papernotes.diagrams import FOLDER, drawing_path
from papernotes.sanitizing import sanitize

VAULT = Path(__file__).parent.parent
SOURCE = 'flowchart LR\n  A["keys<br/>and values"] --> B["x < 3"]\n'
BLOCK = (
    '<pre class="pn-mermaid"><code>flowchart LR\n  A["keys&lt;br/&gt;and values"] --&gt; B["x &lt; 3"]\n</code></pre>'
)
SVG = (
    '<svg xmlns="x" viewBox="0 0 {w} 9" width="{w}"><style>*{{}}</style><path class="pn-diagram-edge" d="M 0 0"/></svg>'
)


def no_drawings(path: str) -> str | None:
    return None


def test_formulas_are_set() -> None:
    done = published(
        '<p>So <span class="arithmatex">\\(x &lt; y\\)</span>.</p><div class="arithmatex">\\[\nz\n\\]</div>',
        no_drawings,
    )
    assert done.has_formulas
    assert done.html.startswith('<p>So <span class="arithmatex"><span class="katex">')
    assert '<annotation encoding="application/x-tex">x &lt; y</annotation>' in done.html
    assert '<div class="arithmatex"><span class="katex-display">' in done.html
    assert "\\(" not in done.html
    assert "\\[" not in done.html


def test_a_page_without_formulas_says_so() -> None:
    assert published("<p>x</p>", no_drawings) == ("<p>x</p>", False)


def test_only_what_a_formula_may_hold_counts_as_one() -> None:
    done = published('<span class="arithmatex">\\(<img src=x onerror=run()>\\)</span>', no_drawings)
    assert done == ('<span class="arithmatex">\\(<img src="x">\\)</span>', False)


def test_a_picture_says_how_large_it_is_unless_its_author_did() -> None:
    asked: list[str] = []

    def sizes(address: str) -> tuple[int, int] | None:
        asked.append(address)
        return (640, 480) if address.endswith("a&b.png") else None

    html = '<p><img alt="x" src="../a&amp;b.png"><img src="c.png"><img src="../a&amp;b.png" width="10"></p>'
    done = published(html, no_drawings, sizes=sizes).html
    assert done == (
        '<p><img alt="x" src="../a&amp;b.png" width="640" height="480"><img src="c.png">'
        '<img src="../a&amp;b.png" width="10"></p>'
    )
    assert asked == ["../a&b.png", "c.png"]


def test_an_empty_header_is_a_plain_cell() -> None:
    done = published('<table><thead><tr><th align="left"></th><th>A</th></tr></thead></table>', no_drawings).html
    assert '<table><thead><tr><td align="left"></td><th>A</th></tr></thead></table>' in done


def test_a_header_that_is_a_formula_is_named_by_it() -> None:
    header = '<table><tr><th align="left"><span class="arithmatex">\\(x &lt; "y"\\)</span></th></tr></table>'
    assert (
        '<th align="left" aria-label="x &lt; &quot;y&quot;"><span class="arithmatex"><span'
        in published(header, no_drawings).html
    )


def test_a_table_has_a_place_that_scrolls_and_a_table_in_it_has_none() -> None:
    table = "<table><tbody><tr><td>{}</td></tr></tbody></table>"
    done = published(table.format(table.format("x")) + "<p>y</p>", no_drawings).html
    place = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
    assert done == f"{place}{table.format(table.format('x'))}</div></div><p>y</p>"


def test_styles_of_formulas_are_the_only_ones() -> None:
    done = published('<p style="a"><span style="b" class="arithmatex">\\(x\\)</span></p>', no_drawings)
    assert 'style="a"' not in done.html
    assert 'style="b"' not in done.html
    assert 'style="height:' in done.html


def test_a_diagram_becomes_its_drawing_with_its_source_as_alternative() -> None:
    drawings = {drawing_path(SOURCE): SVG.format(w=200)}
    done = published(BLOCK, drawings.get).html
    assert done == (
        '<div class="pn-diagram" style="--pn-width:200px" role="img" '
        'aria-label="flowchart LR; A[&quot;keys&lt;br/&gt;and values&quot;] --&gt; '
        'B[&quot;x &lt; 3&quot;]"><svg viewBox="0 0 200 9" width="200"><path class="pn-diagram-edge" d="M 0 0"></path>'
        "</svg></div>"
    )


def test_a_diagram_without_drawing_stays_code() -> None:
    assert published(BLOCK, no_drawings).html == BLOCK


def test_a_tampered_drawing_is_only_a_drawing() -> None:
    tampered = '<svg width="9" onload="run()"><script>run()</script><path d="M 0 0" onclick="run()"/></svg><p>more</p>'
    done = published(BLOCK, {drawing_path(SOURCE): tampered}.get).html
    assert done.endswith('"><svg width="9"><path d="M 0 0"></path></svg></div>')
    assert published(BLOCK, {drawing_path(SOURCE): "<p>no drawing</p>"}.get).html == BLOCK


def test_a_diagram_that_asks_for_more_stays_code_whatever_drawing_there_is() -> None:
    source = 'flowchart LR\n  A --> B\n  click A "https://example.org/"\n'
    block = f'<pre class="pn-mermaid"><code>{source.replace(">", "&gt;")}</code></pre>'
    assert published(block, lambda path: SVG.format(w=9)).html == block


def test_titles_for_the_table_of_contents() -> None:
    assert published_title("Plain &amp; simple") == "Plain &amp; simple"
    assert published_title("<b>x</b><img src=x onerror=run()><script>run()</script>") == "x"
    assert published_title("Cost \\(O(n)\\)").startswith('Cost <span class="katex">')
    assert "<img" not in published_title("&lt;img src=x onerror=run()&gt;")


def test_the_drawings_of_this_vault_are_plain() -> None:
    drawings = sorted((VAULT / "notes" / FOLDER).glob("*.svg"))
    assert len(drawings) > 100
    for path in drawings:
        text = path.read_text(encoding="utf-8")
        assert svg_fault(text) is None, path.name
        assert DRAWING.fullmatch(sanitize(text).strip()), path.name
