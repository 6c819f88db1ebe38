"""Real MkDocs builds of a small vault, and the live preview on loopback."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papernotes import copies, mkdocs_plugin, page_shares
from papernotes.cli import main
from papernotes.config import load_config
from papernotes.copies import Team, team
from papernotes.library import Library, load
from papernotes.preview import touched

SMALL = Path(__file__).parent / "vaults" / "small"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built") / "site"
    assert main(["build", "--strict", "--vault", str(SMALL), "--site-dir", str(target)]) == 0
    return target


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "vault"))


def content(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return text[text.index("<article") : text.index("</article>")]


def test_every_kind_of_page_is_there_in_both_languages(site: Path) -> None:
    names = "transformer topics/models papers/bahdanau2014align all topics bibliography timeline compare questions new"
    for name in names.split():
        for lang in ("", "zh/"):
            assert (site / lang / name / "index.html").is_file(), f"{lang}{name}"
    assert (site / "rules" / "unknown-citekey" / "index.html").is_file()
    assert not (site / "zh" / "scaling-laws").exists()


def test_a_citation_is_a_link_to_the_note_of_its_work(site: Path) -> None:
    note = content(site / "transformer" / "index.html")
    assert re.search(r'<a [^>]*href="\.\./papers/bahdanau2014align/"[^>]*>Bahdanau et al., 2015</a>', note)
    assert re.search(r'<a [^>]*href="\.\./scaling-laws/"[^>]*>Kaplan et al., 2020</a>', note)
    assert "<code>[@nothing]</code>" in note
    assert "[@" not in note.replace("<code>[@nothing]</code>", "")


def test_a_backlink_leads_back_with_its_sentence(site: Path) -> None:
    note = content(site / "transformer" / "index.html")
    assert 'href="../scaling-laws/"' in note
    assert "Loss falls as a power law in size" in note


def test_a_chinese_page_leads_to_the_english_one_where_there_is_no_translation(site: Path) -> None:
    note = content(site / "zh" / "transformer" / "index.html")
    assert 'href="../../scaling-laws/#method"' in note
    page = (site / "zh" / "transformer" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="zh"' in page


def test_drafts_are_not_published(site: Path) -> None:
    assert not (site / "draft").exists()
    for page in site.rglob("*.html"):
        assert "A secret thought" not in page.read_text(encoding="utf-8"), page


def test_old_addresses_and_papers_lead_to_the_note(site: Path) -> None:
    for old in ("kaplan", "papers/kaplan2020scaling"):
        page = (site / old / "index.html").read_text(encoding="utf-8")
        address = re.search(r'content="0; url=([^"]+)"', page)
        assert address
        assert (site / old / address[1] / "index.html").resolve() == (site / "scaling-laws" / "index.html").resolve()


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    checked = 0
    for page in site.rglob("index.html"):
        for address in re.findall(r'<a [^>]*href="([^"#?]+)[^"]*"', page.read_text(encoding="utf-8")):
            if ":" in address or address.startswith("//"):
                continue
            target = site / address.lstrip("/") if address.startswith("/") else page.parent / address
            assert target.exists(), f"{page.relative_to(site)} leads to {address}"
            checked += 1
    assert checked > 50


def test_a_build_refuses_over_errors_and_leaves_the_old_site(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--vault", str(vault)]) == 0
    note = vault / "notes" / "scaling-laws.md"
    note.write_text(note.read_text(encoding="utf-8") + "\nSee [@nobody1900].\n", encoding="utf-8")
    assert main(["build", "--vault", str(vault)]) == 1
    assert "nobody1900" in capsys.readouterr().err
    assert "nobody1900" not in content(vault / "site" / "scaling-laws" / "index.html")
    assert main(["build", "--vault", str(vault), "--no-check"]) == 0
    assert "nobody1900" in content(vault / "site" / "scaling-laws" / "index.html")


def test_a_second_build_renders_only_what_changed_and_removes_what_is_gone(vault: Path) -> None:
    assert main(["build", "--vault", str(vault)]) == 0
    pages = {path: path.stat().st_mtime_ns for path in (vault / "site").rglob("index.html")}
    note = vault / "notes" / "scaling-laws.md"
    note.write_text(note.read_text(encoding="utf-8").replace("Train many", "Train several"), encoding="utf-8")
    (vault / "notes" / "zh" / "transformer.md").unlink()
    assert main(["build", "--vault", str(vault)]) == 0
    assert "Train several" in content(vault / "site" / "scaling-laws" / "index.html")
    assert not (vault / "site" / "zh" / "transformer" / "index.html").exists()
    same = [path for path, stamp in pages.items() if path.exists() and path.stat().st_mtime_ns == stamp]
    assert vault / "site" / "bibliography" / "index.html" in same
    assert vault / "site" / "scaling-laws" / "index.html" not in same


def files_of(site: Path) -> dict[str, bytes]:
    """What a site holds, without the search index, which is not written in one order."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("pagefind/")}


