"""Documentation that cannot lie: what is undocumented is red."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from papernotes.commands import COMMANDS
from papernotes.commands.parser import Commands
from papernotes.languages import CHINESE, ENGLISH
from papernotes.pages.rules import FAMILIES
from papernotes.reporting import FORMATS
from papernotes.rules import MODULES, RULES

ROOT = Path(__file__).parent.parent
PARAGRAPHS = ("What it finds", "Why it matters", "Example", "Use instead", "Fix")


def commands() -> list[str]:
    known = Commands()
    for add in COMMANDS:
        add(known)
    listed = re.search(r"\{(.+?)\}|COMMAND\n((?: {4}\w+.*\n(?: {6,}.*\n)*)+)", known.parser.format_help())
    assert listed
    return re.findall(r"^ {4}(\w+)", listed[0], re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = commands()
    assert len(names) > 10
    for name in names:
        assert re.search(rf"`{name}`", readme), name


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_with_examples(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "papernotes", name, "--help"], capture_output=True, text=True, check=True
    )
    assert f"examples:\n  papernotes {name}" in done.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_its_five_paragraphs(rule: object) -> None:
    page: str = rule.page  # type: ignore[attr-defined]
    places = [page.find(f"**{title}.**") for title in PARAGRAPHS]
    assert -1 not in places, [title for title, place in zip(PARAGRAPHS, places, strict=True) if place < 0]
    assert places == sorted(places)


def test_rules_have_one_code_and_one_name_each_and_stand_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES) >= 60
    for module, rule in zip(MODULES, RULES, strict=True):
        assert module.__name__.rpartition(".")[2] == rule.name.replace("-", "_")


def test_every_rule_belongs_to_a_family_that_the_catalogue_lists() -> None:
    assert {rule.code[:3] for rule in RULES} == set(FAMILIES)


def test_a_rule_is_named_for_its_fault() -> None:
    for rule in RULES:
        assert not re.search(r"(^|-)(no|must|should|valid|exists|check)(-|$)", rule.name), rule.name


def test_every_rule_file_is_listed() -> None:
    files = {path.stem for path in (ROOT / "src/papernotes/rules").glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_every_format_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"`{name}`" in readme or f"--format {name}" in readme or name == "text", name


def test_the_interface_says_everything_in_both_languages() -> None:
    assert ENGLISH.keys() == CHINESE.keys()


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    registry = re.compile(r"registry\.npmjs|pypi\.org|files\.pythonhosted")
    machine = re.compile(r"/(?:work|root)/[A-Za-z]")
    found: list[str] = []
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        if (
            not path.is_file()
            or path.suffix in (".woff2", ".png", ".gz")
            or "vaults" in name
            or name == "tests/test_docs.py"
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if registry.search(text) or (machine.search(text) and not name.startswith(("tests/", "notes/", "frontend/"))):
            found.append(name)
    assert found == []
