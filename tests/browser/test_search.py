"""A reader searches: the header's dialog, the search page and its facets, and the page for wrong addresses."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from serving import Site

from papernotes.bigrams import with_bigrams

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "search_tests.yml").read_text(encoding="utf-8")
)
HOME = {"en": "", "zh": "zh/"}
ASKED = [
    pytest.param(lang, query, id=f"{lang}-{query['query']}-{query['finds']}")
    for query in QUERIES
    for lang in ([query["from"]] if "from" in query else HOME)
]


def ask(page: Page, query: str) -> None:
    """Type into the open dialog and wait for the answer."""
    page.locator("dialog.pn-search input").fill(query)
    expect(page.locator("dialog .pn-hits")).to_have_attribute("aria-busy", "false")


def arrive(page: Page, address: str) -> None:
    """Go to a page and wait until its scripts know the search."""
    page.goto(address)
    expect(page.locator(".pn-search-open")).to_have_attribute("aria-haspopup", "dialog")


def open_search(page: Page, address: str) -> None:
    arrive(page, address)
    page.locator(".pn-search-open").click()
    expect(page.locator("dialog.pn-search")).to_be_visible()


def found(page: Page, site: Site) -> list[str]:
    """The permalinks of the hits on a page, without their language."""
    links = page.locator(".pn-hit__title").evaluate_all("links => links.map(link => link.href)")
    paths = [link.split("?")[0].removeprefix(site.address).strip("/") for link in links]
    return [re.sub(r"^zh(/|$)", "", path) for path in paths]


@pytest.fixture(scope="module")
def readers(site: Site, browser: Browser) -> Iterator[dict[str, Page]]:
    """A page of each language with the dialog open."""
    contexts = {lang: browser.new_context(viewport={"width": 1280, "height": 900}) for lang in HOME}
    pages = {lang: context.new_page() for lang, context in contexts.items()}
    for lang, page in pages.items():
        open_search(page, site.url(f"{HOME[lang]}clip/"))
    yield pages
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize(("lang", "asked"), ASKED)
def test_what_is_asked_for_is_found(readers: dict[str, Page], site: Site, lang: str, asked: dict[str, Any]) -> None:
    ask(readers[lang], asked["query"])
    assert asked["finds"] in found(readers[lang], site)[: asked.get("top", 3)]


def test_enough_is_asked() -> None:
    assert len(QUERIES) >= 40


def test_every_piece_of_every_chinese_title_finds_its_page(site: Site, page: Page) -> None:
    """Whatever two, three or four neighbouring characters of a title are asked for, in a browser of any language."""
    records = {
        path.stem.removesuffix(".pf_fragment"): json.loads(gzip.decompress(path.read_bytes())[len("pagefind_dcd") :])
        for path in (site.folder / "pagefind" / "fragment").glob("*.pf_fragment")
    }
    titles = {
        (site.folder / "zh" / record["url"].strip("/") / "index.html"): key
        for key, record in records.items()
        if "title-zh" in record["meta"]
    }
    assert len(titles) > 50
    pieces = sorted(
        {
            (run[start : start + length], key)
            for path, key in titles.items()
            for title in re.findall(r"<title>(.*?) - ", path.read_text(encoding="utf-8"))
            for run in re.findall(r"[\u4e00-\u9fff]+", title)
            for length in (2, 3, 4)
            for start in range(len(run) - length + 1)
        }
    )
    assert len(pieces) > 500
    words = [" ".join(with_bigrams(piece).split()[:-1]) for piece, _ in pieces]
    page.goto(site.url("zh/clip/"))
    answers: list[list[str]] = page.evaluate(
        """async ([engine, queries]) => {
            const pagefind = await import(engine);
            await pagefind.init();
            const answers = [];
            for (const query of queries) answers.push((await pagefind.search(query)).results.map(result => result.id));
            return answers;
        }""",
        [site.url("pagefind/pagefind.js"), words],
    )
    missed = [piece for (piece, key), answer in zip(pieces, answers, strict=True) if key not in answer]
    assert missed == []


def test_a_result_says_what_it_is_and_leads_to_what_was_asked_for(site: Site, page: Page) -> None:
    open_search(page, site.url("clip/"))
    ask(page, "Bradley–Terry preference")
    hit = page.locator(".pn-hit", has_text="Direct Preference Optimization").first
    expect(hit.locator(".pn-hit__about")).to_have_text("paper · 2023 · Alignment")
    section = hit.locator(".pn-hit__passage a")
    expect(hit.locator(".pn-hit__passage mark").first).to_be_visible()
    name = section.inner_text()
    section.click()
    page.wait_for_url(re.compile(r"/dpo/#"))
    expect(page.locator("dialog.pn-search[open]")).to_have_count(0)
    assert page.locator(f"{page.evaluate('location.hash')}:has-text('{name}')").count() == 1
    marked = page.wait_for_function(
        "() => CSS.highlights.get('pn-found') && [...CSS.highlights.get('pn-found')].map(range => range.toString())"
    ).json_value()
    assert {word.lower() for word in marked} >= {"bradley", "terry", "preference"}
    assert "highlight=" not in page.url
    page.keyboard.press("Escape")
    assert page.evaluate("CSS.highlights.has('pn-found')") is False


def test_words_of_the_other_language_lead_to_the_page_that_has_them(site: Site, page: Page) -> None:
    open_search(page, site.url("clip/"))
    ask(page, "龙猫定律")
    hit = page.locator(".pn-hit").first
    expect(hit.locator(".pn-hit__lang")).to_have_text("中文")
    expect(hit).to_have_attribute("lang", "zh")
    hit.locator(".pn-hit__title").click()
    page.wait_for_url(re.compile(r"/zh/chinchilla-law/"))
    open_search(page, site.url("zh/clip/"))
    ask(page, "Chinchilla")
    expect(page.locator(".pn-hit__lang")).to_have_count(0)


def test_the_search_is_used_by_keyboard(site: Site, page: Page) -> None:
    arrive(page, site.url("clip/"))
    dialog = page.locator("dialog.pn-search")
    for key in ("/", "s"):
        page.keyboard.press(key)
        expect(dialog.locator("input")).to_be_focused()
        expect(dialog.locator("input")).to_have_value("")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    expect(dialog.locator("input")).to_be_focused()
    page.keyboard.type("LoRA/s")
    expect(dialog.locator("input")).to_have_value("LoRA/s")
    ask(page, "attention")
    titles = dialog.locator(".pn-hit__title")
    page.keyboard.press("ArrowDown")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(titles.last).to_be_focused()
    page.keyboard.press("Home")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(dialog.locator("input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")
    expect(dialog.locator("input")).to_have_value("attentionx")
    ask(page, "DPO")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/base/dpo/"))


def test_enter_waits_for_the_answer(site: Site, page: Page) -> None:
    open_search(page, site.url("clip/"))
    page.keyboard.insert_text("rafailov2023dpo")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/base/dpo/"))


def test_nothing_found_is_said_and_heard(site: Site, page: Page) -> None:
    open_search(page, site.url("zh/clip/"))
    ask(page, "qqqqzzzz")
    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_have_text("没有找到“qqqqzzzz”。")
    assert found(page, site) == []


def test_no_page_holds_what_only_the_search_knows(site: Site) -> None:
    for path in (site.folder / "dpo" / "index.html", site.folder / "zh" / "dpo" / "index.html"):
        text = path.read_text(encoding="utf-8")
        assert "ŋ" not in text
        assert "pagefind" not in text


def test_only_what_is_published_and_useful_is_found(site: Site, page: Page) -> None:
    open_search(page, site.url("clip/"))
    ask(page, "Week-AI draft")
    assert "week-ai-01-draft" not in found(page, site)
    ask(page, "unknown-citekey")
    assert not [path for path in found(page, site) if path.startswith("rules")]
    # Whom a note cites is not what it is about: lists of references are not searched.
    ask(page, "Bibliography")
    assert "bibliography" not in found(page, site)


class TestSearchPage:
    """Its query and facets stand in its address."""

    def hits(self, page: Page) -> int:
        return int(re.sub(r"\D", "", page.locator(".pn-search-page .pn-search__count").inner_text()) or 0)

    def test_an_address_asks_its_question(self, site: Site, page: Page) -> None:
        page.goto(site.url("search/?q=attention&kind=concept"))
        expect(page.locator(".pn-search-page input[type=search]")).to_have_value("attention")
        expect(page.get_by_label("concept")).to_be_checked()
        expect(page.locator(".pn-hit__about").first).to_contain_text("concept")
        assert all("concept" in text for text in page.locator(".pn-hit__about").all_inner_texts())

    def test_facets_narrow_widen_and_go_back(self, site: Site, page: Page) -> None:
        page.goto(site.url("search/"))
        page.locator(".pn-search-page input[type=search]").fill("attention")
        expect(page.locator(".pn-hit").first).to_be_visible()
        page.wait_for_url(re.compile(r"q=attention$"))
        everything = self.hits(page)
        label = page.locator("fieldset label", has_text="Vision backbones")
        promised = int(label.locator(".pn-facet__count").inner_text())
        label.click()
        page.wait_for_url(re.compile(r"topic=vision-backbones"))
        expect(page.locator(".pn-search__count")).to_have_text(f"{promised} results")
        assert 0 < promised < everything
        # What else could be chosen beside it is still told.
        assert page.locator("fieldset", has_text="Topic").locator("input:enabled").count() > 1
        page.get_by_label("Year: From").select_option("2021")
        page.wait_for_url(re.compile(r"year=2021-20\d\d"))
        page.wait_for_function(
            """() => [...document.querySelectorAll(".pn-hit__about")].every(
                about => Number(/\\d{4}/.exec(about.textContent)?.[0]) >= 2021)"""
        )
        assert 0 < self.hits(page) < promised
        page.go_back()
        page.wait_for_url(re.compile(r"topic=vision-backbones$"))
        expect(page.locator(".pn-search__count")).to_have_text(f"{promised} results")
        page.get_by_role("button", name="Clear the filters").click()
        page.wait_for_url(re.compile(r"q=attention$"))
        expect(page.locator(".pn-search__count")).to_have_text(f"{everything} results")

    def test_facets_alone_list_pages_newest_first(self, site: Site, page: Page) -> None:
        page.goto(site.url("search/?status=unwritten&language=en"))
        expect(page.locator(".pn-hit").first).to_be_visible()
        about = page.locator(".pn-hit__about").all_inner_texts()
        assert all("no note yet" in text for text in about)
        years = [int(re.findall(r"\d{4}", text)[0]) for text in about]
        assert years == sorted(years, reverse=True)

    def test_more_is_shown_when_asked_for(self, site: Site, page: Page) -> None:
        page.goto(site.url("zh/search/?q=模型"))
        expect(page.locator(".pn-hit")).to_have_count(15)
        page.get_by_role("button", name="显示更多").click()
        expect(page.locator(".pn-hit")).to_have_count(30)
        expect(page.locator(".pn-hit").nth(15).locator(".pn-hit__title")).to_be_focused()

    def test_the_dialog_hands_its_question_on(self, site: Site, page: Page) -> None:
        open_search(page, site.url("zh/clip/"))
        ask(page, "扩散")
        page.get_by_role("link", name="全部结果与筛选").click()
        page.wait_for_url(re.compile(r"/zh/search/\?q="))
        expect(page.locator(".pn-search-page input[type=search]")).to_have_value("扩散")
        expect(page.locator(".pn-search-page .pn-hit").first).to_be_visible()

    def test_a_chosen_language_is_the_one_shown(self, site: Site, page: Page) -> None:
        page.goto(site.url("search/?q=DPO&language=zh"))
        expect(page.locator(".pn-hit__title").first).to_have_attribute("href", re.compile(r"/zh/dpo/"))

    def test_without_scripts_it_leads_on(self, site: Site, new_page: Any) -> None:
        page = new_page(java_script_enabled=False)
        page.goto(site.url("clip/"))
        page.locator(".pn-search-open").click()
        page.wait_for_url(site.url("search/"))
        page.locator(".pn-search-page").get_by_role("link", name="All notes").click()
        page.wait_for_url(site.url("all/"))


@pytest.mark.parametrize(
    ("address", "finds", "title"),
    [
        ("direct-preference-optimization/", "dpo", "There is no such page"),
        ("zh/papers/rafailov2023dpo.html", "dpo", "没有这个页面"),
        ("zh/直接偏好优化/", "dpo", "没有这个页面"),
        ("old/2023/blip2.html", "blip-2", "There is no such page"),
    ],
)
def test_a_wrong_address_is_searched_for(site: Site, page: Page, address: str, finds: str, title: str) -> None:
    page.goto(site.url(address))
    expect(page.locator(".pn-hit").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert found(page, site)[0] == finds
    assert page.url.startswith(site.address)


def test_the_search_fits_a_phone(site: Site, phone: Page) -> None:
    open_search(phone, site.url("clip/"))
    ask(phone, "embodied multimodal language model")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    frame = phone.locator(".pn-search__frame").bounding_box()
    assert frame is not None
    assert frame["width"] == 390
    phone.get_by_role("button", name="Close").tap()
    expect(phone.locator("dialog.pn-search")).to_be_hidden()
    phone.goto(phone.url.split("/clip/")[0] + "/search/?q=attention")
    expect(phone.locator(".pn-search-page__facets")).not_to_have_attribute("open", "")
    expect(phone.locator(".pn-hit").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_page_asks_for_nothing_of_the_search_before_it_is_used(site: Site, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    arrive(page, site.url("clip/"))
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "pagefind" in url or "search-" in url or "words.json" in url]


def test_the_first_answer_is_light(site: Site, page: Page) -> None:
    """What a first question costs, compressed as a host would: Material's own search ships megabytes."""
    arrive(page, site.url("clip/"))
    asked: dict[str, None] = {}
    page.on("request", lambda request: asked.setdefault(request.url.split("?")[0]))
    page.keyboard.press("/")
    ask(page, "直接偏好优化")
    expect(page.locator(".pn-hit").first).to_be_visible()
    files = [site.folder / url.removeprefix(site.address) for url in asked if url.startswith(site.address)]
    sizes = {
        path.name: min(len(gzip.compress(path.read_bytes())), path.stat().st_size) for path in files if path.is_file()
    }
    assert len(sizes) > 5
    assert sum(sizes.values()) < 300_000, sizes
