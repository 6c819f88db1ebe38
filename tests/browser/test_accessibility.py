"""Every kind of page, in both schemes and on a phone, and what opens on it: axe has nothing to complain of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from serving import Site

from papernotes.config import load_config
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.page import Page as SitePage
from papernotes.page import address_of
from papernotes.site import all_pages

VAULT = Path(__file__).parents[2]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the other rules look at is the same in both schemes.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# A page of every kind; a note has one kind more, its own.
PAGES = {
    "home": "",
    "paper": "dpo/",
    "paper with numbers": "llama-1-2-3/",
    "model": "xverse-13b/",
    "system": "llama-cpp/",
    "concept": "kv-cache/",
    "survey": "llama-family/",
    "essay": "inference-arithmetic/",
    "digest": "week-ai-01/",
    "topics": "topics/",
    "topic": "topics/alignment/",
    "work without a note": "papers/stiennon2020summarize/",
    "all notes": "all/",
    "bibliography": "bibliography/",
    "timeline": "timeline/",
    "graph": "graph/",
    "search": "search/?q=preference",
    "comparison": "compare/",
    "authors": "authors/",
    "venues": "venues/",
    "questions": "questions/",
    "corrections": "corrections/",
    "gaps": "gaps/",
    "digests": "digests/",
    "what is new": "new/",
    "contribute": "contribute/",
    "rules": "rules/",
    "rule": "rules/unknown-citekey/",
    "home in Chinese": "zh/",
    "note in Chinese": "zh/dpo/",
    "search in Chinese": "zh/search/?q=偏好",
}
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
        "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}");
    document.adoptedStyleSheets = [sheet];
}"""
WRONG = ("no/such-page/", "zh/no/such-page/")

# Colours that fade are none that a reader is left with.
SETTLED = """async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const ending = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity);
    await Promise.allSettled(ending.map((each) => each.finished));
}"""


def complaints(page: Page, **only: Any) -> list[str]:
    """What axe finds wrong, by its rule, the element, and why."""
    page.evaluate(SETTLED)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]} | only
    violations: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {[fault['message'] for fault in node['any'] + node['all']]}"
        for violation in violations
        for node in violation["nodes"]
        # axe counts nothing but text: a header that is a formula has MathML, and a name besides.
        if not (violation["id"] == "empty-table-header" and "aria-label=" in node["html"])
    ]


def visit(page: Page, address: str) -> None:
    """Go there, and open everything that is closed: axe does not look into it."""
    page.goto(address)
    page.evaluate("for (const part of document.querySelectorAll('article details')) part.open = true")
    page.wait_for_load_state("networkidle")


def darken(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def kind_of(page: SitePage) -> str:
    is_note = page.template == "pages/note.md.jinja" and page.findable is not None
    return f"{page.template} {page.findable.kind}" if is_note and page.findable else page.template


def test_every_kind_of_page_is_looked_at() -> None:
    config = load_config(vault=VAULT)
    library, _ = load(config)
    kinds = {address_of(page.path): kind_of(page) for page in all_pages(library, build_graph(library), (), config)}
    seen = {kinds[quote(address.partition("?")[0])] for address in PAGES.values()}
    assert set(kinds.values()) == seen


EVERY_PAGE = pytest.mark.parametrize("address", [*PAGES.values(), *WRONG], ids=[*PAGES, *WRONG])


@EVERY_PAGE
def test_a_page_is_accessible(page: Page, site: Site, address: str) -> None:
    visit(page, site.url(address))
    assert complaints(page) == []
    darken(page)
    assert complaints(page, runOnly={"type": "rule", "values": OF_COLOURS}) == []


@EVERY_PAGE
def test_a_page_is_accessible_on_a_phone(phone: Page, site: Site, address: str) -> None:
    visit(phone, site.url(address))
    coloured = {rule: {"enabled": False} for rule in OF_COLOURS}
    assert complaints(phone, rules=coloured) == []
    # Four times as large on a screen of 1280 pixels, and with the room between letters, words and lines that some need.
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.evaluate(SPACED)
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def search(page: Page, site: Site) -> None:
    page.goto(site.url("zh/clip/"))
    expect(page.locator(".pn-search-open")).to_have_attribute("aria-haspopup", "dialog")
    page.keyboard.press("/")
    page.locator("dialog.pn-search input").fill("BLIP 对齐")
    expect(page.locator("dialog .pn-hit").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def nothing_found(page: Page, site: Site) -> None:
    page.goto(site.url("search/?q=xyzzyplugh"))
    expect(page.locator("article [role=status]")).to_contain_text("xyzzyplugh")


def card(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.locator("#cite-ouyang2022instructgpt-1").hover()
    expect(page.locator(".pn-card__state")).to_be_visible()


def card_of_a_gap(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.locator("#cite-stiennon2020summarize-1").hover()
    expect(page.locator(".pn-card__state--gap")).to_be_visible()


def chosen_work(page: Page, site: Site) -> None:
    page.goto(site.url("graph/#rafailov2023dpo"))
    expect(page.locator(".pn-graph__panel h2, .pn-graph__panel h3").first).to_be_visible()


def graph_of_a_note(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.locator(".pn-local-graph").scroll_into_view_if_needed()
    expect(page.locator(".pn-local-graph__details")).to_be_visible()
    page.locator(".pn-local-graph__details summary").click()


def sorted_table(page: Page, site: Site) -> None:
    page.goto(site.url("compare/"))
    page.locator(".pn-sort").first.click()
    expect(page.locator("th[aria-sort]")).to_be_visible()


def filled_timeline(page: Page, site: Site) -> None:
    page.goto(site.url("timeline/"))
    expect(page.locator(".pn-timeline canvas")).to_be_visible()


@pytest.mark.parametrize(
    "open_it",
    [search, nothing_found, card, card_of_a_gap, chosen_work, graph_of_a_note, sorted_table, filled_timeline],
)
def test_what_opens_is_accessible(page: Page, site: Site, open_it: Callable[[Page, Site], None]) -> None:
    open_it(page, site)
    page.wait_for_load_state("networkidle")
    assert complaints(page) == []
    darken(page)
    assert complaints(page, runOnly={"type": "rule", "values": OF_COLOURS}) == []


def test_the_menu_of_a_phone_is_accessible(phone: Page, site: Site) -> None:
    phone.goto(site.url("zh/dpo/"))
    phone.locator(".pn-menu summary").tap()
    expect(phone.locator(".pn-menu nav").first).to_be_visible()
    assert complaints(phone) == []
    darken(phone)
    assert complaints(phone, runOnly={"type": "rule", "values": OF_COLOURS}) == []
