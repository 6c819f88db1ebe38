"""What a first visit of a note costs its reader: everything that comes over the wire, compressed as a host would."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response
from serving import Site

from conftest import PageFactory

COMPRESSED_ALREADY = (".woff2", ".png", ".jpg", ".webp", ".avif")
OWN = "/assets/papernotes/"
HEAVIEST = 4


def heaviest_notes(site: Site) -> list[str]:
    """The notes with the most HTML, and the one with the most formulas."""
    notes = [path for path in site.folder.glob("*/index.html") if b'id="cite-note"' in path.read_bytes()]
    assert len(notes) > 50
    by_size = sorted(notes, key=lambda path: path.stat().st_size, reverse=True)
    formulas = max(notes, key=lambda path: path.read_bytes().count(b'class="katex"'))
    return list(dict.fromkeys(path.parent.name for path in (*by_size[:HEAVIEST], formulas)))


def transferred(page: Page, address: str) -> dict[str, int]:
    """The size of every answer of a first visit, by its path."""
    answers: dict[str, Response] = {}
    page.on("response", lambda answer: answers.update({urlsplit(answer.url).path: answer}))
    page.goto(address, wait_until="networkidle")
    sizes: dict[str, int] = {}
    for path, answer in answers.items():
        body = answer.body()
        sizes[path] = len(body if path.endswith(COMPRESSED_ALREADY) else gzip.compress(body))
    return sizes


def test_a_first_visit_is_light(new_page: PageFactory, site: Site) -> None:
    for name in heaviest_notes(site):
        sizes = transferred(new_page(), site.url(f"{name}/"))
        assert len(sizes) > 8
        assert sum(sizes.values()) <= 200_000, (name, sizes)
        own = {path: size for path, size in sizes.items() if OWN in path and path.endswith((".js", ".css"))}
        assert f"{urlsplit(site.address).path}assets/papernotes/papernotes.js" in own
        assert sum(size for path, size in own.items() if "/katex/" not in path) <= 60_000, (name, own)


@pytest.mark.parametrize("address", ["", "zh/", "topics/alignment/", "dpo/", "compare/"])
def test_nothing_moves_under_the_reader(phone: Page, site: Site, address: str) -> None:
    phone.goto(site.url(address), wait_until="networkidle")
    moved = phone.evaluate(
        """() => new Promise((done) => {
            new PerformanceObserver((list) => done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0)))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(0), 300);
        })"""
    )
    assert moved < 0.02
