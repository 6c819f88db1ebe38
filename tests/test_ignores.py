"""Ignores hide what they name, where they say, and are findings themselves where they hide nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papernotes.checking import check_vault
from papernotes.config import load_config

NOTE = """---
title: A note
kind: concept
topics: [sound]
summary: It links to what is not there.
status: final
created: 2026-11-20
updated: 2026-11-20
{ignore}---

{text}
"""
TOPIC = (
    NOTE.replace("topics: [sound]\n", "").replace("concept", "topic").format(ignore="", text="See [it](../note.md).")
)


def found(vault: Path, ignore: str, text: str, select: tuple[str, ...] = ()) -> list[str]:
    """What a note with this `ignore:` and text is told, infos aside."""
    (vault / "notes" / "topics").mkdir(parents=True)
    (vault / "notes" / "note.md").write_text(NOTE.format(ignore=ignore and f"ignore: {ignore}\n", text=text))
    (vault / "notes" / "topics" / "sound.md").write_text(TOPIC)
    (vault / "papers.bib").write_text("")
    config = replace(load_config(vault=vault), select=select)
    return [f"{d.location.start.line} {d.rule.name}" for d in check_vault(config).diagnostics if d.severity != "info"]


@pytest.mark.parametrize("name", ["broken-note-link", "PN202", "pn202", "PN2"])
def test_front_matter_hides_a_rule_in_the_whole_file(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, f"[{name}]", "[Gone](gone.md)\n\n[too](gone.md)") == []


def test_a_comment_hides_its_line_and_the_next(tmp_path: Path) -> None:
    text = "[One](gone.md)\n<!-- papernotes: ignore PN202 -->\n[two](gone.md)\n[three](gone.md)"
    assert found(tmp_path, "", text) == ["11 broken-note-link", "14 broken-note-link"]


def test_a_comment_names_several_rules(tmp_path: Path) -> None:
    text = "<!-- papernotes: ignore PN202, unknown-citekey -->\n[Gone](gone.md), says @nobody1900."
    assert found(tmp_path, "", text) == []


def test_an_ignore_that_hides_nothing_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, "[PN202]", "Sound.") == ["9 unused-ignore"]


def test_an_ignore_of_a_rule_that_did_not_run_is_left_alone(tmp_path: Path) -> None:
    text = "<!-- papernotes: ignore PN202 -->\nSound."
    assert found(tmp_path, "[PN4, unknown-citekey]", text, select=("PN117", "PN201")) == ["9 unused-ignore"]


def test_a_rule_that_there_is_not_cannot_be_ignored(tmp_path: Path) -> None:
    assert found(tmp_path, "[broken-link]", "Sound.", select=("PN117",)) == ["9 unused-ignore"]


def test_unused_ignores_may_be_ignored(tmp_path: Path) -> None:
    assert found(tmp_path, "[PN202, unused-ignore]", "Sound.") == []
