"""Formulas and diagrams in a browser: there at once, in both schemes, and never wider than a reader can reach."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Request
from serving import Site

PageFactory = Callable[..., Page]
FORMULAS, DIAGRAM, LONG_DIAGRAM, PLAIN = "dpo/", "albef/", "bow-to-embodied-ai/", "contribute/"


def asked_for(page: Page, address: str) -> list[str]:
    requests: list[str] = []

    def note(request: Request) -> None:
        requests.append(request.url)

    page.on("request", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("request", note)
    return requests


def scrolls(page: Page) -> bool:
    """Whether what has the focus scrolls. The page's policy forbids Playwright's own way to wait for it."""
    for _ in range(50):
        if page.evaluate("() => document.activeElement.scrollLeft > 0"):
            return True
        page.wait_for_timeout(100)
    return False


def test_formulas_need_no_script(new_page: PageFactory, site: Site) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site.url(FORMULAS))
    formula = page.locator("div.arithmatex .katex-display").first
    assert formula.is_visible()
    assert formula.bounding_box()["height"] > 20  # type: ignore[index]
    assert not page.get_by_text(re.compile(r"\\\[|\\\(|\$\$")).first.is_visible()


def test_formulas_are_read_as_mathematics(page: Page, site: Site) -> None:
    page.goto(site.url(FORMULAS))
    count = page.locator(".arithmatex").count()
    assert count > 10
    assert page.locator(".arithmatex math annotation").count() == count
    assert page.locator('.arithmatex .katex-html[aria-hidden="true"]').count() == count


def test_formulas_have_their_fonts(page: Page, site: Site) -> None:
    requests = asked_for(page, site.url(FORMULAS))
    assert any(url.endswith("KaTeX_Main-Regular.woff2") for url in requests)
    assert page.evaluate("document.fonts.check('16px KaTeX_Main')")
    assert not any(url.endswith(".js") and "katex" in url for url in requests)


def test_a_page_without_formulas_asks_for_none_of_it(page: Page, site: Site) -> None:
    assert not [url for url in asked_for(page, site.url(PLAIN)) if "katex" in url.lower()]


def test_a_wide_formula_scrolls_by_keyboard_and_the_page_does_not(phone: Page, site: Site) -> None:
    phone.goto(site.url(FORMULAS), wait_until="networkidle")
    wide = phone.locator("div.arithmatex[tabindex='0']")
    assert wide.count() > 0
    assert wide.first.get_attribute("aria-label") == "Formula"
    wide.first.focus()
    phone.keyboard.press("ArrowRight")
    assert scrolls(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_wide_screen_no_formula_takes_the_focus(page: Page, site: Site) -> None:
    page.goto(site.url(DIAGRAM), wait_until="networkidle")
    assert page.locator("div.arithmatex").count() > 0
    assert page.locator("div.arithmatex[tabindex]").count() == 0


def test_a_diagram_is_a_drawing_with_its_source_as_alternative(page: Page, site: Site) -> None:
    page.goto(site.url(DIAGRAM))
    diagram = page.get_by_role("img", name="flowchart LR; I[")
    assert diagram.is_visible()
    assert diagram.locator("text").filter(has_text="multimodal encoder").is_visible()
    assert page.locator("pre", has_text="flowchart").count() == 0


def test_a_diagram_follows_the_scheme(new_page: PageFactory, site: Site) -> None:
    colours: list[list[str]] = []
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        page.goto(site.url(DIAGRAM))
        parts = (".pn-diagram text", ".pn-diagram-node", ".pn-diagram-back", ".pn-diagram-head")
        read = "element => getComputedStyle(element).fill"
        colours.append([page.locator(part).first.evaluate(read) for part in parts])
    assert all(light != dark for light, dark in zip(*colours, strict=True))


def test_a_long_diagram_scrolls_and_can_still_be_read(phone: Page, site: Site) -> None:
    phone.goto(site.url(LONG_DIAGRAM), wait_until="networkidle")
    diagram = phone.locator(".pn-diagram").first
    assert diagram.get_attribute("tabindex") == "0"
    scale = diagram.locator("svg").evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert scale * 14 > 10
    diagram.focus()
    phone.keyboard.press("ArrowRight")
    # The page's policy forbids the evaluation by which Playwright would wait for this.
    for _ in range(50):
        if diagram.evaluate("place => place.scrollLeft") > 0:
            break
        phone.wait_for_timeout(100)
    assert diagram.evaluate("place => place.scrollLeft") > 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_moves_while_fonts_come(page: Page, site: Site) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(site.url(FORMULAS), wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.02
