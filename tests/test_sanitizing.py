"""Hostile HTML → what of it is published. The allowlist is small; what it leaves must be safe in every browser."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes.html_allowlist import (
    ATTRIBUTES,
    PREFIXES,
    TAGS,
    is_allowed_address,
    is_allowed_id,
    is_own_address,
    scheme_of,
)
from papernotes.sanitizing import sanitize

TABLE = {
    # Scripts, and what loads them.
    "<p>a<script>run()</script>b</p>": "<p>ab</p>",
    "<ScRiPt src=//evil.example/x></ScRiPt>b": "b",
    '<iframe srcdoc="<script>run()</script>"></iframe>b': "b",
    "<object data=x><b>fallback</b></object><embed src=x>b": "b",
    "<svg onload=run()><script>run()</script><path d='M0 0'/></svg>": '<svg><path d="M0 0"></path></svg>',
    "<svg><foreignObject><img src=x onerror=run()></foreignObject></svg>": "<svg></svg>",
    "<svg><animate attributeName=href to=javascript:run() /></svg>": "<svg></svg>",
    '<svg><a href="javascript:run()" xlink:href="javascript:run()"><text>x</text></a></svg>': (
        "<svg><a><text>x</text></a></svg>"
    ),
    "<svg><use href='data:image/svg+xml,x#x'/><image href=https://evil.example/ /></svg>": "<svg></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=run()></style></mglyph></table></mtext></math>b": "b",
    # Handlers, styles, hooks of the theme.
    "<img src=x onerror=run() alt=a>": '<img src="x" alt="a">',
    "<p OnClick='run()' style='position:fixed'>a</p>": "<p>a</p>",
    "<b/onfocus=run() tabindex=0 autofocus>a</b>": '<b tabindex="0">a</b>',
    '<div class="md-overlay pn-card admonition question" data-md-component="palette">a</div>': (
        '<div class="pn-card admonition question">a</div>'
    ),
    '<pre class="mermaid">a</pre>': "<pre>a</pre>",
    # Forms, frames of the document, redirections.
    "<form action=https://evil.example/><input name=p><button formaction=x>Go</button></form>": "Go",
    "<input type=image src=x>a<input type=checkbox checked onclick=run()>": (
        'a<input type="checkbox" checked="" disabled="">'
    ),
    "<base href=//evil.example/><meta http-equiv=refresh content=0><link rel=stylesheet href=x>b": "b",
    "<body onload=run()><html lang=x>b</html>": "b",
    "</p></article></div></body></html><p>b</p>": "<p></p><p>b</p>",
    # Addresses.
    '<a href="javascript:run()">a</a>': "<a>a</a>",
    '<a href=" java&#9;script:run()">a</a>': "<a>a</a>",
    '<a href="&#x6A;avascript&colon;run()">a</a>': "<a>a</a>",
    '<a href="data:text/html,x">a</a><a href="vbscript:x">b</a><a href="file:///etc/passwd">c</a>': (
        "<a>a</a><a>b</a><a>c</a>"
    ),
    '<a href="C:\\Windows">a</a>': "<a>a</a>",
    '<a href="../dpo/#method">a</a><a href="mailto:a@example.org">b</a>': (
        '<a href="../dpo/#method">a</a><a href="mailto:a@example.org">b</a>'
    ),
    '<a target="_blank" href="HTTPS://example.org/?q=javascript%3A">a</a>': (
        '<a rel="noopener" href="HTTPS://example.org/?q=javascript%3A">a</a>'
    ),
    '<a href="//evil.example/">a</a><a href="\\\\evil.example">b</a>': (
        '<a rel="noopener" href="//evil.example/">a</a><a rel="noopener" href="\\\\evil.example">b</a>'
    ),
    '<img src="https://evil.example/p.png" alt="a"><img src="//evil.example/p.png"><img src="data:image/svg+xml,x">': (
        '<img alt="a"><img><img>'
    ),
    '<img src="a.png" srcset="b.png 2x"><img src="\\\\evil.example/a.png" srcset="a 1x, //evil.example/b 2x">': (
        '<img src="a.png" srcset="b.png 2x"><img>'
    ),
    # Names that scripts look up.
    '<a id="__config"></a><div id="pn-search" name="document"></div><h2 id="method">m</h2>': (
        '<a></a><div></div><h2 id="method">m</h2>'
    ),
    '<h2 id="方法-1">m</h2><sup id="fnref:1">1</sup><p id="a b">x</p>': (
        '<h2 id="方法-1">m</h2><sup id="fnref:1">1</sup><p>x</p>'
    ),
    # What is left open ends with the page's own text.
    "<p>a<textarea><title>b <plaintext>c": "<p>a&lt;textarea&gt;&lt;title&gt;b &lt;plaintext&gt;c</p>",
    "a <!-- b": "a &lt;!-- b",
    "a <script> b": "a &lt;script&gt; b",
    "a <!-- b --> c <textarea>d</textarea>": "a  c d",
    "<details open><summary>a": '<details open=""><summary>a</summary></details>',
    "<table><tr><td align=right style=x>a": '<table><tbody><tr><td align="right">a</td></tr></tbody></table>',
    # Parsers that disagree.
    "<!--><img src=x onerror=run()>-->": '<img src="x">--&gt;',
    '<noscript><p title="</noscript><img src=x onerror=run()>"></noscript>': '<img src="x">"&gt;',
    '<svg></p><style><a id="</style><img src=x onerror=run()>">': '<svg></svg><p></p><img src="x">"&gt;',
    # What the pages are made of.
    '<div class="admonition takeaway"><p class="admonition-title">T</p></div>': (
        '<div class="admonition takeaway"><p class="admonition-title">T</p></div>'
    ),
    '<span class="arithmatex">\\(x &lt; y\\)</span><a class="headerlink" href="#a" title="Permanent link">¶</a>': (
        '<span class="arithmatex">\\(x &lt; y\\)</span><a class="headerlink" href="#a" title="Permanent link">¶</a>'
    ),
    '<div class="language-python highlight"><pre><code><span class="kn">import</span></code></pre></div>': (
        '<div class="language-python highlight"><pre><code><span class="kn">import</span></code></pre></div>'
    ),
    '<a class="pn-cite" data-pn-card="papers/a" aria-label="b" data-evil="c">x</a>': (
        '<a class="pn-cite" data-pn-card="papers/a" aria-label="b">x</a>'
    ),
    '<svg viewBox="0 0 9 9"><path class="pn-diagram-edge" d="M0 0" marker-end="url(#arrow-1)" fill="red"/></svg>': (
        '<svg viewBox="0 0 9 9"><path class="pn-diagram-edge" d="M0 0" marker-end="url(#arrow-1)"></path></svg>'
    ),
    '<svg><path d="M0 0" marker-end="url(https://evil.example/#m)"/></svg>': '<svg><path d="M0 0"></path></svg>',
}


@pytest.mark.parametrize("html", TABLE)
def test_what_is_published(html: str) -> None:
    assert sanitize(html) == TABLE[html]


@pytest.mark.parametrize("html", TABLE)
def test_once_is_enough(html: str) -> None:
    assert sanitize(TABLE[html]) == TABLE[html]


class Judge(HTMLParser):
    """Collects what no published page may hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.bad.append(tag)
        svg = {name.lower() for name in ATTRIBUTES.get(tag, frozenset())}
        for name, value in attrs:
            known = name in ATTRIBUTES["*"] or name in svg or (tag == "input" and name == "disabled")
            if not known and not name.startswith(tuple(PREFIXES)) and (tag, name) != ("a", "rel"):
                self.bad.append(f"{tag} {name}")
            if name == "href" and not is_allowed_address(value or ""):
                self.bad.append(f"{tag} {name}={value}")
            if name in ("src", "srcset") and not is_own_address(value or ""):
                self.bad.append(f"{tag} {name}={value}")
            if name == "id" and not is_allowed_id(value or ""):
                self.bad.append(f"{tag} {name}={value}")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.bad.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.bad.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.bad.append("processing instruction")


