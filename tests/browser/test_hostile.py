"""The hostile vault in a real browser: no script of a note runs, with the site's policy and without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request
from serving import Site, serving

VAULT = Path(__file__).parent.parent / "torture" / "vault"
WATCH = """
window.ran = [];
window.canary = (number) => { window.ran.push(number); };
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# Everything that a reader could do by accident: hover, focus, open, close, submit.
PROVOKE = """
async () => {
  for (const details of document.querySelectorAll("details")) details.open = !details.open;
  for (const element of document.querySelectorAll("article *, header *, footer *")) {
    for (const kind of ["mouseover", "mouseenter", "pointerover", "focus", "toggle", "begin", "error", "load"]) {
      element.dispatchEvent(new Event(kind));
    }
  }
  for (const link of document.querySelectorAll("article a, article summary, article b, article p")) {
    link.addEventListener("click", (event) => event.preventDefault(), { once: true });
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
}
"""
# Links of drawings have an address of another kind.
PROTOCOLS = """
links => links.map(link => link.href.baseVal ?? link.href).filter(Boolean).map(href => new URL(href, location).protocol)
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving(folder) as site:
        command = [
            sys.executable,
            "-m",
            "papernotes",
            "build",
            "--no-check",
            "--vault",
            str(VAULT),
            "--site-dir",
            str(folder),
        ]
        done = subprocess.run(
            command, env={**os.environ, "SITE_URL": site.address}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        yield site


def addresses(site: Site) -> list[str]:
    """Every page that holds something of the vault: not those of the rules, nor those that only lead to another."""
    pages = [path for path in sorted(site.folder.rglob("index.html")) if "rules" not in path.parts]
    pages = [path for path in pages if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")]
    return [f"{path.parent.relative_to(site.folder).as_posix()}/".removeprefix("./") for path in pages]


class Visit:
    """Pages that note every script that ran, every dialog, and every request that leaves loopback."""

    def __init__(self, browser: Browser, *, bypass_csp: bool) -> None:
        self.context: BrowserContext = browser.new_context(bypass_csp=bypass_csp)
        self.context.add_init_script(WATCH)
        self.context.on("request", self._on_request)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.found.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.found: list[str] = []

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "data:", "blob:")):
            self.found.append(f"request {request.url}")

    def see(self, site: Site, address: str) -> None:
        self.page.goto(site.url(address), wait_until="load")
        self.page.evaluate(PROVOKE)
        self.found += (f"{address} ran {number}" for number in self.page.evaluate("window.ran"))
        self.found += (f"{address} violates {what}" for what in self.page.evaluate("window.violations"))


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with its policy", "without a policy"])
def test_nothing_runs_and_nothing_is_asked_of_others(browser: Browser, hostile: Site, bypass_csp: bool) -> None:
    visit = Visit(browser, bypass_csp=bypass_csp)
    pages = addresses(hostile)
    assert len(pages) > 30
    for address in pages:
        visit.see(hostile, address)
    visit.context.close()
    assert visit.found == []


def test_the_canary_would_be_heard(browser: Browser, hostile: Site) -> None:
    """What this test looks for happens where nobody prevents it; the policy alone prevents it too."""
    heard = Visit(browser, bypass_csp=True)
    inject = "() => { document.querySelector('article').innerHTML = '<img src=x onerror=canary(1)>'; }"
    heard.page.goto(hostile.url())
    heard.page.evaluate(inject)
    heard.page.wait_for_function("window.ran.length === 1")
    heard.context.close()
    guarded = Visit(browser, bypass_csp=False)
    guarded.page.goto(hostile.url())
    guarded.page.evaluate(inject)
    guarded.page.wait_for_function("window.violations.length === 1")
    assert guarded.page.evaluate("window.ran") == []
    guarded.context.close()


def test_the_theme_finds_its_own_elements(browser: Browser, hostile: Site) -> None:
    visit = Visit(browser, bypass_csp=False)
    visit.page.goto(hostile.url("clobbering/"))
    assert visit.page.evaluate("document.getElementById('__config').tagName") == "SCRIPT"
    assert visit.page.evaluate("document.getElementById('__search')?.closest('article') ?? null") is None
    assert visit.page.evaluate("typeof document.getElementById") == "function"
    assert visit.page.evaluate("document.forms instanceof HTMLCollection")
    visit.context.close()


def test_an_open_element_leaves_the_frame_alone(browser: Browser, hostile: Site) -> None:
    visit = Visit(browser, bypass_csp=False)
    names = [address for address in addresses(hostile) if address.startswith("swallowing-")]
    assert len(names) == 7
    for address in [*names, "closing/"]:
        visit.page.goto(hostile.url(address))
        assert visit.page.locator("footer.pn-footer").is_visible()
        assert visit.page.locator("article").get_by_text(f"PNTAIL-{address.rstrip('/')}").is_visible()
        assert visit.page.locator("article h2#cite").is_visible()
    visit.context.close()


def test_links_lead_where_links_may_lead(browser: Browser, hostile: Site) -> None:
    visit = Visit(browser, bypass_csp=True)
    for address in ("links/", "zh/links/", "elements/", "drawings/", "citing/", "headings/"):
        visit.page.goto(hostile.url(address))
        protocols = visit.page.eval_on_selector_all("a", PROTOCOLS)
        assert set(protocols) <= {"http:", "https:", "mailto:"}, address
    visit.context.close()


def test_what_is_found_and_shown_is_text(browser: Browser, hostile: Site) -> None:
    """Titles and texts also come to pages by scripts: in the search, on cards, in the graph."""
    visit = Visit(browser, bypass_csp=True)
    visit.page.goto(hostile.url("citing/"))
    visit.page.locator("a[data-pn-card]").first.hover()
    visit.page.wait_for_timeout(800)
    for address in ("search/?q=trap", "search/?q=canary", "graph/"):
        visit.page.goto(hostile.url(address), wait_until="networkidle")
        visit.page.evaluate(PROVOKE)
        assert visit.page.evaluate("window.ran") == [], address
    assert visit.found == []
    visit.context.close()
