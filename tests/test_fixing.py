"""`check --fix`, `--diff`, `--baseline`, and `fmt`: what they change, what they keep, and that twice is once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from papernotes.cli import main
from papernotes.diagnostics import Rule, Severity, replace_text
from papernotes.fixing import fix
from papernotes.text import Source

SMALL = Path(__file__).parent / "vaults" / "small"
VAULTS = sorted(path for path in SMALL.parent.iterdir() if (path / "papers.bib").is_file())


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "vault"))


def everything(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def findings(vault: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["check", "--vault", str(vault), "--format", "json", *arguments])
    return json.loads(capsys.readouterr().out)["diagnostics"]


@pytest.mark.parametrize("source", VAULTS, ids=lambda path: path.name)
def test_fixing_twice_is_fixing_once_and_what_was_fixed_is_gone(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = Path(shutil.copytree(source, tmp_path / "vault", symlinks=True))
    main(["check", "--vault", str(vault), "--fix", "--unsafe-fixes", "-q"])
    once = everything(vault)
    lossy = {item["path"] for item in findings(vault, capsys) if item["name"] == "not-utf-8"}
    left = [item for item in findings(vault, capsys) if item["fixable"] and item["path"] not in lossy]
    assert left == []
    main(["check", "--vault", str(vault), "--fix", "--unsafe-fixes", "-q"])
    assert everything(vault) == once


def test_fixes_meet_in_less_than_every_pair() -> None:
    """Forty thousand fixes in one file: one by one against all others, they would take minutes."""
    rule = Rule("PN999", "made-up", Severity.WARNING, "")
    source = Source("notes/a.md", "ab" * 40_000)
    places = [source.at(2 * number, 2 * number + 1) for number in range(40_000)]
    found = [rule.at(place, "", fix=replace_text(place, "x")) for place in (*places, *places[:10])]
    fixed = fix(reversed(found))
    assert len(fixed.applied) == 40_000
    assert fixed.texts[source] == "xb" * 40_000


def test_a_diff_shows_the_fixes_and_changes_nothing(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = vault / "notes" / "scaling-laws.md"
    note.write_text("\ufeff" + note.read_text(encoding="utf-8"), encoding="utf-8")
    before = everything(vault)
    assert main(["check", "--vault", str(vault), "--diff"]) == 1
    shown = capsys.readouterr().out
    assert "--- a/notes/scaling-laws.md" in shown
    assert "+---" in shown
    assert everything(vault) == before
    assert main(["check", "--vault", str(vault), "--fix"]) == 0
    assert not note.read_text(encoding="utf-8").startswith("\ufeff")


def test_a_fix_keeps_line_ends_and_every_other_byte(vault: Path) -> None:
    note = vault / "notes" / "scaling-laws.md"
    text = note.read_bytes()
    note.write_bytes(b"\xef\xbb\xbf" + text + b"\n<!-- kept:   as it is -->\n")
    main(["check", "--vault", str(vault), "--fix", "-q"])
    assert note.read_bytes() == text + b"\n<!-- kept:   as it is -->\n"


def test_a_baseline_lets_only_new_findings_fail(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note, baseline = vault / "notes" / "scaling-laws.md", vault / "known.json"
    note.write_text(note.read_text(encoding="utf-8") + "\nOld: [@ghost1900].\n", encoding="utf-8")
    call = ["check", "--vault", str(vault), "--baseline", str(baseline)]
    assert main(call) == 2
    assert main([*call, "--update-baseline"]) == 0
    assert main(call) == 0
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("Old:", "One line more.\n\nOld:"), encoding="utf-8")
    assert main(call) == 0, "a known finding may move"
    note.write_text(text + "\nNew: [@phantom1900].\n", encoding="utf-8")
    capsys.readouterr()
    assert main(call) == 1
    shown = capsys.readouterr().out
    assert "phantom1900" in shown
    assert "ghost1900" not in shown
    assert "known from the baseline" in shown


def test_a_second_finding_like_a_known_one_is_new(vault: Path) -> None:
    note, baseline = vault / "notes" / "scaling-laws.md", vault / "known.json"
    text = note.read_text(encoding="utf-8")
    note.write_text(text + "\nOld: [@ghost1900].\n", encoding="utf-8")
    call = ["check", "--vault", str(vault), "--baseline", str(baseline)]
    main([*call, "--update-baseline"])
    note.write_text(text + "\nOld: [@ghost1900].\n\nOld: [@ghost1900].\n", encoding="utf-8")
    assert main(call) == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"version": 9, "findings": {}}', "\x00"])
def test_a_spoilt_baseline_is_a_usage_error(vault: Path, content: str) -> None:
    baseline = vault / "known.json"
    baseline.write_text(content, encoding="utf-8")
    assert main(["check", "--vault", str(vault), "--baseline", str(baseline)]) == 2


MISSPELLT = {
    "unknown-citekey": ("notes/transformer.md", "see @vaswani2017attention,", "see @vaswani2017atention,"),
    "unknown-paper": ("notes/transformer.md", "papers: [vaswani2017attention]", "papers: [vaswani2017atention]"),
    "unknown-topic": ("notes/transformer.md", "topics: [models]", "topics: ['modles']"),
    "unknown-relation-target": ("notes/transformer.md", "{to: bahdanau2014align,", '{to: "bahdanau2014algin",'),
    "broken-note-link": ("notes/transformer.md", "[[scaling-laws]]", "[[scaling-lwas]]"),
    "broken-anchor": ("notes/transformer.md", "scaling-laws.md#method", "scaling-laws.md#methd"),
    "dangling-cites": ("papers.bib", "cites = {bahdanau2014align}", "cites = {bahdanau2014aling}"),
}


@pytest.mark.parametrize("rule", MISSPELLT)
def test_a_name_that_can_mean_only_one_is_corrected_if_asked(
    rule: str, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, right, wrong = MISSPELLT[rule]
    path = vault / name
    text = path.read_text(encoding="utf-8")
    slipped = text.replace(right, wrong)
    assert slipped != text
    path.write_text(slipped, encoding="utf-8")
    assert [item["fixable"] for item in findings(vault, capsys, "--fix", "--select", rule)] == [True]
    assert path.read_text(encoding="utf-8") == slipped, "it is a guess, if a good one"
    assert findings(vault, capsys, "--fix", "--unsafe-fixes", "--select", rule) == []
    plain = str.maketrans("", "", "'\"")
    assert path.read_text(encoding="utf-8").translate(plain) == text.translate(plain)


def test_a_link_to_a_note_elsewhere_is_not_corrected_by_half(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the folder of topics the right slug still leads nowhere."""
    topic = vault / "notes" / "topics" / "models.md"
    topic.write_text(topic.read_text(encoding="utf-8") + "\nSee [it](transfomer.md).\n", encoding="utf-8")
    assert [item["fixable"] for item in findings(vault, capsys, "--select", "broken-note-link")] == [False]


