"""A reader without a mouse gets everywhere, sees where they are, and is kept nowhere."""

from __future__ import annotations

import re
from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect
from serving import Site

from conftest import PageFactory

MOST_STOPS = 600
# What has the focus; whether a ring shows it (on it, its label, the form around it, or its shapes in a drawing); and
# whether nothing lies over it.
STOP = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    element.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
    const shown = [element, element.nextElementSibling, ...(element.labels ?? [])].filter(Boolean);
    const ringed = [...shown, element.closest("form"), ...element.querySelectorAll("rect, circle")].some((part) => {
        const style = part ? getComputedStyle(part) : {};
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
            || (part?.matches("rect, circle") && parseFloat(style.strokeWidth) >= 2);
    });
    const free = shown.some((part) => {
        const box = part.getClientRects()[0];
        if (!box) return false;
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
        const there = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
        return part.contains(there) || there?.contains(part);
    });
    return {number: Number(element.dataset.stop), what: element.outerHTML.slice(0, 160), ringed, free};
}"""


class Stop(TypedDict):
    number: int
    what: str
    ringed: bool
    free: bool


def walk(page: Page) -> list[Stop]:
    """Every place where the tab key stops, up to the end of the page."""
    stops: list[Stop] = []
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop: Stop | None = page.evaluate(STOP)
        if stop is None or stop["number"] < len(stops):
            return stops
        stops.append(stop)
    raise AssertionError(f"the focus comes to no end: {stops[-3:]}")


@pytest.mark.parametrize(
    "address", ["", "dpo/", "zh/llama-1-2-3/", "topics/alignment/", "graph/", "timeline/", "search/?q=CLIP", "new/"]
)
def test_the_focus_goes_through_the_page_and_is_always_seen(new_page: PageFactory, site: Site, address: str) -> None:
    # Otherwise the page still glides to where the focus is.
    page = new_page(reduced_motion="reduce")
    page.goto(site.url(address), wait_until="networkidle")
    stops = walk(page)
    footer = page.locator(".pn-footer a").last.get_attribute("data-stop")
    assert footer == str(len(stops) - 1), stops[-1]
    assert [stop["what"] for stop in stops if not stop["ringed"]] == []
    assert [stop["what"] for stop in stops if not stop["free"]] == []


@pytest.mark.parametrize(("address", "says"), [("dpo/", "Skip to content"), ("zh/dpo/", "跳转至")])
def test_the_first_stop_leads_past_the_header(page: Page, site: Site, address: str, says: str) -> None:
    page.goto(site.url(address))
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_have_text(re.compile(says))
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_a_comparison_is_sorted_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url("compare/"))
    heading = page.locator(".pn-sortable th").nth(2)
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    first = heading.get_attribute("aria-sort")
    rows = page.locator(".pn-sortable tbody").first.locator("tr td:first-child")
    order = rows.all_inner_texts()
    page.keyboard.press("Space")
    assert {first, heading.get_attribute("aria-sort")} == {"ascending", "descending"}
    assert rows.all_inner_texts() != order
    expect(heading.locator("button")).to_be_focused()


def test_facets_are_chosen_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url("search/?q=attention"))
    facet = page.get_by_label("concept")
    expect(facet).to_be_visible()
    facet.focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("kind=concept"))
    expect(facet).to_be_checked()
    expect(facet).to_be_focused()
    expect(page.locator(".pn-hit__about").first).to_contain_text("concept")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("q=attention$"))


def test_code_is_copied_by_keyboard(new_page: PageFactory, site: Site) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site.url("rules/unknown-citekey/"))
    button = page.locator("button.pn-copy").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-label", "Copied to clipboard")
    code = button.locator("xpath=../code").inner_text()
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.strip()


@pytest.mark.parametrize(
    ("address", "what"), [("llama-1-2-3/", ".md-typeset__scrollwrap"), ("rules/unknown-citekey/", "article pre > code")]
)
def test_what_is_wide_scrolls_by_keyboard(phone: Page, site: Site, address: str, what: str) -> None:
    phone.goto(site.url(address))
    place = phone.locator(f"{what}[tabindex='0'][aria-label]").first
    place.focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    phone.wait_for_function("place => place.scrollLeft > 0", arg=place.element_handle())
