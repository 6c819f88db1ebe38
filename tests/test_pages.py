"""Vaults under tests/golden/ → their pages: those in `expected/` are compared as Markdown, letter by letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from papernotes.checking import check_vault
from papernotes.config import load_config
from papernotes.site import all_pages, data_files, markdown_of

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("*/expected/**/*.md"))


@cache
def pages_of(vault: str) -> dict[str, str]:
    checked = check_vault(load_config(vault=GOLDEN / vault))
    pages = all_pages(checked.library, checked.graph, checked.diagnostics, checked.config)
    return {page.path: markdown_of(page) for page in pages}


@cache
def data_of(vault: str) -> dict[str, str]:
    checked = check_vault(load_config(vault=GOLDEN / vault))
    files = data_files(checked.library, checked.graph, checked.diagnostics, checked.config)
    return {file.path: file.text for file in files}


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, same_as: Callable[[Path, str], None]) -> None:
    vault, _, path = name.partition("/expected/")
    same_as(GOLDEN / name, pages_of(vault)[path])


def test_a_draft_is_only_where_contributors_look() -> None:
    pages = pages_of("small")
    assert "transformer.md" in pages
    assert "draft.md" not in pages
    written = {path: text for path, text in pages.items() if not path.startswith("rules/")}
    assert "draft.md" in written.pop("contribute.md")
    written.pop("zh/contribute.md", None)
    assert not [path for path, text in written.items() if "Not yet" in text or "draft.md" in text]
    assert "cards/draft.json" not in data_of("small")


def test_every_mention_that_a_page_leads_back_to_is_on_its_page() -> None:
    """Backlinks name `page.md#cite-key-n`; the page has that id once."""
    pages = pages_of("small")
    anchored = [
        (path, target.partition(")")[0])
        for path, text in pages.items()
        for target in text.split("[↗](")[1:]
        if "#cite-" in target.partition(")")[0]
    ]
    assert anchored
    for path, target in anchored:
        page, _, anchor = target.partition("#")
        there = (Path("/") / path).parent / page
        assert pages[str(there.resolve())[1:]].count(f'id="{anchor}"') == 1, (path, target)


def test_the_card_of_a_noted_work_has_the_notes_summary_and_that_of_a_gap_says_so() -> None:
    data = data_of("small")
    noted = json.loads(data["cards/papers/vaswani2017attention.json"])
    assert noted["summary"].startswith("Attention alone")
    assert noted["note"] is True
    assert noted["where"] == "NeurIPS 2017, first posted June 2017"
    gap = json.loads(data["cards/papers/bahdanau2014align.json"])
    assert "note" not in gap
    assert gap["state"] == "no note yet · cited in 1 note"
    chinese = json.loads(data["zh/cards/papers/touvron2023llama.json"])
    assert chinese["state"].endswith("英文")


def test_the_card_of_a_note_is_named_by_its_slug() -> None:
    card = json.loads(data_of("small")["zh/cards/transformer.json"])
    assert card["title"] == "Transformer：只用注意力"
    assert card["summary"] == "只用注意力，不用循环。"
