"""The word that a wrong word probably meant, found without looking at all of them."""

from __future__ import annotations

import difflib

import pytest

from papernotes.spelling import BESIDE, Spelling

KEYS = [
    f"{name}{year}{word}"
    for name in ("smith", "vaswani", "li")
    for year in range(1990, 2026)
    for word in ("nets", "flow")
]


@pytest.mark.parametrize(
    "wrong", ["vaswani2017nest", "vasvani2017nets", "vaswani2017net", "xaswani2017nets", "vaswani207nets"]
)
def test_one_slip_is_found(wrong: str) -> None:
    assert Spelling(KEYS).nearest(wrong) == "vaswani2017nets"


@pytest.mark.parametrize("wrong", ["", "nobody", "transformer"])
def test_other_words_are_not(wrong: str) -> None:
    assert Spelling(KEYS).nearest(wrong) is None
    assert Spelling([]).nearest(wrong) is None


@pytest.mark.parametrize("wrong", ["vaswani2017nest", "vasvani2017nets", "xaswani2017nets"])
def test_a_slip_that_only_one_word_explains_has_a_meaning(wrong: str) -> None:
    assert Spelling(KEYS).meant(wrong) == "vaswani2017nets"


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        ("smith2020c", ["smith2020a", "smith2020b"]),
        ("touvron2023lama", ["touvron2023llama", "touvron2023llamas"]),
        ("gpt-5", ["gpt-4"]),
        ("vaswani2018attention", ["vaswani2017attention"]),
        ("nobody", ["somebody2020else"]),
        ("x", []),
    ],
)
def test_a_guess_is_no_meaning(wrong: str, known: list[str]) -> None:
    assert Spelling(known).meant(wrong) is None


def test_the_work_does_not_grow_with_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def count(word: str, near: dict[str, None], most: int, alike: float) -> list[str]:
        compared.append(len(near))
        return []

    monkeypatch.setattr(difflib, "get_close_matches", count)
    Spelling([f"missing{number}" for number in range(30_000)]).nearest("missing12x45")
    assert len(compared) == 1
    assert compared[0] <= 4 * BESIDE
