"""Titles and venues: which spellings mean the same, and which must not be taken for one."""

from __future__ import annotations

import pytest

from papernotes.variants import title_form, venue_form, venue_spelling


def form(venue: str) -> str:
    return venue_form(venue_spelling(venue))


@pytest.mark.parametrize(
    "other",
    [
        "Proceedings of the International Conference on Machine Learning",
        "Proceedings of the 37th International Conference on Machine Learning",
        "Proc. of the Thirty-Seventh International Conference on Machine Learning, 2020",
        "International Conference on Machine Learning (ICML)",
        "The International conference on machine-learning",
        "In Proceedings of the International Conference on Machine Learning '20",
    ],
)
def test_spellings_of_one_venue(other: str) -> None:
    assert form(other) == "international conference on machine learning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("International Conference on Machine Learning", "International Conference on Machine Learning Workshops"),
        ("Nature", "Nature Methods"),
        ("ACL (Volume 1: Long Papers)", "ACL (Volume 2: Short Papers)"),
        ("Machine Learning", "Journal of Machine Learning Research"),
    ],
)
def test_venues_that_are_two(one: str, other: str) -> None:
    assert form(one) != form(other)


def test_only_years_and_numbers_of_meetings_are_left_out_of_a_spelling() -> None:
    assert venue_spelling("Proceedings of the 57th Annual Meeting of the ACL, 2019") == (
        "Proceedings of the Annual Meeting of the ACL"
    )
    assert venue_spelling("Science & Engineering") == "Science & Engineering"


def test_titles_agree_without_case_and_punctuation() -> None:
    assert title_form("“LoRA”: Low-Rank…  Adaptation") == title_form("Lora — low rank adaptation.")
    assert title_form("注意力") != title_form("注意")
