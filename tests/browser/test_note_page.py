"""The page of a note: cards by mouse, keyboard and touch, backlinks that lead back, copying, paper, and no scripts."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect
from serving import Site

from conftest import PageFactory

CITATION = "#cite-ouyang2022instructgpt-1"
GAP = "#cite-stiennon2020summarize-1"


def test_a_card_follows_the_mouse_and_lets_it_in(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    card = page.locator(".pn-card")
    page.hover(CITATION)
    expect(card).to_contain_text("Training language models to follow instructions with human feedback")
    expect(card).to_contain_text("Long Ouyang, Jeff Wu, Xu Jiang et al. · NeurIPS 2022, first posted March 2022")
    expect(card).to_contain_text("GPT-3 becomes a usable assistant in three steps")
    expect(card.locator(".pn-card__state")).to_have_text(re.compile("^note: paper · InstructGPT", re.IGNORECASE))
    expect(page.locator(CITATION)).to_have_attribute("aria-describedby", "pn-card")
    card.hover()
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.mouse.move(5, 500)
    expect(card).to_have_count(0)
    expect(page.locator(CITATION)).not_to_have_attribute("aria-describedby", "pn-card")
    assert page.url == site.url("dpo/")


def test_a_card_of_a_gap_says_so_and_how_wanted_it_is(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.hover(GAP)
    state = page.locator(".pn-card__state--gap")
    expect(state).to_have_text(re.compile(r"^no note yet · cited in \d+ notes$"))


def test_a_card_comes_with_the_keyboard_and_goes_with_escape(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    before = page.locator("a[data-pn-card]", has_text="InstructGPT").first
    before.evaluate("link => link.focus({focusVisible: true})")
    page.keyboard.press("Tab")
    expect(page.locator(CITATION)).to_be_focused()
    card = page.locator(".pn-card")
    expect(card).to_contain_text("Training language models")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(CITATION)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("instructgpt/"))


def test_a_first_touch_shows_the_card_and_its_link_leads_on(phone: Page, site: Site) -> None:
    phone.goto(site.url("dpo/"))
    phone.tap(CITATION)
    card = phone.locator(".pn-card")
    expect(card).to_contain_text("Training language models")
    assert phone.url == site.url("dpo/")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    phone.touchscreen.tap(200, 100)
    expect(card).to_have_count(0)
    phone.tap(CITATION)
    card.locator("a").tap()
    phone.wait_for_url(site.url("instructgpt/"))


def test_cards_are_fetched_when_asked_for(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url("dpo/"), wait_until="networkidle")
    assert not [url for url in asked if "/cards/" in url]
    page.hover(CITATION)
    expect(page.locator(".pn-card")).to_be_visible()
    assert [url for url in asked if "/cards/" in url] == [site.url("cards/papers/ouyang2022instructgpt.json")]


def test_a_chinese_page_has_chinese_cards(page: Page, site: Site) -> None:
    page.goto(site.url("zh/dpo/"))
    page.locator("article a.pn-cite").first.hover()
    expect(page.locator(".pn-card__state")).to_contain_text("笔记")


def test_a_backlink_leads_to_the_sentence_and_back(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    extended = page.locator("h3#extended-by + .pn-connections")
    item = extended.locator("li", has_text="From r to Q*")
    expect(item.locator(".pn-reason")).to_have_text("analyses")
    quoted = item.locator("blockquote p").first
    sentence = quoted.inner_text().removesuffix("↗").strip()
    quoted.locator("a.pn-place").click()
    page.wait_for_url(re.compile(r"/from-r-to-q/#cite-rafailov2023dpo-1$"))
    target = page.locator("#cite-rafailov2023dpo-1")
    expect(target).to_be_in_viewport()
    assert sentence in target.locator("xpath=ancestor::*[self::p or self::li][1]").inner_text()
    target.click()
    page.wait_for_url(site.url("dpo/"))


def test_connections_are_grouped_by_relation(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    builds_on = page.locator("h3#builds-on + .pn-connections li").first
    expect(builds_on).to_contain_text("Deep Reinforcement Learning from Human Preferences")
    expect(builds_on.locator(".pn-reason")).to_have_text("extends")
    compared = page.locator("h3#compared-with + .pn-connections")
    expect(compared).to_contain_text("Proximal Policy Optimization Algorithms")
    expect(compared.locator(".pn-reason", has_text="competes with")).not_to_have_count(0)


def test_references_lead_back_to_every_mention(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    item = page.locator(".pn-references li", has=page.locator("#ref-ouyang2022instructgpt"))
    back = item.locator(".pn-back a")
    mentions = page.locator('[id^="cite-ouyang2022instructgpt-"]')
    assert back.count() == mentions.count() > 1
    back.last.click()
    expect(mentions.last).to_be_in_viewport()
    assert mentions.last.evaluate("element => element.matches(':target')")


@pytest.mark.parametrize(
    ("form", "start"),
    [("BibTeX", "@inproceedings{rafailov2023dpo,"), ("CSL-JSON", "[\n"), ("Plain text", "Rafael Rafailov, Archit")],
)
def test_a_citation_is_copied(new_page: PageFactory, site: Site, form: str, start: str) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site.url("dpo/"))
    details = page.locator(".pn-work-forms details", has=page.locator("summary", has_text=form))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    button = details.locator("button.pn-copy")
    button.click()
    expect(button).to_have_attribute("aria-label", "Copied to clipboard")
    page.wait_for_function("start => navigator.clipboard.readText().then(text => text.startsWith(start))", arg=start)
    if form == "CSL-JSON":
        item = json.loads(page.evaluate("navigator.clipboard.readText()"))[0]
        assert item["author"][0] == {"family": "Rafailov", "given": "Rafael"}
        assert item["issued"] == {"date-parts": [[2023, 5]]}


def test_an_error_is_reported_with_the_note_and_its_version(page: Page, site: Site) -> None:
    page.goto(site.url("zh/dpo/"))
    edit, report = (page.locator(".pn-actions a").nth(number).get_attribute("href") or "" for number in (1, 2))
    assert edit.endswith("/edit/main/notes/zh/dpo.md")
    assert "/issues/new?" in report
    assert "notes%2Fzh%2Fdpo.md" in report
    assert re.search(r"2026-\d\d-\d\d\+%28[0-9a-f]{8}%29", report)


def test_an_entry_page_offers_its_note_and_says_who_cites_it(page: Page, site: Site) -> None:
    page.goto(site.url("papers/stiennon2020summarize/"))
    offer = page.locator(".pn-offer")
    expect(offer.locator("code")).to_have_text("papernotes new stiennon2020summarize")
    assert "/issues/new?" in (offer.locator("a").get_attribute("href") or "")
    ties = page.locator(".pn-ties")
    expect(ties.locator("a", has_text="DPO: Direct Preference Optimization").first).to_be_visible()
    expect(ties.locator("blockquote").first).to_contain_text("Stiennon et al., 2020")


def test_without_scripts_everything_is_there(new_page: PageFactory, site: Site) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site.url("dpo/"))
    for text in ("Problem", "In the citation graph", "References", "Cite this note"):
        expect(page.locator("article :is(h2, h3)", has_text=text).first).to_be_visible()
    expect(page.locator("#ref-ouyang2022instructgpt")).to_be_attached()
    page.locator(".pn-work-forms summary", has_text="CSL-JSON").click()
    expect(page.locator(".pn-work-forms pre", has_text='"given": "Rafael"')).to_be_visible()
    page.locator(CITATION).click()
    page.wait_for_url(site.url("instructgpt/"))


def test_on_paper_there_is_the_note_and_where_its_references_are(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".pn-header", ".pn-footer", ".md-sidebar--secondary", ".pn-actions", ".pn-ties", ".pn-back"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator("#problem")).to_be_visible()
    reference = page.locator(".pn-references li", has=page.locator("#ref-ouyang2022instructgpt"))
    printed = reference.locator(".pn-out").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://arxiv.org/abs/2203.02155" in printed
    note = page.locator("#cite-note ~ details pre", has_text="papernotes, version")
    expect(note).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("article p").last.evaluate("element => getComputedStyle(element).color") == "rgb(0, 0, 0)"


def test_marked_statements_have_a_colour_and_a_sign_each(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    looks = page.evaluate(
        """() => [...document.querySelectorAll('.admonition')].map(box => [
          [...box.classList].slice(1).join(' '),
          getComputedStyle(box).borderLeftColor,
          getComputedStyle(box.querySelector('.admonition-title'), '::before').maskImage.length > 40,
        ])"""
    )
    kinds = {kind: colour for kind, colour, _ in looks}
    assert {"correction", "takeaway", "opinion", "question answered"} <= set(kinds)
    assert len(set(kinds.values())) == len(kinds)
    assert all(signed for _, _, signed in looks)


def test_a_wide_table_scrolls_by_keyboard_and_the_page_does_not(phone: Page, site: Site) -> None:
    phone.goto(site.url("llama-1-2-3/"))
    table = phone.locator(".md-typeset__scrollwrap").first
    expect(table).to_have_attribute("tabindex", "0")
    expect(table).to_have_attribute("role", "group")
    assert table.get_attribute("aria-label")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_numbers_stand_where_they_come_from_and_lead_to_the_comparison(page: Page, site: Site) -> None:
    page.goto(site.url("llama-1-2-3/"))
    row = page.locator(".pn-numbers tr", has_text="LLaMA-65B").first
    expect(row).to_contain_text("65.2B")
    expect(row.locator("td").last).to_have_text("Table 2")
    page.locator("article a", has_text="Compare with other models").click()
    page.wait_for_url(site.url("compare/"))


def test_an_author_leads_to_their_other_works(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.locator(".pn-facts a", has_text="Stefano Ermon").click()
    page.wait_for_url(re.compile(r"/authors/#"))
    works = page.locator("details", has=page.locator("#ermon-stefano"))
    expect(works.get_by_role("link", name="Direct Preference Optimization: Your Language")).to_be_visible()
    expect(works.locator("summary")).to_be_in_viewport()


def test_a_figure_opens_large_and_closes_by_keyboard(page: Page, site: Site) -> None:
    """This vault's notes have no such figure yet: one is put into a page on its way."""
    figure = (
        '<figure class="pn-figure"><img alt="A sign" src="../assets/papernotes/favicon.svg" width="24" height="24">'
        "<figcaption>The <em>sign</em></figcaption></figure></article>"
    )

    def with_figure(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</article>", figure, 1))

    page.route("**/dpo/", with_figure)
    page.goto(site.url("dpo/"))
    opener = page.get_by_role("button", name="A sign")
    opener.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="A sign")
    expect(box).to_be_visible()
    expect(box.locator("p em")).to_have_text("sign")
    width = box.locator("img").evaluate("image => image.getBoundingClientRect().width")
    assert width > 400
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    page.mouse.click(3, 3)
    expect(box).to_have_count(0)


def test_nothing_moves_for_readers_who_do_not_want_it(new_page: PageFactory, site: Site) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(site.url("dpo/"))
    page.hover(CITATION)
    card = page.locator(".pn-card")
    expect(card).to_be_visible()
    assert card.evaluate("card => getComputedStyle(card).animationName") == "none"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')]"
        ".filter(element => parseFloat(getComputedStyle(element).transitionDuration) > 0.01).length"
    )
    assert moving == 0
