"""What is no plain text file of a vault is reported, and is never followed, waited for or loaded whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from papernotes import library as reading
from papernotes.checking import check_vault
from papernotes.config import load_config
from papernotes.diagnostics import Diagnostic
from papernotes.markdown import read_body

SOUND = """---
title: A sound note
kind: concept
topics: [sound]
summary: It has nothing wrong.
status: final
created: 2026-11-20
updated: 2026-11-20
---

Nothing is wrong here.
"""
TOPIC = SOUND.replace("kind: concept\ntopics: [sound]", "kind: topic")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "notes" / "topics").mkdir(parents=True)
    (tmp_path / "notes" / "sound.md").write_text(SOUND)
    (tmp_path / "notes" / "topics" / "sound.md").write_text(TOPIC)
    (tmp_path / "papers.bib").write_text("")
    return tmp_path


def found(vault: Path) -> list[tuple[str, str]]:
    """The rule and path of every error and warning."""
    diagnostics = check_vault(load_config(vault=vault)).diagnostics
    return [(d.rule.name, d.location.source.path) for d in diagnostics if d.severity != "info"]


def only(vault: Path) -> Diagnostic:
    (diagnostic,) = [d for d in check_vault(load_config(vault=vault)).diagnostics if d.severity != "info"]
    return diagnostic


def test_a_sound_vault_has_no_findings(vault: Path) -> None:
    (vault / "notes" / ".hidden.md").write_bytes(b"\xff")
    assert found(vault) == []


def test_links_are_reported_and_not_followed(vault: Path) -> None:
    notes = vault / "notes"
    (notes / "file.md").symlink_to("sound.md")
    (notes / "gone.md").symlink_to("nowhere.md")
    (notes / "loop").symlink_to(".")
    assert found(vault) == [("unreadable-file", f"notes/{name}") for name in ("file.md", "gone.md", "loop")]


def test_a_bibliography_that_is_a_link_is_not_followed(vault: Path) -> None:
    (vault / "other.bib").write_text("@misc{secret, title = {Secret}}")
    (vault / "papers.bib").unlink()
    (vault / "papers.bib").symlink_to("other.bib")
    assert found(vault) == [("unreadable-file", "papers.bib")]


def test_a_pipe_is_not_opened(vault: Path) -> None:
    os.mkfifo(vault / "notes" / "pipe.md")
    assert found(vault) == [("unreadable-file", "notes/pipe.md")]


def test_a_folder_without_rights_is_reported(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault / "notes" / "locked").mkdir()
    scandir = os.scandir

    def locked(path: str | os.PathLike[str]) -> object:
        if os.fspath(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    assert only(vault).message == "this folder cannot be read: Permission denied"


def test_a_note_of_unlikely_size_is_not_read(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault / "notes" / "large.md").write_text(SOUND + "x" * 1000)
    monkeypatch.setattr(reading, "LARGEST_NOTE", 1000)
    assert found(vault) == [("unreadable-file", "notes/large.md")]


def test_folders_nest_deeper_than_python_calls(vault: Path) -> None:
    folder = str(vault / "notes")
    for _ in range(1100):
        folder += "/d"
        os.mkdir(folder)  # noqa: PTH102  # pathlib and makedirs call themselves for every level
    deep = Path(folder, "deep.md")
    deep.write_text(SOUND.replace("A sound", "A deep"))
    assert len(check_vault(load_config(vault=vault)).library.notes) == 2
    deep.unlink()
    os.removedirs(folder)  # pytest's own removal calls itself for every level


def test_a_line_of_unlikely_length_is_not_rendered(vault: Path) -> None:
    (vault / "notes" / "long.md").write_text(SOUND.replace("A sound", "A long") + "x" * 60_001)
    assert found(vault) == [("unreadable-markdown", "notes/long.md")]


def test_an_empty_body_has_nothing_of_the_body_before() -> None:
    read_body("# A heading", 0)
    assert read_body("", 0).anchors == read_body("  \n", 0).anchors == frozenset()


def test_an_attribute_may_have_no_value() -> None:
    assert [link.destination for link in read_body("[a](b.md){: href} [c](d.md)", 0).links] == ["d.md"]


def test_one_control_character_does_not_hide_the_fields(vault: Path) -> None:
    (vault / "notes" / "sound.md").write_text(
        SOUND.replace("A sound note", "A \x07sound note").replace("final", "done")
    )
    assert found(vault) == [("control-character", "notes/sound.md"), ("ill-typed-field", "notes/sound.md")]


def test_a_file_of_another_encoding_is_reported_once(vault: Path) -> None:
    (vault / "notes" / "sound.md").write_bytes(SOUND.encode() + bytes(range(0x80, 0xA0)) + b"\x01\x02")
    assert found(vault) == [("not-utf-8", "notes/sound.md")]
