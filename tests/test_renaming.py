"""`papernotes rename`: every place that names a thing follows, and nothing is done by halves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from papernotes import journal
from papernotes.cli import main

SMALL = Path(__file__).parent / "vaults" / "small"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "vault")


def run(vault: Path, *arguments: str) -> int:
    return main([*arguments, "--vault", str(vault)])


def read(vault: Path, path: str) -> str:
    return (vault / path).read_text(encoding="utf-8")


def files(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def test_a_note_moves_with_its_translation_and_links_follow(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(vault, "rename", "scaling-laws", "neural-scaling") == 0
    assert capsys.readouterr().out == (
        "notes/scaling-laws.md → notes/neural-scaling.md\n"
        "scaling-laws is neural-scaling now: 4 places followed, 3 files changed\n"
    )
    assert "- See [[neural-scaling]] and [its method](neural-scaling.md#method)." in read(vault, "notes/transformer.md")
    assert "[[neural-scaling]] 和[它的方法](neural-scaling.md#method)" in read(vault, "notes/zh/transformer.md")
    assert "redirects: [kaplan, scaling-laws]\n" in read(vault, "notes/neural-scaling.md")
    assert run(vault, "rename", "transformer", "attention") == 0
    assert read(vault, "notes/zh/attention.md")
    assert run(vault, "check", "--strict") == 0


def test_a_citekey_changes_in_bibliography_citations_and_facts(vault: Path) -> None:
    note = vault / "notes" / "transformer.md"
    text = note.read_text(encoding="utf-8").replace(
        "{model: Transformer", "{paper: vaswani2017attention, model: Transformer"
    )
    note.write_text(text + "\nAs @{vaswani2017attention} said; not `@vaswani2017attention`.\n", encoding="utf-8")
    assert run(vault, "rename", "vaswani2017attention", "DBLP:conf/nips/Vaswani") == 0
    text = read(vault, "notes/transformer.md")
    assert "papers: [DBLP:conf/nips/Vaswani]\n" in text
    assert "{paper: DBLP:conf/nips/Vaswani, model: Transformer" in text
    assert "[see @DBLP:conf/nips/Vaswani, §3.2; @bahdanau2014align]" in text
    assert "As @{DBLP:conf/nips/Vaswani} said; not `@vaswani2017attention`." in text
    assert "cites = {DBLP:conf/nips/Vaswani}" in read(vault, "papers.bib")
    assert read(vault, "papers.bib").startswith("@inproceedings{DBLP:conf/nips/Vaswani,")
    assert run(vault, "check") == 0


def test_the_page_of_a_work_keeps_its_old_address(vault: Path) -> None:
    assert run(vault, "rename", "vaswani2017attention", "vaswani2017all") == 0
    assert "redirects: [papers/vaswani2017attention]\n---\n" in read(vault, "notes/transformer.md")


def test_relations_follow(vault: Path) -> None:
    assert run(vault, "rename", "@bahdanau2014align", "bahdanau2015align") == 0
    assert "{to: bahdanau2015align, type: extends}" in read(vault, "notes/transformer.md")
    assert run(vault, "check", "--strict") == 0


def test_a_topic_is_renamed_where_it_is_a_label_and_a_link(vault: Path) -> None:
    draft = vault / "notes" / "draft.md"
    text = draft.read_text(encoding="utf-8") + "\nSee [[topics/models]] and [them](topics/models.md).\n"
    draft.write_text(text, encoding="utf-8")
    assert run(vault, "rename", "topics/models", "topics/networks") == 0
    assert "See [[topics/networks]] and [them](topics/networks.md)." in read(vault, "notes/draft.md")
    assert "topics: [networks]" in read(vault, "notes/scaling-laws.md")
    assert (vault / "notes" / "zh" / "topics" / "networks.md").is_file()
    assert run(vault, "check", "--strict") == 0


def test_there_and_back_leaves_no_redirect_in_a_circle(vault: Path) -> None:
    before = files(vault)
    assert run(vault, "rename", "scaling-laws", "neural-scaling") == 0
    assert run(vault, "rename", "neural-scaling", "scaling-laws") == 0
    after = files(vault)
    assert "redirects: [kaplan, neural-scaling]" in after["notes/scaling-laws.md"].decode()
    assert {path for path in before if before[path] != after.get(path)} == {"notes/scaling-laws.md"}


def test_a_translation_that_was_up_to_date_stays_so(vault: Path) -> None:
    assert run(vault, "translated", "transformer") == 0
    before = read(vault, "notes/zh/transformer.md").partition("---\n")[2].partition("---\n")[0]
    assert run(vault, "rename", "kaplan2020scaling", "kaplan2020laws") == 0
    assert run(vault, "rename", "scaling-laws", "neural-scaling") == 0
    after = read(vault, "notes/zh/transformer.md")
    assert before not in after
    assert run(vault, "translated", "transformer") == 0
    assert read(vault, "notes/zh/transformer.md") == after


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("transformer", "scaling-laws", "there is notes/scaling-laws.md already"),
        ("transformer", "kaplan", "notes/scaling-laws.md redirects this address to itself"),
        ("transformer", "search", "the site makes the page /search/ itself"),
        ("transformer", "Not a slug", "a slug is a to z"),
        ("transformer", "aux", "a slug is a to z"),
        ("transformer", "transformer", "this is its name already"),
        ("transfromer", "x", "did you mean 'transformer'?"),
        ("vaswani2017attention", "Kaplan2020Scaling", "there is an entry 'kaplan2020scaling' already"),
        ("vaswani2017attention", "a b", "holds ' ', which paths and citations cannot"),
        ("vaswani2017attention", "a,b", "a citekey is letters and digits"),
        ("topics/models", "no/such", "a slug is a to z"),
    ],
)
def test_what_clashes_is_refused_and_changes_nothing(
    vault: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    before = files(vault)
    assert run(vault, "rename", old, new) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.endswith("nothing was changed\n")
    assert files(vault) == before


def test_a_name_that_is_another_notes_alias_is_refused(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = vault / "notes" / "transformer.md"
    note.write_text(note.read_text(encoding="utf-8").replace("[Transformer]", "[attention]"), encoding="utf-8")
    assert run(vault, "rename", "scaling-laws", "attention") == 2
    assert "this is a title or alias of notes/transformer.md" in capsys.readouterr().err


def test_a_slug_that_is_a_citekey_too_must_be_told_apart(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "notes" / "draft.md").rename(vault / "notes" / "kaplan2020scaling.md")
    assert run(vault, "rename", "kaplan2020scaling", "x") == 2
    assert "write notes/kaplan2020scaling.md or @kaplan2020scaling" in capsys.readouterr().err
    assert run(vault, "rename", "notes/kaplan2020scaling.md", "draft") == 0
    assert (vault / "notes" / "draft.md").is_file()
    assert "kaplan2020scaling" in read(vault, "papers.bib")


def test_a_dry_run_shows_the_changes_and_makes_none(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(vault)
    assert run(vault, "rename", "scaling-laws", "neural-scaling", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "notes/scaling-laws.md → notes/neural-scaling.md\n" in shown
    assert "+- See [[neural-scaling]] and [its method](neural-scaling.md#method).\n" in shown
    assert files(vault) == before


def test_a_disk_that_refuses_in_the_middle_leaves_the_vault_as_it_was(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(vault)
    place, done = Path.replace, list[Path]()

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "models.md" and len(done) == 3:
            done.append(target)
            raise OSError(28, "No space left on device", str(target))
        done.append(target)
        return place(self, target)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(journal, "write_bytes", full)
    assert run(vault, "rename", "transformer", "attention") == 2
    assert "No space left on device; nothing was changed" in capsys.readouterr().err
    assert files(vault) == before
