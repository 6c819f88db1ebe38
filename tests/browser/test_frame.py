"""The frame around every page: navigation, languages, schemes, small screens, home."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from serving import Site

from conftest import PageFactory

PAGES = ("", "zh/", "dpo/", "zh/dpo/", "papers/stiennon2020summarize/", "zh/bow-to-embodied-ai/", "topics/alignment/")


def test_the_language_switch_leads_to_the_same_page(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(site.url("zh/dpo/"))
    assert page.evaluate("document.documentElement.lang") == "zh"
    expect(page.locator(".pn-links")).to_contain_text("主题")
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(site.url("dpo/"))


def test_a_page_names_its_other_languages(page: Page, site: Site) -> None:
    page.goto(site.url("zh/dpo/"))
    alternates = page.evaluate(
        "() => Object.fromEntries([...document.head.querySelectorAll('link[hreflang]')].map(l => [l.hreflang, l.href]))"
    )
    assert alternates == {
        "en": site.url("dpo/"),
        "zh": site.url("zh/dpo/"),
        "x-default": site.url("dpo/"),
    }


def test_a_page_without_translation_leads_to_the_nearest(page: Page, site: Site) -> None:
    """Rules are documented in English only."""
    page.goto(site.url("rules/unknown-citekey/"))
    switch = page.get_by_role("link", name="中文")
    expect(switch).to_have_attribute("title", "this page is not translated yet")
    assert page.locator("head link[hreflang]").count() == 0
    switch.click()
    page.wait_for_url(re.compile("/zh/"))


def test_navigation_leads_only_where_something_is(page: Page, site: Site) -> None:
    page.goto(site.url("zh/dpo/"))
    links = page.locator(".pn-links a, .pn-footer nav a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 6
    for link in dict.fromkeys(links):
        assert page.request.get(link).status == 200, link


def test_navigation_marks_the_page_itself(page: Page, site: Site) -> None:
    page.goto(site.url("bibliography/"))
    expect(page.locator(".pn-links a[aria-current=page]")).to_have_text("Bibliography")


def test_the_scheme_follows_the_reader_and_is_kept(new_page: PageFactory, site: Site) -> None:
    page = new_page(color_scheme="dark")
    page.goto(site.url("dpo/"))
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 23, 28)"
    page.locator(".pn-palette label:visible").click()
    page.wait_for_function(f"{background} === 'rgb(255, 255, 255)'")
    page.goto(site.url("zh/"))
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    assert page.locator(".pn-palette label:visible").get_attribute("title") == "深色模式"


def test_a_dark_reader_sees_no_bright_page_first(new_page: PageFactory, site: Site) -> None:
    page = new_page(color_scheme="dark")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(site.url("dpo/"))
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.emulate_media(color_scheme="light")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'default'")


def test_the_scheme_is_switched_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    scheme = page.locator("body")
    page.locator(".pn-language").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".pn-palette input:checked")).to_be_focused()
    page.keyboard.press("Enter")
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
    page.keyboard.press("ArrowLeft")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    expect(page.locator(".pn-palette input:checked")).to_be_focused()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_need_not_scroll_sideways(phone: Page, site: Site, path: str) -> None:
    phone.goto(site.url(path))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_menu_of_a_phone_opens_by_touch_and_by_keyboard(phone: Page, site: Site) -> None:
    phone.goto(site.url("dpo/"))
    summary = phone.locator(".pn-menu summary")
    topics = phone.locator(".pn-menu a", has_text="Topics")
    expect(topics).to_be_hidden()
    summary.tap()
    expect(topics).to_be_visible()
    expect(phone.locator(".pn-menu a", has_text="Results")).to_be_visible()
    summary.tap()
    summary.focus()
    phone.keyboard.press("Enter")
    expect(topics).to_be_visible()
    phone.keyboard.press("Tab")
    expect(topics).to_be_focused()
    phone.keyboard.press("Escape")
    expect(topics).to_be_hidden()
    expect(summary).to_be_focused()
    summary.tap()
    phone.locator(".pn-menu a", has_text="Results").tap()
    expect(topics).to_be_hidden()
    expect(phone.locator("#results")).to_be_in_viewport()
    summary.tap()
    topics.tap()
    phone.wait_for_url(site.url("topics/"))


def test_the_frame_works_without_scripts(new_page: PageFactory, site: Site) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(site.url("zh/dpo/"))
    page.locator(".pn-menu summary").click()
    page.locator(".pn-menu").get_by_role("link", name="文献", exact=True).click()
    page.wait_for_url(site.url("zh/bibliography/"))
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(site.url("bibliography/"))


def test_home_shows_topics_paths_corrections_and_questions(page: Page, site: Site) -> None:
    page.goto(site.url())
    cards = page.locator(".pn-cards li")
    assert cards.count() >= 15
    expect(cards.first.locator("small")).to_have_text(re.compile(r"^\d+ notes$"))
    trail = page.locator(".pn-trails li").first
    assert trail.locator("a[data-pn-card]").count() >= 3
    for heading in ("Often said wrongly", "Not known yet", "Newest notes"):
        expect(page.locator("h2", has_text=heading)).to_be_visible()
    for excerpt in page.locator(".pn-excerpts small a").all():
        target = urlsplit(excerpt.get_attribute("href") or "")
        assert target.fragment
    cards.first.click(position={"x": 20, "y": 60})
    page.wait_for_url(re.compile("/topics/"))


def test_the_favicon_is_our_own(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    icons = page.locator("link[rel=icon]")
    assert icons.count() == 1
    answer = page.request.get(site.url("assets/papernotes/favicon.svg"))
    assert answer.status == 200
    assert "svg" in answer.headers["content-type"]
