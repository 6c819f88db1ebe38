"""What a body's Markdown is read as: citations, links, headings and the rest, and what no text may do to the reader."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papernotes.limits import nesting_fault
from papernotes.markdown import read_body
from papernotes.model import Body, TokenKind

Keys = tuple[tuple[str, ...], ...]
SHARED_SENTENCE = "One [@a] and *two* [@b; @c]. Three."


@dataclass(frozen=True)
class Case:
    """A text and what of it is a citation, a link, a heading."""

    says: str
    text: str
    groups: Keys = ()
    links: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[tuple[int, str, str], ...] = ()


CASES = (
    Case("a citation stands in brackets", "Text [@a].", (("a",),)),
    Case("a group holds several citations", "[see @a, p. 3; @b]", (("a", "b"),)),
    Case("a narrative citation stands in the sentence", "As @vaswani2017 shows.", (("vaswani2017",),)),
    Case("a full stop after a key ends the sentence", "As in @a.", (("a",),)),
    Case("a key may hold signs inside", "[@DBLP:conf/nips/VaswaniSPUJGKP17]", (("DBLP:conf/nips/VaswaniSPUJGKP17",),)),
    Case("a key in braces may hold anything but blanks", "[@{müller2020!}]", (("müller2020!",),)),
    Case("Chinese text may follow a key without a blank", "@a指出，[@b]也是。", (("a",), ("b",))),
    Case("an author may be left out", "[-@a]", (("a",),)),
    Case("a citation in code is text", "`[@a]` and\n\n```\n[@b]\n```\n\n    [@c]\n"),
    Case("a citation in a formula is text", "$[@a]$\n\n$$\n[@b]\n$$\n"),
    Case("a citation in a comment is text", "<!-- [@a] -->"),
    Case("a citation in raw HTML is text", "<div>\n[@a]\n</div>"),
    Case("an e-mail address is no citation", "Write to ada@example.org or [me@example.org]."),
    Case("an e-mail address beside a citation is none", "[me@example.org; @a]", (("a",),)),
    Case(
        "an @ in an address is no citation",
        "See https://x.org/@ada and [x](https://x.org/@b).",
        links=(("bare", "https://x.org/@ada", ""), ("inline", "https://x.org/@b", "x")),
    ),
    Case("an escaped @ is no citation", r"\@a and [\@b]"),
    Case("a lone @ is no citation", "@ @. [@] @{}"),
    Case("brackets that are a link cite nothing", "[@a](x.md)", links=(("inline", "x.md", "@a"),)),
    Case("a group does not reach over a blank line", "[see\n\n@a]", (("a",),)),
    Case("a group may break its line", "[see @a,\np. 3]", (("a",),)),
    Case("a footnote may begin with a citation", "x[^1]\n\n[^1]: [@a] says so.", (("a",),)),
    Case("a citation with a colon is no definition", "[@a]: the same objective.", (("a",),)),
    Case("a table cell may cite", "| a |\n|---|\n| [@a] |\n", (("a",),)),
    Case(
        "an admonition may cite, in its title too",
        '!!! question "answered by [@a]"\n    Text [@b].\n',
        (("a",), ("b",)),
    ),
    Case("a link has a text and a destination", "[text](x.md#y)", links=(("inline", "x.md#y", "text"),)),
    Case("a link may have a title", '[t](x.md "[@a]")', links=(("inline", "x.md", "t"),)),
    Case(
        "a destination may hold blanks and brackets",
        "[a](<b c.md>) [d](e_(f).md)",
        links=(("inline", "b c.md", "a"), ("inline", "e_(f).md", "d")),
    ),
    Case("a link in code is text", "`[a](b.md)` `[[c]]`"),
    Case("a wiki link may show another text", "[[a]] [[b#H|c]]", links=(("wiki", "a", ""), ("wiki", "b#H", "c"))),
    Case(
        "an image is a link of its own kind",
        "![a b](c.svg) ![[d.svg]]",
        links=(("image", "c.svg", "a b"), ("image", "d.svg", "")),
    ),
    Case(
        "a reference link leads where its definition says", "[a][b]\n\n[b]: c.md\n", links=(("reference", "c.md", "a"),)
    ),
    Case(
        "a reference may be named by a number",
        "[12][] and [see 3]\n\n[12]: a.md\n[see 3]: b.md\n",
        links=(("reference", "a.md", "12"), ("reference", "b.md", "see 3")),
    ),
    Case("a definition in code defines nothing", "[a][b]\n\n```\n[b]: c.md\n```\n"),
    Case(
        "an address in the text is a link",
        "See https://x.org/a_(b), (https://y.org/). https://z.org。",
        links=(("bare", "https://x.org/a_(b)", ""), ("bare", "https://y.org/", ""), ("bare", "https://z.org", "")),
    ),
    Case("an address in angle brackets is a link", "<https://x.org/?a=1>", links=(("auto", "https://x.org/?a=1", ""),)),
    Case("a heading has the anchor of its text", "## How it works\n", headings=((2, "How it works", "how-it-works"),)),
    Case("a Chinese heading keeps its characters", "## 方法 1\n", headings=((2, "方法 1", "方法-1"),)),
    Case("an underlined heading is a heading", "Method\n------\n", headings=((2, "Method", "method"),)),
    Case("a heading may choose its anchor", "## Method { #m1 }\n", headings=((2, "Method", "m1"),)),
    Case(
        "a citation in a heading is not in its anchor",
        "## Method of [@a]\n",
        (("a",),),
        headings=((2, "Method of [@a]", "method-of"),),
    ),
    Case(
        "a second heading of one text has another anchor", "## A\n\n## A\n", headings=((2, "A", "a"), (2, "A", "a_1"))
    ),
    Case("a comment in a shell is no heading", "```sh\n# comment\n```\n"),
    Case("a number sign in a text is no heading", "Issue #5 and C# are fine.\n"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_reading(case: Case) -> None:
    body = read_body(case.text, 0)
    assert tuple(tuple(c.citekey for c in group.citations) for group in body.groups) == case.groups
    assert tuple((link.kind.value, link.destination, link.label) for link in body.links) == case.links
    assert tuple((h.level, h.text, h.anchor) for h in body.headings) == case.headings


def parts(text: str, spans: object) -> list[str]:
    return [text[span.start : span.end] for span in spans]  # type: ignore[attr-defined]


def test_a_citation_has_a_prefix_a_locator_and_its_place() -> None:
    text = "Text [see @a, §4; also @b]."
    first, second = read_body(text, 0).groups[0].citations
    assert (first.prefix, first.locator, second.prefix, second.locator) == ("see", "§4", "also", "")
    assert parts(text, (first.span, second.span)) == ["@a", "@b"]


def test_the_context_of_a_citation_is_its_sentence_as_it_was_written() -> None:
    groups = read_body(SHARED_SENTENCE + " Not this.", 0).groups
    assert {group.context for group in groups} == {"One [@a] and two [@b; @c]."}


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    (group,) = read_body("First. Ada et al. [@a] say so. Last.", 0).groups
    assert group.context == "Ada et al. [@a] say so."


def test_a_context_shows_entities_as_their_characters_and_no_markup() -> None:
    (group,) = read_body("AT&amp;T <b>builds</b> `@x` $y$[^1] [@a].\n\n[^1]: z\n", 0).groups
    assert group.context == "AT&T builds @x $y$1 [@a]."


def test_a_table_of_contents_stands_in_the_place_of_text_as_on_the_page() -> None:
    (group,) = read_body("## A\n\nOne [@a] *[TOC]* two [@b].", 0).groups
    assert group.context == "One [@a]"
    assert [heading.anchor for heading in read_body("[TOC]\n\n## A\n\n## A\n", 0).headings] == ["a", "a_1"]


def test_a_sentence_of_a_thousand_links_is_told_in_parts() -> None:
    links = read_body(" ".join(f"[[note{n}]]" for n in range(1000)), 0).links
    assert len(links) == 1000
    assert max(len(link.context) for link in links) < 1000


def test_what_a_citation_or_link_stands_below_is_its_heading() -> None:
    body = read_body("[@a]\n\n## One\n\n[@b] [[c]]\n\n### Two\n\n[@d]\n", 0)
    assert [group.heading for group in body.groups] == ["", "one", "two"]
    assert body.links[0].heading == "one"


FORMULAS = r"""Inline $x_1 < y$ and \(z\), in code `$n$`, money: $5 and $6.

