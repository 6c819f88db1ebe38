"""A vault in which everything is hostile, built all the same: nothing in its site runs, loads, or swallows a page."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from papernotes.cli import main

VAULT = Path(__file__).parent / "torture" / "vault"
NOTES = sorted(path.stem for path in (VAULT / "notes").glob("*.md"))
# Elements that load or run something, wherever they stand in a page; the frame has scripts and styles of its own.
FRAME = {"script", "link", "meta", "style", "form", "input", "button", "template"}
ACTIVE = {"iframe", "frame", "object", "embed", "applet", "base", "portal", "foreignobject", "animate"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    vault = Path(shutil.copytree(VAULT, folder / "vault"))
    (folder / "secret.txt").write_text("PNSECRET", encoding="utf-8")
    (vault / "notes" / "assets" / "link.png").symlink_to(folder / "secret.txt")
    assert main(["build", "--no-check", "--vault", str(vault), "--site-dir", str(folder / "site")]) == 0
    return folder / "site"


class Scan(HTMLParser):
    """What a page holds: everything that could run, and the ids of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []
        self.ids: list[tuple[str, str]] = []
        self.script: str | None = None
        # The page for wrong addresses keeps its other languages in templates: inert, and no part of the page.
        self.within: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        whole = f"<{tag} {values}>"
        in_article = "article" in self.within
        if tag in {"article", "template"}:
            self.within.add(tag)
        if tag in ACTIVE or (in_article and tag in FRAME - {"input"}):
            self.bad.append(whole)
        if tag == "input" and in_article and values.get("type") != "checkbox":
            self.bad.append(whole)
        for name, value in values.items():
            address = re.sub(r"[\s\x00-\x1f]", "", value).lower()
            if name.startswith("on") or name == "srcdoc":
                self.bad.append(whole)
            if re.match(r"(?:javascript|vbscript|data:text|data:image/svg|file|blob|view-source):?", address):
                self.bad.append(whole)
            if name == "style" and re.search(r"url|canary|evil|position:fixed", value):
                self.bad.append(whole)
            if name in ("src", "srcset", "poster", "data", "action") and "evil.example" in value:
                self.bad.append(whole)
            if name == "data-md-component" and in_article:
                self.bad.append(whole)
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh" and "evil" in values.get("content", ""):
            self.bad.append(whole)
        if "id" in values and "template" not in self.within:
            self.ids.append((values["id"], tag))
        if tag == "script":
            self.script = values.get("type", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = None
        self.within.discard(tag)

    def handle_data(self, data: str) -> None:
        if self.script is None:
            return
        if "json" in self.script:
            json.loads(data)
            if "<" in data:
                self.bad.append(f"unescaped in JSON: {data[:80]}")
        elif "canary" in data:
            self.bad.append(f"script: {data[:80]}")

    def handle_comment(self, data: str) -> None:
        if "canary" in data:
            self.bad.append(f"comment: {data[:80]}")


def scan(path: Path) -> Scan:
    found = Scan()
    found.feed(path.read_text(encoding="utf-8"))
    found.close()
    return found


def test_nothing_in_any_page_runs_or_loads(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    bad = {str(path.relative_to(site)): found.bad for path in pages if (found := scan(path)).bad}
    assert bad == {}


@pytest.mark.parametrize("name", NOTES)
def test_a_page_is_whole(site: Path, name: str) -> None:
    """The end of the note, what stands below it, and the frame around it are all there."""
    html = (site / name / "index.html").read_text(encoding="utf-8")
    article = html[html.index("<article") : html.index("</article>")]
    assert f"PNTAIL-{name}" in article
    assert 'id="cite"' in article
    assert '<footer class="md-footer' in html[html.index("</article>") :]
    assert html.count("</article>") == 1
    assert html.count("<title>") == html.count("</title>") == 1


def test_no_element_passes_for_one_of_the_theme(site: Path) -> None:
    for path in site.rglob("*.html"):
        theirs = [(name, tag) for name, tag in scan(path).ids if name.startswith("__")]
        assert len({name for name, _ in theirs}) == len(theirs), path
        assert {tag for name, tag in theirs if name == "__config"} <= {"script"}


def test_titles_are_text_wherever_they_go(site: Path) -> None:
    html = (site / "front-matter" / "index.html").read_text(encoding="utf-8")
    title = html[html.index("<title>") : html.index("</title>")]
    assert "&lt;/title&gt;&lt;/script&gt;&lt;script&gt;canary(" in title
    assert "<script>" not in title
    contents = (site / "headings" / "index.html").read_text(encoding="utf-8")
    contents = contents[contents.index("md-nav--secondary") : contents.index("<article")]
    assert "&lt;img src=x onerror=canary(" in contents
    assert "<img" not in contents
    assert "<script" not in contents


def test_data_is_data(site: Path) -> None:
    for path in site.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in site.rglob("*.xml"):
        ElementTree.fromstring(path.read_bytes())


def test_only_media_are_published_from_beside_the_notes(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert not names & {"CNAME", "assets/page.html", "assets/worker.js", "assets/active.svg", "assets/link.png"}
    assert not any(path.is_symlink() for path in site.rglob("*"))
    for path in site.rglob("*"):
        if path.is_file():
            assert b"PNSECRET" not in path.read_bytes(), path


def test_every_page_has_its_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert path.read_text(encoding="utf-8").count('<meta http-equiv="Content-Security-Policy"') == 1, path


def test_braces_stay_braces(site: Path) -> None:
    html = (site / "code" / "index.html").read_text(encoding="utf-8")
    assert "{{ 6 * 7 }} {% raw %} ${canary(0)}" in html


def test_check_names_the_hostile_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--vault", str(VAULT)]) == 1
    found = capsys.readouterr().out
    for rule in ("unsafe-link", "unsafe-diagram", "unsafe-image", "unpublished-file", "unsafe-bib-url"):
        assert f"[{rule}]" in found
