"""Citation groups on a page: in brackets, unless they stand in some or are what an item of a list is about."""

from __future__ import annotations

import pytest

from papernotes.citing import needs_no_brackets


def bare(text: str, group: str = "[@a]") -> bool:
    start = text.index(group)
    return needs_no_brackets(text, start, start + len(group))


@pytest.mark.parametrize(
    "text",
    [
        "- [@a]: the same objective",
        "  1. [@b], [@a]: three stages",
        "* [@b]、[@a]：把三个阶段用到图像",
        "attention (MHA, [@a]) has heads",
        "- [@b] 与 [@a]：减少连接",
        '!!! question "answered by [@a]"',
        "助手（HH-RLHF，[@a]）也是",
        "a claim (of all, see [@a]) is",
        "the cost (of $f(x$, say, [@a]) is",
    ],
)
def test_a_group_that_has_its_brackets_gets_no_others(text: str) -> None:
    assert bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "a net (the U-Net [@a]) and",
        "it is known [@a] (and more)",
        "- see [@a]: the rest",
        "- known [@b]; [@a] too",
        "(one) and [@a] (two)",
        "one (open\n\nnext [@a] closed)",
        "in $[0, (x$ there is [@a] y",
    ],
)
def test_every_other_group_stands_in_brackets(text: str) -> None:
    assert not bare(text)
