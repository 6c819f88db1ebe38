"""TeX → HTML and MathML, and what is wrong with TeX: the same from either engine, within bounds."""

from __future__ import annotations

import json
import re
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from papernotes import mathematics
from papernotes.mathematics import fault, render

VAULT = Path(__file__).parent.parent
FORMULAS = [
    r"\mathcal{L} = -\mathbb{E}_{(x, y_w, y_l)} \left[\log \sigma\left(\beta \log \frac{\pi_\theta}{\pi}\right)\right]",
    r"\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
    r"\begin{aligned} a &= b \\ &\ge \sum_{i=1}^{n} x_i \end{aligned}",
    r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{否则} \end{cases}",
    r"\widehat{xyz} \xrightarrow{\text{train}} \underbrace{a + b}_{n}",
    r"50\,\% \text{ of } \$3",
]
BOMB = "".join(rf"\def\{b}{{" + rf"\{a}" * 10 + "}" for a, b in zip("abcdefg", "bcdefgh", strict=True))


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_becomes_html_and_mathml(tex: str) -> None:
    assert fault(tex, True) is None
    made = render(tex, True)
    assert made.startswith('<span class="katex-display">')
    assert "<math " in made
    assert 'aria-hidden="true"' in made


def test_inline_and_display_differ() -> None:
    assert 'display="block"' in render("x", True)
    assert "display" not in render("x", False)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\frac{a}{", "Unexpected end of input in a macro argument, expected '}'"),
        (r"\alhpa", r"Undefined control sequence: \alhpa"),
        (r"\left( x", r"Expected '\right', got 'EOF'"),
        (r"a_b_c", "Double subscript"),
        ("50% of x", r"an unescaped % hides the rest of its line: write \%"),
        (r"\href{https://example.org}{x}", r"\href is not allowed in a formula"),
        (r"\htmlData{a=b}{x}", r"\htmlData is not allowed in a formula"),
        (r"\includegraphics{x.png}", r"\includegraphics is not allowed in a formula"),
        ("{" * 30 + "x" + "}" * 30, "groups are nested more than 24 deep"),
        (r"\color{red}" * 30 + "x", "groups are nested more than 24 deep"),
        ("x" * 5000, "the formula is longer than 4000 characters"),
    ],
)
def test_what_is_wrong_is_said(tex: str, message: str) -> None:
    assert fault(tex, True) == message


def test_many_groups_side_by_side_are_not_deep() -> None:
    assert fault(r"\left(\frac{\pi}{2}\right) \displaystyle a \\" * 60, True) is None


def test_a_formula_that_cannot_be_set_is_shown_as_tex() -> None:
    made = render(r"\frac{<b>}{", False)
    assert made.startswith('<code class="pn-math-fault" title="Unexpected end of input')
    assert made.endswith(r">\frac{&lt;b&gt;}{</code>")


@pytest.mark.parametrize("command", ["href{javascript:x()}{y}", "url{javascript:x()}", "htmlStyle{color:red}{z}"])
def test_a_forbidden_command_leaves_nothing_of_itself(command: str) -> None:
    made = render(f"\\{command}", False)
    name = command.partition("{")[0]
    message = f"{name} is not allowed in a formula"
    assert made == f'<code class="pn-math-fault" title="{message}">{message}</code>'


def test_text_of_a_formula_is_no_html() -> None:
    made = render(r"\text{<img src=x onerror=alert(1)>} < a \& b", True)
    assert "<img" not in made
    assert "&lt;img src=x onerror=alert(1)&gt;" in made


def test_sizes_are_bounded() -> None:
    sizes = [
        float(size) for size in re.findall(r"(?:width|height):(-?[\d.]+)em", render(r"\rule{9999em}{9999em}", True))
    ]
    assert max(sizes) <= 40


def test_definitions_end_with_their_formula() -> None:
    assert fault(r"\gdef\mine{x}\mine", True) is None
    assert fault(r"\mine", True) == r"Undefined control sequence: \mine"


@pytest.mark.parametrize(
    "tex",
    [
        rf"\def\a{{xxxxxxxxxx}}{BOMB}\h",
        r"\def\a{" + "x" * 3000 + "}" + r"\a" * 490,
        r"\begin{matrix}" + "a&" * 1900 + r"\end{matrix}",
        r"\def\a{\a\a}\a",
    ],
    ids=["doubling", "long", "wide", "endless"],
)
def test_a_bomb_does_not_go_off(tex: str) -> None:
    before = time.monotonic()
    render(tex, True)
    fault(tex, True)
    assert time.monotonic() - before < 5
    # What it did to the engine stays with it.
    assert fault(r"\frac{1}{2}", True) is None
    assert "<math" in render(rf"\frac{{1}}{{{len(tex)}}}", True)


def formulas_of_the_notes() -> list[str]:
    found: dict[str, None] = {}
    for path in sorted((VAULT / "notes").rglob("*.md")):
        for match in re.finditer(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+)\$", path.read_text(encoding="utf-8"), re.DOTALL):
            found[match[1] or match[2]] = None
    return list(found)[::20]


def test_either_engine_sets_a_formula_the_same() -> None:
    starters = {"quickjs": mathematics.start_quickjs, "py_mini_racer": mathematics.start_mini_racer}
    engines = [start() for name, start in starters.items() if find_spec(name)]
    # The newest Pythons have no quickjs.
    assert len(engines) == 2 or sys.version_info >= (3, 14)
    nested = [r"\sqrt{" * 24 + "x" + "}" * 24, r"\begin{matrix}" * 24 + "x" + r"\end{matrix}" * 24]
    formulas = [*FORMULAS, *nested, r"\frac{a}{", *formulas_of_the_notes()]
    assert len(formulas) > 40
    for tex in formulas:
        call = f"papernotes({json.dumps(tex)}, true, true)"
        assert len({engine(call, 5.0) for engine in engines}) == 1, tex


def test_without_an_engine_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathematics, "find_spec", lambda name: None)
    assert not mathematics.is_available()
