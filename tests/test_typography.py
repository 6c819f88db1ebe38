"""Chinese written line by line is one paragraph without blanks; all that lines mean something in stays."""

from __future__ import annotations

import pytest

from papernotes.typography import join_wide_lines, room_between_wide


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("过去意味着循环。\nDPO 指出：目标\n可以写成函数。", "过去意味着循环。DPO 指出：目标可以写成函数。"),
        ("先看公式，\n$x$ 是提示；\n[引用](a.md)在后。", "先看公式，$x$ 是提示；[引用](a.md)在后。"),
        ("    缩进的第一行，\n    第二行。", "    缩进的第一行，第二行。"),
        ("- 一项，\n  接着说。\n- 另一项", "- 一项，接着说。\n- 另一项"),
    ],
)
def test_lines_of_a_paragraph_are_joined(written: str, joined: str) -> None:
    assert join_wide_lines(written) == joined


@pytest.mark.parametrize(
    "text",
    [
        "一段。\n\n另一段。",
        "# 标题\n正文",
        "English words\nand 中文",
        "使用 GPT\n模型",
        "列举：\n- 甲\n- 乙\n\n1. 一\n2. 二",
        "列举：\n1. 一\n2. 二",
        "| 甲 |\n| 乙 |",
        "```\n甲。\n乙。\n```",
        "$$\n\\text{甲}\n\\text{乙}\n$$\n之后",
        '!!! question "问题"\n    内容',
        "甲。\n> 引用",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert join_wide_lines(text) == text


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("注意力 [@a] 取代", " [@a] "),
        ("它叫 PPO [@a]。", " [@a]"),
        ("**注意力** [@a] and", " [@a] "),
        ("- [@a] 取代", "[@a] "),
        ("1. [@a] 取代", "[@a] "),
        ("第一行\n[@a] 取代", "[@a] "),
        ("见 [@a] [@b]", " [@a]"),
        ("PPO [@a] and DPO", None),
        ("[@a]", None),
    ],
)
def test_brackets_between_wide_characters_need_no_blanks(text: str, room: str | None) -> None:
    start = text.index("[@a]")
    found = room_between_wide(text, start, start + 4)
    assert (found and text[slice(*found)]) == room
