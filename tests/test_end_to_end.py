"""A newcomer's first hour: a vault of one's own, a note more, the check, the site, and what the branch did."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from papernotes.cli import main

ENTRY = """@misc{kaplan2020scaling,
  author = {Kaplan, Jared and McCandlish, Sam and others},
  title = {Scaling Laws for Neural Language Models},
  year = {2020},
  month = jan,
  eprint = {2001.08361},
  archiveprefix = {arXiv},
  cites = {vaswani2017attention}
}
"""


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def test_from_an_empty_folder_to_a_pull_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    vault = tmp_path / "kb"
    assert main(["init", str(vault), "--title", "Reading group"]) == 0
    assert main(["check", "--strict", "--vault", str(vault)]) == 0
    git(vault, "init", "-q", "-b", "main")
    git(vault, "add", ".")
    git(vault, "commit", "-qm", "a new vault")

    entry = tmp_path / "entry.bib"
    entry.write_text(ENTRY, encoding="utf-8")
    assert main(["new", "--offline", "--bib", str(entry), "--topic", "language-models", "--vault", str(vault)]) == 0
    note = next(
        path for path in (vault / "notes").glob("*.md") if "kaplan2020scaling" in path.read_text(encoding="utf-8")
    )
    assert "status: draft" in note.read_text(encoding="utf-8")
    assert "kaplan2020scaling" in (vault / "papers.bib").read_text(encoding="utf-8")
    assert main(["new", "--offline", "--bib", str(entry), "--vault", str(vault)]) != 0, "a second note on one work"

    front = note.read_text(encoding="utf-8").split("---\n")[1].replace("status: draft", "status: final")
    lines = [
        line if not line.startswith("summary:") else "summary: Loss falls as a power law."
        for line in front.splitlines()
    ]
    body = "Loss falls as a power law of size [@kaplan2020scaling], for the [[transformer]] [@vaswani2017attention].\n"
    note.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body, encoding="utf-8")
    assert main(["check", "--strict", "--vault", str(vault)]) == 0, capsys.readouterr().out
    assert main(["build", "--strict", "--vault", str(vault)]) == 0
    page = (vault / "site" / note.stem / "index.html").read_text(encoding="utf-8")
    assert "Vaswani et al., 2017" in page
    assert "Reading group" in (vault / "site" / "index.html").read_text(encoding="utf-8")

    capsys.readouterr()
    assert main(["diff", "main", "--format", "json", "--vault", str(vault)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["notes"]["added"] == [f"notes/{note.name}"]
    assert found["entries"]["added"] == ["kaplan2020scaling"]
    edge = {"kind": "cites", "from": "kaplan2020scaling", "to": "vaswani2017attention", "type": ""}
    assert edge in found["edges"]["gained"]
    assert found["findings"]["new"] == []