$$
a &= b
$$

- item

    $$
    c
    d
    $$

> $$
> e
> $$

\[
f
\]

\begin{align}
g
\end{align}
"""


def test_a_group_ends_with_its_paragraph() -> None:
    text = "[see\n\n@a]"
    assert parts(text, (group.span for group in read_body(text, 0).groups)) == ["@a"]


def test_the_context_in_a_footnote_has_no_trace_of_the_way_back() -> None:
    (group,) = read_body("x[^1]\n\n[^1]: Ada [@a]\n", 0).groups
    assert group.context == "Ada [@a]"


def test_signs_that_look_like_marks_are_none() -> None:
    (group,) = read_body("[@a] \ue0000\ue001 \ue0020\ue003", 0).groups
    assert group.context == "[@a] \ufffd0\ufffd \ufffd0\ufffd"


def test_a_destination_with_blanks_is_covered_as_a_whole() -> None:
    text = "[a](my file.md)"
    assert parts(text, (link.span for link in read_body(text, 0).links)) == ["my file.md"]


def test_formulas_are_found_where_they_stand() -> None:
    formulas = read_body(FORMULAS, 0).formulas
    assert [(f.tex, f.display) for f in formulas] == [
        ("x_1 < y", False),
        ("z", False),
        ("a &= b", True),
        ("c\nd", True),
        ("e", True),
        ("f", True),
        ("\\begin{align}\ng\n\\end{align}", True),
    ]
    shown = [" ".join(part.split()) for part in parts(FORMULAS, (f.span for f in formulas))]
    assert shown == [" ".join(f.tex.split()) for f in formulas]


def test_dollars_that_begin_no_block_are_told() -> None:
    text = "a\n$$\nx\n$$\nb $$y$$ `$$`\n\n$$\nz\n$$\n"
    assert parts(text, read_body(text, 0).dollars) == ["$$\nx\n$$", "$$y$$"]


def test_admonitions_have_a_kind_a_title_and_a_text() -> None:
    text = '!!! takeaway\n    One.\n\n    Two.\n\n??? note "T"\n    Three.\n\n```\n!!! code\n```\n'
    text += "\n- x\n\n    !!! inner\n        Four.\n"
    found = [(a.kind, a.title, a.text) for a in read_body(text, 0).admonitions]
    assert found == [("takeaway", "", "One.\n\nTwo."), ("note", "T", "Three."), ("inner", "", "Four.")]


def test_footnotes_and_definitions_know_their_uses() -> None:
    text = "a[^1] b[^2] [c][d] [e][] x[i][j] `[^3]`\n\n[^1]: z\n[^4]: y\n\n[d]: x.md\n[f]: y.md\n"
    body = read_body(text, 0)
    assert [(d.footnote, d.name, d.used) for d in body.definitions] == [
        (True, "1", True),
        (True, "4", False),
        (False, "d", True),
        (False, "f", False),
    ]
    assert [(d.footnote, d.name) for d in body.dangling] == [(True, "2"), (False, "e")]


def test_html_tags_are_found_with_their_attributes() -> None:
    text = '<div class="a">\n<img src="x.svg" onerror=y>\n</div>\n\n'
    text += 'In <b title="&lt; 12">x</b>, `<i>`, a < b, $<u >$ <!-- <s> -->.\n'
    tags = [(tag.name, tag.attributes) for tag in read_body(text, 0).tags]
    assert tags == [
        ("div", (("class", "a"),)),
        ("img", (("src", "x.svg"), ("onerror", "y"))),
        ("b", (("title", "< 12"),)),
    ]


def test_numbers_of_running_text_are_told_and_no_others() -> None:
    text = "1. 65B of 1,024 at 1.4e12\n\nGPT-4, [a 12](x3.md), `77`, $88$, @b99, http://x.org/55, ![66](y.svg), x2\n"
    tokens = [token for token in read_body(text, 0).tokens if token.kind is TokenKind.NUMBER]
    assert parts(text, (token.span for token in tokens)) == ["65", "1,024", "1.4e12", "12"]


def test_a_body_begins_where_the_front_matter_ends() -> None:
    front = "---\ntitle: '[@no] # no'\n---\n"
    body = read_body(f"{front}[@a]\n", len(front))
    assert [group.span.start for group in body.groups] == [len(front)]


ENDLESS = {
    "brackets are nested": "[" * 40,
    "quotes or lists are nested": "> " * 40 + "x",
    "lists are nested more than 50 deep": "\n".join("    " * depth + "- a" for depth in range(300)),
    "HTML is nested": "<div markdown>\n" * 100,
    "a line is longer": "x" * 100_000,
    "a paragraph is longer": "x y\n" * 20_000,
    "brackets that nothing closes": "[a\n" * 10_000,
    "links that nothing closes": "[a](b\n" * 8000,
    "tags that nothing closes": "<a " * 15_000,
    "formulas that nothing closes": "\\(a " * 14_000,
    "one footnote": "[^1]" * 10_000 + "\n\n[^1]: x\n",
    "headings of one text": "# a\n\n" * 12_000,
    "headings, rules or lists in one paragraph": "a\n: b\n" * 9000,
    "markup in one paragraph": "*`" * 27_000,
    "code blocks": "```\n\n" * 20_000,
    "lines": "\n" * 1_000_000,
}


@pytest.mark.parametrize(("why", "text"), ENDLESS.items(), ids=ENDLESS)
def test_what_would_take_a_renderer_minutes_is_not_read(why: str, text: str) -> None:
    begin = time.process_time()
    body = read_body(f"Intro.\n\n{text}\n", 0)
    assert body.unreadable
    assert why in body.unreadable[0]
    assert time.process_time() - begin < 5


@settings(max_examples=200, deadline=None)
@given(st.deferred(lambda: TEXTS))
def test_no_text_spoils_the_next(text: str) -> None:
    read_body(text, 0)
    test_footnotes_and_definitions_know_their_uses()
    test_admonitions_have_a_kind_a_title_and_a_text()


def test_a_text_that_is_too_deep_does_not_spoil_the_next() -> None:
    assert read_body("- a\n\n    b\n    : c\n" + "    d\n    : e\n" * 600, 0).unreadable
    test_footnotes_and_definitions_know_their_uses()


def test_a_long_ordinary_note_is_read() -> None:
    table = "| a | b |\n|---|---|\n" + "| [@a] | 12 |\n" * 500
    code = "```python\n" + "x = [1, 2, (3)]  # <a> $b$\n" * 500 + "```\n"
    text = "\n\n".join(f"## Section {n}\n\n{SHARED_SENTENCE * 20}" for n in range(40)) + f"\n\n{table}\n{code}"
    assert nesting_fault(text, 0) is None
    assert len(read_body(text, 0).groups) == 40 * 40 + 500


SIGNS = r"""
[@a] [see @b, p. 3; @{c d}; -@e] @f @{g/h} \@i j@k.org `@l` `` `@m` ``
$n_1$ $$ \( \) \[ \] \begin{align} \end{align}
[o](p.md#q) [r](<s> "t") ![u](v.svg) ![](w) [[x]] [[y|z]] ![[a.png]]
[b][c] [d][] [e] [^1] [f]: <http://g.org> http://h.org/i)
# ## - 1. > ``` ~~~ !!! note ??? "t" : | --- === | {: #k .l } { #m } * ** _ __ ~~ \
<b> </b> <div> </div> <div markdown> <!-- --> <script> </script> <a href="x"> &amp; &#2;
TODO 12 1.5e3 65B 中文 ，, ;中 papernotes-mark-1
"""
BLANKS = ("\n", "\n\n", "\n\n", "    ", "  \n", " ", "\t", "\r\n", "\r", "\u2028", "\x0c")
STRANGE = (
    "[^1]: ",
    "[c]: x.md",
    "\ue000",
    "\ue0000\ue001",
    "\ue0040\ue005",
    "\x00",
    "\x02",
    "\x03",
    "\x02wzxhzdk:0\x03",
)
FRAGMENTS = st.sampled_from((*SIGNS.split(), *BLANKS, *STRANGE))
TEXTS = st.one_of(
    st.lists(FRAGMENTS, max_size=40).map("".join),
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=40).map(" ".join),
    st.text(max_size=200),
)
PRIVATE = re.compile("[\ue000-\ue007]")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_body(text: str) -> None:
    assert isinstance(read_body(text, 0), Body)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_citation_stands_where_it_says(text: str) -> None:
    for group in read_body(text, 0).groups:
        for citation in group.citations:
            written = text[citation.span.start : citation.span.end]
            assert written in (f"@{citation.citekey}", f"@{{{citation.citekey}}}")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example('[r](<s>"t"[r](<s>')
def test_marks_never_leak(text: str) -> None:
    body = read_body(text, 0)
    shown = [
        *(group.context for group in body.groups),
        *(value for link in body.links for value in (link.context, link.label)),
        *(value for heading in body.headings for value in (heading.text, heading.anchor)),
        *(formula.tex for formula in body.formulas),
        *(value for tag in body.tags for pair in tag.attributes for value in pair),
        *body.anchors,
    ]
    assert not any(PRIVATE.search(value) for value in shown)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_read_lies_inside_the_text(text: str) -> None:
    body = read_body(text, 0)
    spans = [
        *(group.span for group in body.groups),
        *(span for link in body.links for span in (link.span, link.whole)),
        *(part.span for part in (*body.headings, *body.formulas, *body.admonitions, *body.tags, *body.tokens)),
        *(part.span for part in (*body.definitions, *body.dangling)),
        *body.dollars,
    ]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_front_matter_changes_nothing_in_a_body(text: str) -> None:
    front = "---\ntitle: x\n---\n\n"
    alone, behind = read_body(text, 0), read_body(front + text, len(front))
    assert [group.citations[0].citekey for group in alone.groups] == [g.citations[0].citekey for g in behind.groups]
    assert [link.span.start + len(front) for link in alone.links] == [link.span.start for link in behind.links]
    assert [heading.anchor for heading in alone.headings] == [heading.anchor for heading in behind.headings]


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda text: "~~~" not in text))
@example("0\n[0]:")
def test_nothing_in_a_code_block_counts(text: str) -> None:
    body = read_body(f"~~~~~~~~\n{text}\n~~~~~~~~\n", 0)
    found = (
        body.groups,
        body.links,
        body.headings,
        body.formulas,
        body.admonitions,
        body.tags,
        body.tokens,
        body.dollars,
    )
    assert found == ((),) * len(found)
