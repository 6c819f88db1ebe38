"""What each output format promises to programs and people, whatever the vault holds."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from papernotes.cli import main
from papernotes.reporting import Report, visible
from papernotes.reporting.sarif_format import as_sarif
from papernotes.rules import RULES
from papernotes.text import Source

SMALL = Path(__file__).parent / "vaults" / "small"
HOSTILE = '\nSee [@ghost"<b>,::error] and [x](gone\u202e::warning%0Aforged.md) and [@a1; @b2].\n'


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(SMALL, tmp_path / "vault"))
    note = copy / "notes" / "scaling-laws.md"
    note.write_text(note.read_text(encoding="utf-8") + HOSTILE, encoding="utf-8")
    return copy


def check(vault: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["check", "--vault", str(vault), *arguments])
    return capsys.readouterr().out


def test_json_is_the_documented_contract(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(check(vault, capsys, "--format", "json"))
    assert data["version"] == 1
    assert set(data["summary"]) == {"errors", "warnings", "notes", "entries"}
    assert data["diagnostics"]
    for finding in data["diagnostics"]:
        assert set(finding) == set(
            "code name severity path line column end_line end_column message help fixable url".split()
        )
        assert re.fullmatch(r"PN\d{3}", finding["code"])
        assert finding["path"] in (
            "papers.bib",
            *(p.relative_to(vault).as_posix() for p in (vault / "notes").rglob("*.md")),
        )
        assert (finding["line"], finding["column"]) <= (finding["end_line"], finding["end_column"])
    ghost = next(finding for finding in data["diagnostics"] if "a1" in finding["message"])
    line = (vault / ghost["path"]).read_text(encoding="utf-8").split("\n")[ghost["line"] - 1]
    assert line[ghost["column"] - 1 : ghost["end_column"] - 1] == "@a1"


def test_errors_come_before_warnings(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [item["severity"] for item in json.loads(check(vault, capsys, "--format", "json"))["diagnostics"]]
    assert found == sorted(found, key=["error", "warning", "info"].index)


def test_github_output_has_no_line_that_the_vault_could_have_forged(
    vault: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = check(vault, capsys)
    commands = [line for line in out.splitlines() if line.startswith("::")]
    assert commands
    for line in commands:
        assert re.match(
            r"::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=PN", line
        )
        assert line.count("::") == 2 or line.index("::", 2) < line.rindex("::")
        assert "\u202e" not in line
    assert not [line for line in out.splitlines() if "forged" in line and not line.startswith("::error file=")]


def test_github_output_keeps_to_ten_annotations_and_says_the_rest_in_the_summary(
    tmp_path: Path, vault: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    note = vault / "notes" / "scaling-laws.md"
    keys = "; ".join(f"@ghost{n}" for n in range(25))
    note.write_text(note.read_text(encoding="utf-8") + f"\nSee [{keys}].\n", encoding="utf-8")
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    out = check(vault, capsys, "--format", "github")
    assert sum(line.startswith("::error") for line in out.splitlines()) == 10
    assert sum("ghost" in line for line in out.splitlines()) >= 25
    table = summary.read_text(encoding="utf-8")
    assert table.count("PN201") >= 25
    assert "<b>" not in table


def test_sarif_names_rules_places_and_lasting_marks(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = json.loads(check(vault, capsys, "--format", "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
    before = {result["partialFingerprints"]["papernotes/v1"] for result in run["results"]}
    note = vault / "notes" / "scaling-laws.md"
    note.write_text(note.read_text(encoding="utf-8").replace("## Method", "A line.\n\n## Method"), encoding="utf-8")
    moved = json.loads(check(vault, capsys, "--format", "sarif"))["runs"][0]["results"]
    assert {result["partialFingerprints"]["papernotes/v1"] for result in moved} == before


def test_sarif_looks_once_at_a_line_however_much_is_found_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    source, lines = Source("papers.bib", "@x " * 500), list[int]()
    monkeypatch.setattr(Source, "line", lambda self, number: lines.append(number) or self.text)
    found = tuple(RULES[0].at(source.at(at), f"message {at}") for at in range(500))
    marks = [
        result["partialFingerprints"] for result in json.loads(as_sarif(Report(found, 0, 1)))["runs"][0]["results"]
    ]
    assert lines == [1]
    assert len({mark["papernotes/v1"] for mark in marks}) == 500


def test_junit_fails_where_something_is_found_and_passes_where_not(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = fromstring(check(vault, capsys, "--format", "junit"))[0]
    assert int(suite.get("failures") or 0) == len(suite.findall("testcase/failure")) > 0
    clean = fromstring(check(SMALL, capsys, "--format", "junit"))[0]
    assert clean.get("failures") == "0"
    assert clean.get("tests") == "1"


def test_text_for_people_shows_line_and_caret(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = check(vault, capsys).splitlines()
    at = next(number for number, line in enumerate(lines) if "'a1'" in line)
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("@a1")
    assert "\u202e" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 中文", "plain 中文"),
        ("\x1b[31mred", "\\u{1b}[31mred"),
        ("two\nlines", "two lines"),
        ("abc\u202egnp", "abc\\u{202e}gnp"),
        ("zero\u200bwidth", "zero\\u{200b}width"),
    ],
)
def test_what_could_hide_or_move_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("See [@kaplan2020scalng].", "(can be mended: 1 with --unsafe-fixes)"),
        ("[a](https://example.org/?utm_source=x)", "(can be mended: 1 with --fix)"),
        (
            "[a](https://example.org/?utm_source=x) [@kaplan2020scalng]",
            "(can be mended: 1 with --fix, 1 with --unsafe-fixes)",
        ),
        ("See [@nobody].", "1 error, 0 warnings, 3 for your information (-v shows them)"),
    ],
)
def test_the_summary_says_what_can_be_mended(
    added: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copytree(SMALL, tmp_path / "small"))
    note = copy / "notes" / "scaling-laws.md"
    note.write_text(f"{note.read_text(encoding='utf-8')}\n{added}\n", encoding="utf-8")
    assert check(copy, capsys).endswith(f"{told}\n")


def test_without_a_command_the_commands_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "\n    rename    give a note" in capsys.readouterr().err
