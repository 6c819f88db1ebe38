"""`papernotes new`: what it writes, what it refuses, and that two at once lose nothing."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papernotes import staging
from papernotes.bibtex import read_bibliography
from papernotes.cli import main
from papernotes.commands.new import KINDS
from papernotes.config import load_config
from papernotes.entries import Person, WorkDate
from papernotes.frontmatter import read_block, read_matter
from papernotes.library import load
from papernotes.matter import FrontMatter
from papernotes.naming import new_citekey, new_slug, usable_slug
from papernotes.record import clean_text
from papernotes.scaffold import Draft, draft_text
from papernotes.text import Source
from replay_server import Reply, Services, replayed, serving

VAULT = Path(__file__).parent / "transcripts" / "vault"
DPO_BIB = """@inproceedings{DBLP:conf/nips/RafailovSMMEF23,
  author = {Rafael Rafailov and Archit Sharma}, title = {Direct Preference Optimization: x}, year = 2023,
  booktitle = {NeurIPS}, eprint = {2305.18290}, archiveprefix = {arXiv}, abstract = {Long.}}
"""


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with serving() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "vault"
    shutil.copytree(VAULT, copy)
    monkeypatch.chdir(copy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    return copy


def contents(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def test_an_arxiv_id_becomes_an_entry_and_a_note(
    vault: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "2305.18290"]) == 0
    library, faults = load(load_config(vault))
    assert faults == ()
    entry = library.by_citekey["rafailov2023direct"]
    assert [entry.citekey for entry in library.entries] == sorted(library.by_citekey)
    assert entry.cites == ("ouyang2022instructgpt", "schulman2017ppo", "vaswani2017attention")
    note = library.by_slug["direct-preference-optimization"]
    assert note.meta.papers == ("rafailov2023direct",)
    assert note.meta.topics == ("alignment", "architectures")
    assert note.meta.status == "draft"
    assert note.meta.created.isoformat() == "2026-11-20"
    assert {citation.citekey for group in note.body.groups for citation in group.citations} == set(entry.cites)
    told = capsys.readouterr().out
    assert "topic alignment: it cites ouyang2022instructgpt" in told
    assert (
        "% The work that everyone cites for its clipping.\n@misc{schulman2017ppo" in (vault / "papers.bib").read_text()
    )
    assert main(["check", "--strict"]) == 0
    assert main(["fmt", "--check"]) == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_skeleton_passes_the_check(vault: Path, kind: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "papernotes.toml").write_text(f'languages = ["{lang}"]\n')
    arguments = ["--bib", str(vault / "one.bib"), "--offline"] if kind in ("paper", "dataset") else ["A title"]
    (vault / "one.bib").write_text(DPO_BIB)
    assert main(["new", "--kind", kind, *arguments]) == 0
    capsys.readouterr()
    assert main(["check", "--strict", "-v"]) == 0, capsys.readouterr().out
    text = next(path for path in vault.rglob("*.md") if b"TBD" in path.read_bytes() or "待补" in path.read_text())
    assert ("待补" in text.read_text()) == (lang == "zh")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            ["1706.03762"],
            r"vaswani2017attention \(Attention Is All You Need\) is in papers.bib, and its note is",
        ),
        (["https://arxiv.org/abs/2203.02155v1"], r"ouyang2022instructgpt .* its note is notes/instructgpt.md"),
        (["attention", "is", "ALL you-need!"], r"its note is notes/transformer.md"),
        (["@vaswani2017attention"], r"its note is notes/transformer.md"),
        (["--kind", "concept", "Self-Attention"], r"notes/transformer.md has this title, or this other name, already"),
        (["--kind", "topic", "alignment"], r"notes/topics/alignment.md has this title"),
        (["schulman2017ppo", "--slug", "instructgpt"], r"--slug instructgpt: there is such a note already"),
        (["schulman2017ppo", "--citekey", "other2017x"], r"it keeps its citekey"),
    ],
)
def test_what_is_there_is_refused_by_name(
    vault: Path, what: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(vault)
    assert main(["new", *what]) == 1
    assert re.search(said, capsys.readouterr().err)
    assert contents(vault) == before


def test_a_duplicate_is_known_by_its_title_and_people(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bib = "@misc{x, title={Attention is all you need.}, author={%s}, year=2018, doi={10.1000/1}}"
    (vault / "one.bib").write_text(bib % "A. Vaswani")
    assert main(["new", "--bib", "one.bib", "--offline"]) == 1
    assert "vaswani2017attention (Attention Is All You Need) is in papers.bib (same title)" in capsys.readouterr().err
    (vault / "one.bib").write_text(bib % "Somebody Else")
    assert main(["new", "--bib", "one.bib", "--offline"]) == 0


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ([], "say what to add"),
        (["--offline", "2305.18290"], "--offline asks nobody"),
        (["schulman2017ppo", "--topic", "alignmnt"], "did you mean 'alignment'"),
        (["schulman2017ppo", "--topic", "x"], "there are: alignment, architectures"),
        (["schulman2017ppo", "--slug", "../x"], "a slug is lower-case words"),
        (["schulman2017ppo", "--slug", "topics"], "no name of the site's own"),
        (["--bib", "none.bib"], "--bib none.bib: No such file"),
        (["--bib", "papers.bib"], "choose one by its citekey: ouyang2022instructgpt, schulman2017ppo"),
        (["--bib", "papernotes.toml"], "it holds no entry"),
        (["--lang", "fr", "transformer"], "the vault's languages are en, zh"),
        (["--lang", "zh", "nothing"], "there is no such note to translate"),
    ],
)
def test_calls_that_cannot_be_meant(
    vault: Path, what: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(vault)
    assert main(["new", *what]) == 2
    assert said in capsys.readouterr().err
    assert contents(vault) == before


def test_an_entry_without_note_gets_only_the_note(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bibliography = (vault / "papers.bib").read_bytes()
    assert main(["new", "schulman2017ppo", "--slug", "ppo", "--topic", "alignment"]) == 0
    assert (vault / "papers.bib").read_bytes() == bibliography
    assert "papers: [schulman2017ppo]" in (vault / "notes" / "ppo.md").read_text()
    assert "only the note is new" in capsys.readouterr().out


def test_a_file_replaces_the_network(vault: Path) -> None:
    (vault / "one.bib").write_text(DPO_BIB + "@misc{other2020x, title={Other}, year=2020}")
    assert main(["new", "--offline", "--bib", "one.bib", "2305.18290"]) == 0
    entry = load(load_config(vault))[0].by_citekey["rafailov2023direct"]
    assert entry.authors[0] == Person("Rafailov", "Rafael")
    assert "abstract" not in entry.fields


@pytest.mark.parametrize(
    "journal",
    [
        "arXiv preprint arXiv:2501.19393",
        "arXiv e-prints, arXiv:2501.19393v2",
        "arXiv: 2501.19393 [cs.CL]",
    ],
)
def test_an_arxiv_id_in_the_place_of_a_journal_is_one(vault: Path, journal: str) -> None:
    bib = "@article{s1, title={s1: Simple test-time scaling}, author={A. Muennighoff}, year=2025, journal={%s}}"
    (vault / "one.bib").write_text(bib % journal)
    assert main(["new", "--offline", "--bib", "one.bib", "arXiv:2501.19393"]) == 0
    entry = load(load_config(vault))[0].by_citekey["muennighoff2025s1"]
    assert (entry.type, entry.fields["eprint"], entry.fields["archiveprefix"]) == ("misc", "2501.19393", "arXiv")
    assert "journal" not in entry.fields


def test_words_are_searched_and_nobody_is_there_to_choose(
    vault: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "preference", "optimization"]) == 1
    told = capsys.readouterr().err
    assert (
        "1  Direct Preference Optimization: Your Language Model is Secretly a Reward Model (Rafailov et al., 2023)"
        in told
    )
    assert "2305.18290" in told


def test_hostile_metadata_stays_text(vault: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    services.answer("/arxiv", replayed("arxiv-hostile.xml"))
    assert main(["new", "2305.18290", "--topic", "alignment"]) == 0
    library, faults = load(load_config(vault))
    assert faults == ()
    assert len(library.entries) == 4
    (note,) = [note for note in library.notes if note.meta.status == "draft"]
    assert note.title == library.by_citekey[note.meta.papers[0]].title
    assert "<script>alert(1)</script> --- status: final @misc{evil" in note.title
    assert "\n<script" not in note.source.text
    assert main(["check"]) == 0, capsys.readouterr().out


@given(st.text(), st.lists(st.text(min_size=1)))
def test_front_matter_says_what_was_meant(title: str, aliases: list[str]) -> None:
    """No text of others becomes a field, a value of another type, or the end of the block."""
    title, aliases = clean_text(title) or "t", [clean_text(alias) or "a" for alias in aliases]
    draft = Draft("essay", title, "slug", topics=("x",), aliases=tuple(aliases), body="Text.")
    source = Source("notes/slug.md", draft_text(load_config(vault=VAULT), draft))
    meta, faults = read_matter(source, read_block(source))
    assert faults == ()
    assert isinstance(meta, FrontMatter)
    assert (meta.title, meta.aliases, meta.status) == (title, tuple(aliases), "draft")


@pytest.mark.parametrize(
    ("people", "date", "title", "key"),
    [
        (["Rafailov"], 2023, "Direct Preference Optimization", "rafailov2023direct"),
        (["Touvron"], 2023, "LLaMA: Open and Efficient Foundation Language Models", "touvron2023llama"),
        (["Abdin"], 2024, "Phi-3 Technical Report: A Highly Capable Language Model", "abdin2024phi3"),
        (["Touvron"], 2023, "Llama 2: Open Foundation and Fine-Tuned Chat Models", "touvron2023llama2"),
        (["van den Oord"], 2018, "Representation Learning", "vandenoord2018representation"),
        (["Jégou"], 2011, "Product quantization", "jegou2011product"),
        (["Łukasz-Ø"], 2020, "On the x", "lukaszo2020x"),
        ([], None, "16 ways", "anonways"),
        (["王"], 2020, "图", "anon2020"),
        (["Vaswani"], 2017, "Attention", "vaswani2017attentionb"),
    ],
)
def test_citekeys(people: list[str], date: int | None, title: str, key: str) -> None:
    written = [Person(family) for family in people]
    assert new_citekey(written, WorkDate(date, None) if date else None, title, {"vaswani2017attention"}) == key


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("LLaMA: Open and Efficient", "llama"),
        ("Attention Is All You Need", "attention-is-all-you-need"),
        (
            "Training language models to follow instructions with human feedback",
            "training-language-models-to-follow-instructions",
        ),
        ("An Image is Worth 16x16 Words: Transformers", "an-image-is-worth-16x16-words"),
        ("Taken: but not all", "taken-but-not-all"),
        ("Con: a device", "con-a-device"),
        ("图", "key2020"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert new_slug(title, "key2020", {"taken"}, ["en", "zh"]) == slug


@given(st.text(), st.text())
def test_any_title_has_a_usable_slug(title: str, citekey: str) -> None:
    assert usable_slug(new_slug(title, citekey, {"taken"}, ["en", "zh"]), ["en", "zh"])


def test_a_translation_begins_as_its_original(vault: Path) -> None:
    (vault / "notes" / "assets").mkdir()
    (vault / "notes" / "assets" / "x.png").write_bytes(b"")
    note = vault / "notes" / "transformer.md"
    note.write_text(note.read_text() + "\n![A picture](assets/x.png)\n")
    assert main(["new", "--lang", "zh", "transformer"]) == 0
    text = (vault / "notes" / "zh" / "transformer.md").read_text()
    assert "title: " in text
    assert "kind:" not in text
    assert "## Results" in text
    assert "![A picture](../assets/x.png)" in text
    assert main(["new", "--lang", "zh", "transformer"]) == 1
    assert main(["new", "--lang", "zh", "topics/alignment"]) == 0
    assert (vault / "notes" / "zh" / "topics" / "alignment.md").is_file()


def test_a_vaults_own_templates_come_first(vault: Path) -> None:
    own = vault / "templates" / "new"
    own.mkdir(parents=True)
    (own / "concept.md.jinja").write_text("---\ntitle: {{ draft.title | yaml }}\n---\n\nOurs.\n")
    assert main(["new", "--kind", "concept", "KV cache"]) == 0
    assert (vault / "notes" / "kv-cache.md").read_text() == '---\ntitle: "KV cache"\n---\n\nOurs.\n'


def test_dry_run_writes_nothing(vault: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(vault)
    assert main(["new", "2305.18290", "--dry-run"]) == 0
    assert contents(vault) == before
    told = capsys.readouterr().out
    assert "@misc{rafailov2023direct," in told
    assert "kind: paper" in told


def test_a_bibliography_that_cannot_be_read_is_not_written(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = (vault / "papers.bib").read_bytes() + b"% \xff\n"
    (vault / "papers.bib").write_bytes(damaged)
    assert main(["new", "schulman2017ppo"]) == 2
    assert "mend that first" in capsys.readouterr().err
    assert (vault / "papers.bib").read_bytes() == damaged


def test_a_vault_that_changes_meanwhile_is_read_again(
    vault: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody adds another entry while the services are asked: it stays."""
    (vault / "one.bib").write_text("@misc{zhang2024y, title={Y}, author={Zhang, A.}, year=2024}")
    enter = staging.only_writer.__wrapped__  # type: ignore[attr-defined]

    def slowly(root: Path) -> object:
        path = vault / "papers.bib"
        path.write_text(path.read_text() + "\n@misc{zhang2024y, title={Y}, author={Zhang, A.}, year={2024}}\n")
        return (yield from enter(root))

    monkeypatch.setattr("papernotes.commands.new.only_writer", __import__("contextlib").contextmanager(slowly))
    assert main(["new", "2305.18290"]) == 0
    keys = {entry.citekey for entry in load(load_config(vault))[0].entries}
    assert {"zhang2024y", "rafailov2023direct"} <= keys


