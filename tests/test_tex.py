"""TeX that is so plain that nobody need judge it: KaTeX finds nothing wrong with any of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from papernotes import tex
from papernotes.mathematics import fault
from papernotes.tex import is_plain, unbalanced

COMMANDS = [rf"\{name}" for part in (tex.LETTER, tex.SIGN) for name in re.findall(r"[a-zA-Z]{2,}(?=[|)])", part)]
PIECES = (
    *(
        "x",
        "2",
        " ",
        "\n",
        "(",
        ")",
        "=",
        "-",
        "|",
        "!",
        "'",
        "_",
        "^",
        "{",
        "}",
        "_1",
        "^2",
        "_{i}",
        "^{ij}",
        "_\\theta",
    ),
    *(
        r"\theta",
        r"\sum",
        r"\log",
        r"\in",
        r"\,",
        r"\{",
        r"\}",
        r"\%",
        "%",
        r"\text{a b}",
        r"\mathbb{R}",
        r"\operatorname{x}",
    ),
    *(r"\frac", r"\tfrac", r"\sqrt", r"\hat", "{a}", "{b_1}", "{}", r"\left(", r"\right)", r"\begin{x}", r"\\", "&"),
)


@pytest.mark.parametrize(
    "formula",
    [
        "x",
        r"\pi_\theta(y \mid x)",
        r"L(\theta) = \sum_{i=1}^{12} \log p_\theta(x_i)",
        "a = b,\n  c = d",
        r"\frac{x_1 + \text{some words}}{d_k} \in \mathbb{R}^{n \times d}",
    ],
)
def test_most_formulas_are_plain(formula: str) -> None:
    assert is_plain(formula)
    assert fault(formula, True) is None


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a_b_c",
        "x_0 _1",
        "x^2'",
        "50% of",
        r"\nope",
        "a & b",
        "{",
        r"\frac{a}",
        "模型",
        "$",
        r"\ne" * 201,
        r"\," * 334,
    ],
)
def test_what_may_be_wrong_is_not_plain(formula: str) -> None:
    assert not is_plain(formula)


@pytest.mark.parametrize("command", COMMANDS)
def test_katex_takes_every_command_that_is_plain_wherever_it_may_stand(command: str) -> None:
    places = ("{}", "{} x", "{}(", "{}_1^2", "x_{{{}}}", r"\frac{{{}}}{{{}}}")
    for place in (*places, "x_{}^{}") if re.fullmatch(tex.LETTER, command) else places:
        formula = place.format(command, command)
        assert is_plain(formula)
        assert fault(formula, True) is fault(formula, False) is None


@pytest.mark.parametrize("piece", [*COMMANDS, r"\{", r"\,", "x_1", r"\operatorname{}", r"\frac{}{}", "{}"])
def test_the_longest_formulas_are_still_plain(piece: str) -> None:
    formula = piece * (tex.LONGEST // len(piece))
    assert is_plain(formula) is is_plain(piece * 2)
    assert not is_plain(formula) or fault(formula, True) is fault(formula, False) is None


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
@example("_0 _0")
def test_nothing_is_wrong_with_what_is_plain(formula: str) -> None:
    assume(is_plain(formula))
    assert unbalanced(formula) is None
    assert fault(formula, True) is fault(formula, False) is None