BLANKS = ("\t", "\n", "\0", "\x1b", "\ufeff", "\u2028", "\x7f", " ")
MARKUP = """
    <script> </script> <style> </style> <svg> </svg> <math> </math> <mtext> <mglyph> <table> </table> <tr> <td> <p>
    </p> <a <img <b <div </div> <details> <summary> <textarea> </textarea> <title> </title> <plaintext> <xmp>
    <noscript> </noscript> <template> <select> </select> <option> <!-- --> <!--> <![CDATA[ ]]> <? ?> <foreignObject>
    <annotation-xml <desc> <path <form> <input <iframe <object <h2 <ol> <li> <span <code> <pre> &lt; &gt; &amp; &#x3c;
    " ' = / > ` \\ href= src= onerror= onclick= style= id= class= name= srcset= xlink:href= type=checkbox
    data-md-component=x javascript:run() data:text/html,x vbscript:x https://evil.example //evil.example ../a #b
    __config pn-x admonition text 文
    """
PIECES = st.sampled_from([*MARKUP.split(), *BLANKS])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join))
def test_nothing_dangerous_survives(html: str) -> None:
    published = sanitize(html)
    judge = Judge()
    judge.feed(published)
    judge.close()
    assert judge.bad == []


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join))
def test_twice_is_once(html: str) -> None:
    once = sanitize(html)
    assert sanitize(once) == once


def test_a_megabyte_of_open_tags_takes_no_time() -> None:
    for opener in ("<textarea>", "<b>", "<!--", '<a href="x" title="'):
        assert len(sanitize(opener * 20_000)) < 10_000_000


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("javascript:x", "javascript"),
        ("JAVA\tSCRIPT:x", "javascript"),
        (" \x01javascript:x", "javascript"),
        ("a/b:c", None),
        ("?a:b", None),
        ("#a:b", None),
        ("fn:1", "fn"),
        ("//a:80/", None),
    ],
)
def test_a_scheme_is_read_as_a_browser_reads_it(address: str, scheme: str | None) -> None:
    assert scheme_of(address) == scheme
