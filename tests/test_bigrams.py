"""Chinese text as words that are pairs of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papernotes.bigrams import with_bigrams

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)


def pair(characters: str) -> str:
    return "ŋ" + "".join(f"{ord(character):04x}" for character in characters.ljust(2, "\0"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Direct Preference", ["Direct", "Preference"]),
        ("偏好", [pair("偏好"), pair("好")]),
        ("用DPO训练", [pair("用"), "DPO", pair("训练"), pair("练")]),
        ("ＢＬＩＰ２", ["BLIP2"]),
        ("先对齐，再融合", [pair("先对"), pair("对齐"), pair("齐"), "，", pair("再融"), pair("融合"), pair("合")]),
        ("P。FlashAttention", ["P", "。", "FlashAttention"]),
        ("トークン", [pair("トー"), pair("ーク"), pair("クン"), pair("ン")]),
        ("", []),
    ],
)
def test_a_text_as_words(text: str, words: list[str]) -> None:
    assert with_bigrams(text).split() == words


@given(HAN, HAN, HAN)
def test_whatever_stands_in_a_run_is_among_its_words(before: str, inside: str, after: str) -> None:
    words = with_bigrams(before + inside + after).split()
    assert set(with_bigrams(inside).split()[:-1]) <= set(words)


@given(HAN)
def test_there_is_one_word_a_character(run: str) -> None:
    words = with_bigrams(run).split()
    assert [chr(int(word[1:5], 16)) for word in words] == list(run)
