"""Commands that write, killed by SIGKILL at every change of the disk: the vault is as it was, or as it was to be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from papernotes import journal
from papernotes.cli import main
from papernotes.staging import SCRATCH, only_writer, write_together

TESTS = Path(__file__).parent
SMALL = TESTS / "vaults" / "small"
ENTRY = "@misc{zhang2024y, title={On {Y}}, author={Zhang, A.}, year={2024}}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but what writers keep for themselves."""
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix(): file.read_bytes() for path, file in found.items() if path.parts[0] != SCRATCH}


def spoil(vault: Path) -> None:
    """Something to mend, and something to lay out, in several files."""
    for name in ("transformer", "scaling-laws"):
        note = vault / "notes" / f"{name}.md"
        text = (
            note.read_text(encoding="utf-8")
            .replace("\nstatus: final\n", "\n")
            .replace("\nsummary:", "\nstatus: final\nsummary:")
        )
        note.write_text("\ufeff" + text, encoding="utf-8")


def kill(folder: Path, command: list[str]) -> int:
    """Kill a command at each of its steps; the last folder is that of a run that was not."""
    (folder / "old" / "one.bib").write_text(ENTRY, encoding="utf-8")
    subprocess.run([sys.executable, TESTS / "killing.py", folder, *command], check=True, stdout=subprocess.DEVNULL)
    return max(int(path.name) for path in folder.iterdir() if path.name.isdigit())


@pytest.mark.parametrize(
    "command",
    [
        ["rename", "transformer", "attention"],
        ["rename", "vaswani2017attention", "vaswani2017all"],
        ["rename", "topics/models", "topics/networks"],
        ["new", "--offline", "--no-edit", "--bib", "one.bib"],
        ["import", "one.bib", "--notes"],
        ["check", "--fix", "--select", "byte-order-mark"],
        ["fmt"],
        ["translated", "transformer"],
    ],
    ids=lambda command: "-".join(command[:2]).replace("/", "-"),
)
def test_the_next_command_finds_all_of_it_or_nothing(command: list[str], tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "old")
    spoil(tmp_path / "old")
    steps = kill(tmp_path, command)
    old, new = contents(tmp_path / "old"), contents(tmp_path / str(steps))
    assert old != new
    assert steps > 5
    found: list[bool] = []
    for step in range(1, steps):
        vault = tmp_path / str(step)
        main(["stats", "--vault", str(vault)])
        now = contents(vault)
        assert now in (old, new), f"killed at step {step}: neither as it was nor as it was to be"
        found.append(now == new)
    assert found == sorted(found), "once it is promised, it is done"
    assert {True, False} == set(found)
    for step in (1, steps - 1):
        with only_writer(tmp_path / str(step)):
            pass
        assert not (tmp_path / str(step) / SCRATCH).exists(), "whoever comes next tidies up"


def test_a_vault_half_made_is_completed_by_the_same_call(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    command = ["init", "{vault}/kb", "--title", "Reading group"]
    steps = kill(tmp_path, command)
    new = contents(tmp_path / str(steps))
    assert len(new) > 10
    for step in range(1, steps):
        vault = tmp_path / str(step)
        assert main([part.replace("{vault}", str(vault)) for part in command]) == 0
        assert {name: data for name, data in contents(vault).items() if SCRATCH not in name} == new


def promise(vault: Path, **changes: str) -> None:
    """The journal of a process that was killed when all was ready: `draft.md` was to become `later`."""
    folder = vault / SCRATCH
    folder.mkdir()
    (folder / "a1.tmp").write_bytes(b"later")
    old = (vault / "notes" / "draft.md").read_bytes()
    step = {
        "path": "notes/draft.md",
        "ready": "a1.tmp",
        "before": journal.digest(old),
        "after": journal.digest(b"later"),
    }
    (folder / "journal").write_text(json.dumps({"version": 1, "steps": [step | changes]}))


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "vault")


def test_who_finishes_says_so(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    promise(vault)
    main(["stats", "--vault", str(vault)])
    assert capsys.readouterr().err == "papernotes: an earlier command was killed; finished its work: notes/draft.md\n"
    assert (vault / "notes" / "draft.md").read_bytes() == b"later"


def test_what_somebody_wrote_since_is_not_written_over(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    promise(vault)
    (vault / "notes" / "draft.md").write_text("Mine.")
    assert main(["stats", "--vault", str(vault)]) == 2
    shown = capsys.readouterr().err
    assert "notes/draft.md: changed after a command was killed" in shown
    assert f"remove {vault / SCRATCH}" in shown
    assert (vault / "notes" / "draft.md").read_text() == "Mine."
    shutil.rmtree(vault / SCRATCH)
    assert main(["stats", "--vault", str(vault)]) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"path": "../outside.md"},
        {"path": "{outside}"},
        {"path": ".git/hooks/pre-commit"},
        {"path": "notes/link/outside.md"},
        {"path": "notes/hooks/pre-commit"},
        {"path": ".bashrc"},
        {"path": ""},
        {"ready": "../secret"},
        {"ready": "link.tmp"},
    ],
    ids=lambda changes: " ".join(map(str, changes.values())) or "nothing",
)
def test_a_journal_from_elsewhere_reaches_nothing_outside_and_nothing_hidden(
    changes: dict[str, str], vault: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    (vault / ".git" / "hooks").mkdir(parents=True)
    (vault / "notes" / "link").symlink_to(tmp_path)
    (vault / "notes" / "hooks").symlink_to(vault / ".git" / "hooks")
    new = {name: text.replace("{outside}", str(tmp_path / "outside.md")) for name, text in changes.items()}
    promise(vault, **{"before": "", **new} if "path" in new else new)
    (vault / SCRATCH / "link.tmp").symlink_to(tmp_path / "secret")
    before = contents(tmp_path)
    main(["stats", "--vault", str(vault)])
    scratch = f"vault/{SCRATCH}/"
    assert {name: data for name, data in before.items() if scratch not in name} == contents(tmp_path)
    assert (tmp_path / "secret").read_text() == "secret"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "steps": []}', '{"version": 1, "steps": [1]}', "[" * 99_999]
)
def test_a_journal_that_is_none_is_as_good_as_none(text: str, vault: Path) -> None:
    promise(vault)
    (vault / SCRATCH / "journal").write_text(text)
    assert main(["check", "--vault", str(vault)]) == 0
    assert not (vault / SCRATCH).exists()


def test_a_folder_of_ours_that_is_a_link_is_not_followed(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept.tmp").write_text("kept")
    (vault / SCRATCH).symlink_to(tmp_path / "elsewhere")
    assert main(["rename", "transformer", "attention", "--vault", str(vault)]) == 2
    assert (tmp_path / "elsewhere" / "kept.tmp").read_text() == "kept"


def test_ctrl_c_while_files_are_put_in_place_undoes_it(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(vault)
    put, seen = journal.put, list[Path]()

    def interrupted(ready: Path, path: Path) -> None:
        seen.append(path)
        if len(seen) == 2:
            raise KeyboardInterrupt
        put(ready, path)

    monkeypatch.setattr(journal, "put", interrupted)
    files = {vault / "notes" / name: b"new" for name in ("draft.md", "transformer.md", "brand-new.md")}
    with pytest.raises(KeyboardInterrupt), only_writer(vault):
        write_together(vault, files, gone=[vault / "papers.bib"])
    assert contents(vault) == before
    assert not (vault / SCRATCH).exists()
