"""What the search reads of a built page."""

from __future__ import annotations

from papernotes.passages import Passage, passages

PAGE = """<!doctype html><title>CLIP</title><body><nav>Menu</nav><article class="md-content__inner">
<div class="pn-head"><h1 id="clip">CLIP</h1><p>Alec Radford</p></div>
<p>An opening with <a href="x">a link</a>,<br>two lines.</p>
<h2 id="method">Method<a class="headerlink" href="#method">&para;</a></h2>
<p>Loss &amp; <span class="arithmatex"><span class="katex"><span class="katex-mathml"><math><mi>x</mi><annotation>
\\beta</annotation></math></span><span class="katex-html">β</span></span></span>.</p><ul><li>one</li><li>two</li></ul>
<div class="arithmatex"><span class="katex-html">long formula</span></div>
<div class="admonition"><p class="admonition-title">Takeaway</p><p>Scale.</p></div>
<script>code()</script><h3 id="方法_1">方法</h3><p>对比</p>
<h2 id="references">References</h2><ol><li>Someone else</li></ol>
</article><footer>End</footer>"""


def test_a_page_is_read_up_to_what_the_site_adds() -> None:
    assert passages(PAGE, frozenset({"method", "方法"})) == (
        Passage("", 1, "", "An opening with a link, two lines."),
        Passage("method", 2, "Method", "Loss & β. one two Takeaway Scale."),
        Passage("方法_1", 3, "方法", "对比"),
    )


def test_a_page_without_headings_of_its_author_has_an_opening() -> None:
    assert [passage.anchor for passage in passages(PAGE, frozenset())] == [""]


def test_a_title_in_the_text_begins_its_opening() -> None:
    assert passages("<article><h1 id='a'>Alignment</h1><p>What.</p></article>", frozenset()) == (
        Passage("", 1, "", "What."),
    )


def test_broken_html_ends_nothing() -> None:
    assert passages("<article><p>One</b></p></div><p>Two</article>", frozenset())[0].text == "One Two"
