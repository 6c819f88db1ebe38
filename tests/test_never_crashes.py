"""Any text in any place gives findings, never an exception: what `make fuzz` does for long, in short."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness import check_bibliography, check_note

TESTS = Path(__file__).parent
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
PIECES = st.sampled_from(
    [
        "---\n", "title: ", "kind: paper\n", "papers: [", "]\n", "- {", "}: ", "2026-13-45", "&a ", "*a", "!!t ", "'", '"', "#",
        "\n", "\r\n", "\r", "\t", " ", "    ", "\x00", "\ufeff", "\udc80", "\u202e", "\u200d", "中", "，", "ı",
        "[@", "@", "{", "; ", "[[", "]]", "](", ")", "![", "<", ">", "`", "```", "$", "$$", "\\", "!!! note", "<!-- papernotes: ignore ",
        "@article{", "@string{", "k, ", "title = ", "cites = {", '= "', "year = 2000", "jan # ", "crossref={k}", "10.1/x", "2305.18290v1",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@FEW
@given(TEXTS)
def test_any_text_is_a_note(text: str) -> None:
    check_note(text)


@FEW
@given(TEXTS)
def test_any_text_is_a_body(text: str) -> None:
    check_note(f"---\ntitle: T\nkind: concept\ntopics: [theory]\nsummary: S\nstatus: final\n---\n\n{text}")


@FEW
@given(TEXTS)
def test_any_text_is_front_matter(text: str) -> None:
    check_note(f"---\n{text}\n---\n\nText [@turing1936].\n")


@FEW
@given(TEXTS)
def test_any_text_is_a_translation(text: str) -> None:
    check_note(f"---\ntitle: 标题\nsummary: 摘要。\n---\n\n{text}", path="notes/zh/sound.md")


@FEW
@given(TEXTS)
def test_any_text_is_a_bibliography(text: str) -> None:
    check_bibliography(text)


def mutated(data: bytes, rng: random.Random) -> str:
    """A text with a few bytes lost, doubled, swapped or made up."""
    for _ in range(rng.randint(1, 6)):
        at, length = rng.randrange(len(data) + 1), rng.randrange(20)
        piece = data[at : at + length]
        data = rng.choice(
            (
                data[:at] + data[at + length :],
                data[:at] + piece * rng.randint(2, 6) + data[at + length :],
                data[:at] + rng.randbytes(length) + data[at:],
                data[:at],
            )
        )
    return data.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("seed", range(4))
def test_what_becomes_of_our_own_vaults_when_bytes_are_lost(seed: int) -> None:
    rng = random.Random(seed)
    notes = sorted((TESTS / "vaults").glob("*/notes/**/*.md"))
    bibliographies = sorted((TESTS / "vaults").glob("*/papers.bib"))
    for path in rng.sample(notes, 40):
        check_note(mutated(path.read_bytes(), rng))
    for path in rng.sample(bibliographies, 20):
        check_bibliography(mutated(path.read_bytes(), rng))
