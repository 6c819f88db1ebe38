"""Every vault under tests/vaults/: `expected.txt` is what `papernotes check -v` prints for it, exit code first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from papernotes.cli import main
from papernotes.rules import RULES

VAULTS = Path(__file__).parent / "vaults"
NAMES = sorted(path.name for path in VAULTS.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_vault(name: str, capsys: pytest.CaptureFixture[str], same_as: Callable[[Path, str], None]) -> None:
    code = main(["check", "-v", "--vault", str(VAULTS / name)])
    same_as(VAULTS / name / "expected.txt", f"exit {code}\n{capsys.readouterr().out}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_fault_and_nothing_else_in_its_vault(rule: object) -> None:
    """A vault of a rule's name shows that rule; infos aside, it shows no other (one fault a vault)."""
    name = rule.name  # type: ignore[attr-defined]
    expected = (VAULTS / name / "expected.txt").read_text(encoding="utf-8")
    found = {
        line.rsplit("[", 1)[1].rstrip("]") for line in expected.splitlines() if line.endswith("]") and ": PN" in line
    }
    assert name in found
