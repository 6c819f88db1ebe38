"""`papernotes import`: under tests/imports, `expected.txt` is what it prints and every file that it writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes.cli import main
from papernotes.config import load_config
from papernotes.importers import FORMATS
from papernotes.importers.prose import chunks, on_prose
from papernotes.library import load
from papernotes.text import Source

HERE = Path(__file__).parent
VAULT, CASES = HERE / "transcripts" / "vault", HERE / "imports"
WITH_NOTES = ("bibtex", "betterbibtex")
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "vault"
    shutil.copytree(VAULT, copy)
    monkeypatch.chdir(copy)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    return copy


def contents(vault: Path) -> dict[str, bytes]:
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def case(name: str) -> Path:
    """What is imported: the only thing beside expected.txt."""
    (what,) = [path for path in (CASES / name).iterdir() if path.name != "expected.txt"]
    return what


@pytest.mark.parametrize("name", NAMES)
def test_import(
    name: str, vault: Path, capsys: pytest.CaptureFixture[str], same_as: Callable[[Path, str], None]
) -> None:
    before = contents(vault)
    code = main(["import", str(case(name)), *(["--notes"] if name in WITH_NOTES else [])])
    shown = [f"exit {code}\n{capsys.readouterr().out}"]
    for path, data in contents(vault).items():
        if before.get(path) != data:
            old, text = before.get(path, b"").decode(), _text(data)
            shown.append(f"──── {path}\n{_added(old, text) if old else text}")
    code = main(["check", "--strict"])
    # The last line counts what is only for information, of which other rules find more or less.
    found = capsys.readouterr().out.rstrip("\n").rpartition("\n")[0]
    shown.append(f"──── papernotes check --strict: exit {code}\n{found}")
    same_as(CASES / name / "expected.txt", "\n".join([shown[0], *sorted(shown[1:-1]), shown[-1]]))


def _text(data: bytes) -> str:
    return data.decode() if b"\0" not in data else f"{len(data)} bytes\n"


def _added(old: str, new: str) -> str:
    lines = set(old.splitlines())
    return "".join(f"+ {line}\n" for line in new.splitlines() if line and line not in lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_dry_run_shows_and_writes_nothing(name: str, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(vault)
    code = main(["import", str(case(name)), "--dry-run"])
    told = capsys.readouterr().out
    assert contents(vault) == before
    assert main(["import", str(case(name))]) == code
    assert (vault / "import-report.md").read_text() == f"# Imports\n\n{told}"


@pytest.mark.parametrize("name", NAMES)
def test_a_second_import_adds_nothing(name: str, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(case(name))])
    before = {path: data for path, data in contents(vault).items() if path != "import-report.md"}
    main(["import", str(case(name))])
    assert {path: data for path, data in contents(vault).items() if path != "import-report.md"} == before


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_shown_by_a_case(known: object) -> None:
    """A format that no case of its name shows is one that nobody has tried."""
    assert known.name in NAMES  # type: ignore[attr-defined]


HOSTILE = st.sampled_from(
    [
        *(
            "---\n",
            "+++\n",
            "# a\n",
            "## b\n",
            "[[x|y]]",
            "![[p.png]]",
            "](",
            "[a](b)",
            "@key",
            "[@k; @l]",
            "$$",
            "$",
            "`",
        ),
        *("```\n", "<div>", "<!--", "-->", "> [!note] x\n> y\n", "%%", "==", "{{<", ">}}", "{%", "%}", "}}", "{: a}"),
        *(
            "@misc{k, title={",
            "TY  - JOUR\n",
            "TI  - x\n",
            "ER  - \n",
            '{"items": [',
            "]}",
            "- OpenAI, 2020.5\n",
            "…",
            "：",
        ),
        *("\n", "\r\n", "\x00", "\u202e", "\ud800", "    ", "title: a: b\n", "arxiv: 2305.18290\n", "\\"),
    ]
)


@given(st.lists(st.one_of(HOSTILE, st.text(max_size=5)), max_size=30).map("".join))
@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_any_text_is_read_by_any_format(known: object, text: str) -> None:
    """Whatever stands in a file: works, texts or remarks come of it, and no exception."""
    found = known.read(Source("notes/x.md", text))  # type: ignore[attr-defined]
    assert all(remark.message for remark in found.remarks)


@given(st.lists(st.one_of(HOSTILE, st.text(max_size=5)), max_size=30).map("".join))
def test_cutting_prose_out_loses_nothing(text: str) -> None:
    assert on_prose(text, lambda part: part).startswith(text)
    assert "".join(chunk.text for chunk in chunks(text)).startswith(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(HOSTILE, st.text(max_size=5)), max_size=30).map("".join))
def test_imported_markdown_passes_the_check(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """No text of others breaks front matter, cites what is not here, or links to what is not here."""
    vault = tmp_path_factory.mktemp("vault")
    shutil.copytree(VAULT, vault, dirs_exist_ok=True)
    (vault / "in.md").write_bytes(text.encode("utf-8", "ignore"))
    assert main(["import", "-q", "--vault", str(vault), str(vault / "in.md"), "--from", "obsidian"]) in (0, 1)
    library, faults = load(load_config(vault=vault))
    assert faults == ()
    assert len(library.notes) == 3
    assert main(["check", "-q", "--select", "PN0,PN1,PN201,PN202,PN215", "--vault", str(vault)]) == 0


def test_topics_and_kind_are_the_callers_choice(vault: Path) -> None:
    note = case("markdown")
    assert main(["import", str(note), "--topic", "architectures", "--kind", "concept"]) == 0
    meta = load(load_config(vault))[0].by_slug["plain"].meta
    assert (meta.topics, meta.kind) == (("architectures",), "concept")
    assert main(["import", str(note), "--topic", "nothing"]) == 2


def test_the_services_complete_what_a_note_only_names(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from replay_server import serving

    with serving() as services:
        for name, value in services.environment.items():
            monkeypatch.setenv(name, value)
        assert main(["import", str(case("collection")), "--fetch"]) == 0
    entry = load(load_config(vault))[0].by_citekey["rafailov2023direct"]
    assert len(entry.authors) == 6


def test_what_cannot_be_imported_is_said(vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04\xff")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    assert main(["import", str(tmp_path / "empty")]) == 2
    assert main(["import", str(tmp_path / "nowhere.bib")]) == 2
    assert main(["import"]) == 2
    told = capsys.readouterr().err
    assert "nothing in it is of a format that is read" in told
    assert "nowhere.bib: No such file or directory" in told
    assert main(["import", str(tmp_path / "x.docx")]) == 1
    assert main(["import", str(tmp_path / "latin.md")]) == 1
    assert capsys.readouterr().out.count("it is not UTF-8 text") == 2


def test_nothing_that_is_there_is_written_over(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (vault / "notes" / "assets").mkdir()
    picture = vault / "notes" / "assets" / "rlhf-loss.png"
    picture.write_bytes(b"another picture")
    (vault / "notes" / "plain.md").write_bytes(b"\xff\xfep\0l\0a\0i\0n\0")
    assert main(["import", str(case("obsidian"))]) == 0
    assert picture.read_bytes() == b"another picture"
    assert "](assets/rlhf-loss-2.png)" in (vault / "notes" / "rlhf.md").read_text()
    before = contents(vault)
    assert main(["import", str(case("markdown"))]) == 2
    assert "notes/plain.md is in the way" in capsys.readouterr().err
    assert contents(vault) == before


def test_pictures_come_from_beside_a_note_and_from_nowhere_else(vault: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "there.png").write_bytes(b"there")
    (folder / "n.md").write_text("A text.\n\n![a](../secret.png) ![b](link.png) ![c](there.png) ![d](/etc/hostname)\n")
    assert main(["import", str(folder / "n.md")]) == 0
    assert main(["import", str(folder), "--kind", "concept"]) == 0
    assert [path.name for path in (vault / "notes" / "assets").iterdir()] == ["n-there.png"]


def test_a_drawing_that_acts_stays_outside(vault: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
    (folder / "good.svg").write_text(svg % "<path d='M0 0'/>")
    (folder / "bad.svg").write_text(svg % "<script>alert(1)</script>")
    (folder / "n.md").write_text("A text.\n\n![good](good.svg) ![bad](bad.svg)\n")
    assert main(["import", str(folder)]) == 0
    assert [path.name for path in (vault / "notes" / "assets").iterdir()] == ["n-good.svg"]
    assert "![good](assets/n-good.svg) *bad*" in (vault / "notes" / "n.md").read_text()