def test_after_every_edit_the_site_is_what_a_build_from_nothing_makes(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh, transformer = tmp_path / "fresh", vault / "notes" / "transformer.md"
    text = transformer.read_text(encoding="utf-8")
    (vault / "notes" / "assets").mkdir(exist_ok=True)
    (vault / "notes" / "assets" / "box.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')

    def built_again() -> dict[str, bytes]:
        assert main(["build", "--no-check", "--vault", str(vault)]) == 0
        shutil.rmtree(fresh, ignore_errors=True)
        assert main(["build", "--no-check", "--vault", str(vault), "--site-dir", str(fresh)]) == 0
        held = files_of(vault / "site")
        assert held == files_of(fresh)
        return held

    assert {"cards/transformer.json", "assets/box.svg"} <= built_again().keys()
    assert main(["rename", "scaling-laws", "laws", "--vault", str(vault)]) == 0
    assert b"url=../laws/" in built_again()["scaling-laws/index.html"]
    transformer.write_text(text.replace("status: final", "status: draft"), encoding="utf-8")
    (vault / "notes" / "assets" / "box.svg").unlink()
    assert not {"cards/transformer.json", "graph/transformer.json", "assets/box.svg"} & built_again().keys()
    assert main(["rename", "laws", "law", "--vault", str(vault)]) == 0
    assert b"url=../law/" in built_again()["scaling-laws/index.html"]
    assert "all new" in capsys.readouterr().err


def fewer_pages_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even a small vault be built by several processes."""

    def cores(_: int) -> set[int]:
        return {0, 1, 2}

    monkeypatch.setattr(page_shares, "WORTH_COPY", 20)
    monkeypatch.setattr(os, "sched_getaffinity", cores)
    monkeypatch.setattr(copies, "_can_fork", lambda: True)


def test_several_processes_build_what_one_builds(
    vault: Path, tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer_pages_a_copy(monkeypatch)
    made: list[Team] = []

    def counted(most: int) -> Team:
        made.append(team(most))
        return made[-1]

    monkeypatch.setattr(page_shares, "team", counted)
    shared = tmp_path / "shared"
    assert main(["build", "--strict", "--vault", str(vault), "--site-dir", str(shared)]) == 0
    assert made[0].size == 3
    assert {p.relative_to(shared) for p in shared.rglob("*.html")} == {
        p.relative_to(site) for p in site.rglob("*.html")
    }
    for page in shared.rglob("*.html"):
        assert page.read_bytes() == (site / page.relative_to(shared)).read_bytes(), page


def test_what_a_copy_finds_wrong_fails_the_build(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer_pages_a_copy(monkeypatch)
    for slug in ("transformer", "scaling-laws"):
        note = vault / "notes" / f"{slug}.md"
        text = note.read_text(encoding="utf-8")
        note.write_text(f"{text}\n[Nowhere](scaling-laws.md#nowhere-{slug})\n", encoding="utf-8")
    assert main(["build", "--strict", "--no-check", "--vault", str(vault)]) == 1
    told = capsys.readouterr().err
    assert told.count("#nowhere-transformer', but") == told.count("#nowhere-scaling-laws', but") == 1
    assert "2 warnings" in told


def test_a_fault_of_a_copy_ends_the_build(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer_pages_a_copy(monkeypatch)
    first = os.getpid()

    def written(html: str, scripts: object) -> str:
        if os.getpid() != first:
            raise ValueError("no page today")
        return html

    monkeypatch.setattr(mkdocs_plugin, "with_policy", written)
    assert main(["build", "--vault", str(vault)]) == 1
    assert "no page today" in capsys.readouterr().err


@pytest.mark.parametrize("target", [".", "..", "notes", "notes/site"])
def test_a_site_never_overwrites_the_vault(vault: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--vault", str(vault), "--site-dir", str(vault / target)]) == 2
    assert "would overwrite the vault" in capsys.readouterr().err
    assert (vault / "notes" / "transformer.md").is_file()


class Preview:
    """`papernotes serve` as its own process."""

    def __init__(self, vault: Path, port: int, temporary: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "papernotes", "serve", "--vault", str(vault), "--port", str(port)]
        environment = {**os.environ, "TMPDIR": str(temporary)}
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)

    def read(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            return ""

    def wait(self, path: str, good: Callable[[str], bool], seconds: float = 60) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if good(self.read(path)):
                return True
            time.sleep(0.1)
        return False


@pytest.fixture
def preview(vault: Path, tmp_path: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    running = Preview(vault, port, temporary)
    try:
        assert running.wait("/transformer/", lambda page: "stands alone" in page)
        yield running
    finally:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0
        assert not list(temporary.iterdir()), "what the preview wrote is gone with it"


def test_the_preview_follows_notes_and_bibliography_and_survives_faults(preview: Preview, vault: Path) -> None:
    note, bib = vault / "notes" / "transformer.md", vault / "papers.bib"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace("stands alone", "walks alone"), encoding="utf-8")
    assert preview.wait("/transformer/", lambda page: "walks alone" in page)
    bib.write_text(bib.read_text(encoding="utf-8").replace("Scaling Laws for", "Laws of Scale for"), encoding="utf-8")
    assert preview.wait("/bibliography/", lambda page: "Laws of Scale" in page)
    note.write_text('---\ntitle: "never closed\n---\n', encoding="utf-8")
    other = vault / "notes" / "scaling-laws.md"
    other.write_text(other.read_text(encoding="utf-8").replace("Train many", "Train a few"), encoding="utf-8")
    assert preview.wait("/scaling-laws/", lambda page: "Train a few" in page)
    assert "walks alone" in preview.read("/transformer/")
    note.write_text(text, encoding="utf-8")
    assert preview.wait("/transformer/", lambda page: "stands alone" in page)
    another = vault / "notes" / "another.md"
    another.write_text(text.replace("stands alone", "came later"), encoding="utf-8")
    assert preview.wait("/another/", lambda page: "came later" in page)
    assert preview.wait("/all/", lambda page: "another/" in page), "what a change touches from afar comes after it"
    another.unlink()
    assert preview.wait("/another/", lambda page: "came later" not in page)
    another.write_text(text.replace("stands alone", "goes at once"), encoding="utf-8")
    assert preview.wait("/another/", lambda page: "goes at once" in page)
    another.unlink()
    assert preview.wait("/another/", lambda page: "goes at once" not in page)
    assert preview.process.poll() is None


def test_only_built_pages_have_a_policy(preview: Preview, site: Path) -> None:
    """The live server puts a script of its own into pages, which no policy would let run."""
    assert "Content-Security-Policy" in (site / "transformer" / "index.html").read_text(encoding="utf-8")
    page = preview.read("/transformer/")
    assert "stands alone" in page
    assert "Content-Security-Policy" not in page


def test_formulas_are_set_and_only_their_pages_load_the_styles(site: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert any('<span class="katex">' in page for page in pages)
    for page in pages:
        assert ('<span class="katex">' in page) == ("katex/katex.min.css" in page)
    assert (site / "assets" / "papernotes" / "katex" / "katex.min.css").is_file()
    assert not (site / "assets" / "papernotes" / "katex" / "katex.min.js").exists()


def test_a_change_first_makes_the_pages_that_show_it(vault: Path) -> None:
    def library() -> Library:
        return load(load_config(vault=vault))[0]

    before, note, bib = library(), vault / "notes" / "transformer.md", vault / "papers.bib"
    assert touched(before, library()) == frozenset()
    note.write_text(note.read_text(encoding="utf-8").replace("stands alone", "walks alone"), encoding="utf-8")
    assert touched(before, library()) == {"transformer"}
    before = library()
    bib.write_text(bib.read_text(encoding="utf-8").replace("Scaling Laws for", "Laws of Scale for"), encoding="utf-8")
    assert touched(before, library()) == {"bibliography", "papers/kaplan2020scaling", "scaling-laws"}
    before = library()
    (vault / "notes" / "draft.md").unlink()
    assert touched(before, library()) == frozenset(), "what goes may have shown anywhere"
    before = library()
    shutil.copy(note, vault / "notes" / "another.md")
    assert touched(before, library()) == {"another"}
