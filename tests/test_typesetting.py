"""The text of a page as it is set: quotation marks, and names that no line breaks."""

from __future__ import annotations

import pytest

from papernotes.typesetting import typeset


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ('<p>"A word", the model\'s</p>', "<p>“A word”, the model’s</p>"),
        ('<p>("x" and <em>"y"</em>)</p>', "<p>(“x” and <em>“y”</em>)</p>"),
        ('<p>a "<a href="b">link</a>" here</p>', '<p>a “<a href="b">link</a>” here</p>'),
        ('<li>one</li><li>"two"</li>', "<li>one</li><li>“two”</li>"),
        ("<p><code>it's</code>'s</p>", "<p><code>it's</code>’s</p>"),
    ],
)
def test_quotation_marks_of_english_are_curved(written: str, set_as: str) -> None:
    assert typeset(written, "en") == set_as


@pytest.mark.parametrize(
    "kept",
    [
        '<pre><code>print("a") # 5 %, GPT-3</code></pre>',
        '<span class="arithmatex">\\(f\'(x) = "5 %"\\)</span>',
        '<svg viewBox="0 0 1 1"><text>"GPT-3"</text></svg>',
        '<img alt="it\'s 5 % of GPT-3" src="a.png">',
    ],
)
def test_code_formulas_drawings_and_attributes_stay(kept: str) -> None:
    assert typeset(kept, "en") == kept


def test_quotation_marks_of_chinese_are_the_authors_own() -> None:
    assert typeset('<p>"直接" it\'s</p>', "zh") == '<p>"直接" it\'s</p>'


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("61 % of 8 × A100", "61\u00a0% of 8\u00a0×\u00a0A100"),
        ("Llama 2 and Table 12, LLaMA 65B", "Llama\u00a02 and Table\u00a012, LLaMA\u00a065B"),
        ("In 2023 a 5, 1,024 TPU", "In 2023 a 5, 1,024 TPU"),
        ("用GPT-3训练", '用<span class="pn-nb">GPT-3</span>训练'),
        ("PaLM-540B, 0-shot", '<span class="pn-nb">PaLM-540B</span>, <span class="pn-nb">0-shot</span>'),
        ("on 2026-11-20", 'on <span class="pn-nb">2026-11-20</span>'),
        ("pre-training, re-use, state-of-the-art", "pre-training, re-use, state-of-the-art"),
    ],
)
def test_lines_do_not_break_names_and_numbers(written: str, set_as: str, lang: str) -> None:
    assert typeset(written, lang) == set_as