def test_a_full_disk_leaves_the_vault_as_it_was(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(vault)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["new", "schulman2017ppo"]) == 2
    assert "No space left on device; nothing was written" in capsys.readouterr().err
    assert contents(vault) == before


def test_two_at_once_lose_nothing(vault: Path) -> None:
    for number in range(6):
        (vault / f"{number}.bib").write_text(
            f"@misc{{a{number}, title={{Title {number} of many}}, author={{Person{number}, A.}}, year=2020}}"
        )
    command = [sys.executable, "-m", "papernotes", "new", "--offline", "--no-edit", "--bib"]
    running = [subprocess.Popen([*command, f"{number}.bib"], stdout=subprocess.DEVNULL) for number in range(6)]
    assert [process.wait(60) for process in running] == [0] * 6
    bibliography = read_bibliography(Source("papers.bib", (vault / "papers.bib").read_text()))
    assert len(bibliography.entries) == 9
    assert len(list((vault / "notes").glob("*.md"))) == 8
    assert not (vault / ".papernotes").exists()


def on_a_terminal(vault: Path, arguments: list[str], typed: str, environment: dict[str, str]) -> str:
    """What a person sees who types at a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(vault)
        os.execve(sys.executable, [sys.executable, "-m", "papernotes", *arguments], {**os.environ, **environment})
    os.write(terminal, typed.encode())
    seen, deadline = b"", time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(terminal)
    os.waitpid(child, 0)
    return seen.decode()


def test_on_a_terminal_one_chooses_and_the_editor_opens(vault: Path, services: Services) -> None:
    editor = vault.parent / "editor"
    editor.write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/edited"\n')
    editor.chmod(0o755)
    seen = on_a_terminal(vault, ["new", "preference", "optimization"], "1\n", {"EDITOR": f"{editor} --wait"})
    assert "which one? [1-2, nothing for none]" in seen
    assert (vault.parent / "edited").read_text() == f"--wait {vault}/notes/direct-preference-optimization.md\n"
    seen = on_a_terminal(vault, ["new", "something", "else"], "\n", {"EDITOR": str(editor)})
    assert "nothing chosen, nothing written" in seen


def test_a_busy_service_is_waited_for_aloud(
    vault: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    services.answer("/arxiv", Reply(status=429, headers={"Retry-After": "0"}), replayed("arxiv-2305.18290.xml"))
    assert main(["new", "2305.18290"]) == 0
    assert "arXiv is busy (HTTP 429): trying again in 0.0 s" in capsys.readouterr().err


def test_without_the_network_nothing_is_written(
    vault: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(vault)
    for place in ("/arxiv", "/datacite"):
        services.answer(place, Reply(status=503))
    assert main(["new", "2305.18290"]) == 2
    assert "arXiv is out of order (HTTP 503); try again later" in capsys.readouterr().err
    assert contents(vault) == before
