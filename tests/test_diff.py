"""`papernotes diff` in a real repository."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from papernotes.cli import main

SMALL = Path(__file__).parent / "vaults" / "small"
NEW_NOTE = """---
title: Learning to align
kind: paper
papers: [bahdanau2014align]
topics: [models]
summary: Attention, beside a recurrent network.
status: final
created: 2026-11-20
updated: 2026-11-20
---

The decoder looks back at every word [@bahdanau2014align]. See [[transformer]].
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    repository = tmp_path / "repository"
    shutil.copytree(SMALL, repository / "kb")
    for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-q", "-m", "base")):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        subprocess.run(["git", *identity, *command], cwd=repository, check=True)
    return repository / "kb"


def diff(vault: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["diff", *arguments, "--vault", str(vault)]) == 0
    return capsys.readouterr().out


def test_nothing_changed_is_said_so(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(vault, capsys, "main") == "Nothing in the knowledge base changes.\n\n"


def test_a_branch_is_told_by_what_it_does_to_the_graph(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["translated", "transformer", "--vault", str(vault), "-q"])
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qam", "recorded"],
        cwd=vault,
        check=True,
    )
    (vault / "notes" / "learning-to-align.md").write_text(NEW_NOTE, encoding="utf-8")
    (vault / "notes" / "draft.md").unlink()
    transformer = vault / "notes" / "transformer.md"
    text = transformer.read_text(encoding="utf-8")
    transformer.write_text(
        text.replace("Each token looks", "Every token looks") + "\n[@nobody1900]\n", encoding="utf-8"
    )
    found = json.loads(diff(vault, capsys, "main", "--format", "json"))
    assert found["notes"] == {
        "added": ["notes/learning-to-align.md"],
        "changed": ["notes/transformer.md"],
        "removed": ["notes/draft.md"],
    }
    assert found["gaps"]["closed"] == ["bahdanau2014align"] or found["edges"]["gained"]
    assert {"kind": "mention", "from": "learning-to-align", "to": "bahdanau2014align", "type": ""} in found["edges"][
        "gained"
    ]
    assert {"kind": "mention", "from": "draft", "to": "kaplan2020scaling", "type": ""} in found["edges"]["lost"]
    assert any("nobody1900" in finding for finding in found["findings"]["new"])
    assert found["translations"]["stale"] == ["notes/zh/transformer.md"]
    shown = diff(vault, capsys, "main", "--site", "https://preview.example/")
    assert "[Learning to align](https://preview.example/learning-to-align/)" in shown
    assert "`draft` mentions `kaplan2020scaling`" in shown


def test_text_of_the_vault_cannot_break_out_of_the_comment(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = NEW_NOTE.replace("Learning to align", '"</details><img src=x> [x](javascript:1) @everyone"', 1)
    (vault / "notes" / "hostile.md").write_text(hostile, encoding="utf-8")
    shown = diff(vault, capsys, "main")
    assert "<img" not in shown
    assert "@everyone" not in shown
    assert "](javascript" not in shown


def test_an_unknown_base_is_a_usage_error(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "nosuch", "--vault", str(vault)]) == 2
    assert "nosuch" in capsys.readouterr().err
    assert main(["diff", "--vault", str(vault), "--", "--output=x"]) == 2