DISORDERED = """---
# a word on the title
title: Ordered
summary: "Kept:  as  written"   # and its comment
kind: concept
updated: 2026-11-20
created: 2026-11-20
status: final
topics:
  - models
---

Text on [@kaplan2020scaling].
"""
ORDERED = """---
# a word on the title
title: Ordered
kind: concept
topics:
  - models
summary: "Kept:  as  written"   # and its comment
status: final
created: 2026-11-20
updated: 2026-11-20
---

Text on [@kaplan2020scaling].
"""
ENTRY = """@misc{zhang2020later, year = 2020, cites = {vaswani2017attention, bahdanau2014align},
  title = "Later {Work}", author={Zhang, A.},
}"""
LAID_OUT = """@misc{zhang2020later,
  author = {Zhang, A.},
  title = "Later {Work}",
  year = 2020,
  cites = {bahdanau2014align, vaswani2017attention}
}"""
COMMENTED = """@misc{li2021kept,
  year = 2021,
  % this stays
  title = {Kept}
}"""


def test_fmt_orders_fields_and_keeps_values_comments_and_entries_in_no_need(vault: Path) -> None:
    bib, note = vault / "papers.bib", vault / "notes" / "ordered.md"
    before = bib.read_text(encoding="utf-8")
    bib.write_text(f"{before}\n{ENTRY}\n\n{COMMENTED}\n", encoding="utf-8")
    note.write_text(DISORDERED, encoding="utf-8")
    assert main(["fmt", "--check", "--vault", str(vault)]) == 1
    assert main(["fmt", "--vault", str(vault), "-q"]) == 0
    assert note.read_text(encoding="utf-8") == ORDERED
    assert bib.read_text(encoding="utf-8") == f"{before}\n{LAID_OUT}\n\n{COMMENTED}\n"
    assert main(["fmt", "--check", "--vault", str(vault)]) == 0
