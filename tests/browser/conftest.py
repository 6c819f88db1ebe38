"""This repository's own vault as a built site under a base path on loopback, and a real Chromium that visits it.

`site.url("dpo/")` is an address of the site, `page` a fresh page of 1280 pixels, `new_page(...)` makes others (a dark
one, a phone). A test fails if its pages log an error, miss a file, or ask anything outside loopback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright
from serving import Site, serving

from find_browser import find_browser

VAULT = Path(__file__).parent.parent.parent
LOOPBACK = ("127.0.0.1", "localhost")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PageFactory = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this vault, built once a session. PAPERNOTES_SITE names one built before, to write tests quickly."""
    built = os.environ.get("PAPERNOTES_SITE")
    folder = Path(built) if built else tmp_path_factory.mktemp("site")
    with serving(folder) as site:
        if not built:
            command = [sys.executable, "-m", "papernotes", "build", "--vault", str(VAULT), "--site-dir", str(folder)]
            environment = {**os.environ, "SITE_URL": site.address}
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
            )
            assert done.returncode == 0, done.stderr[-4000:]
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_browser() or None
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[PageFactory]:
    """Makes pages from the options of a Playwright context: `new_page(color_scheme="dark")`."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # Chromium logs what it could not load too; `on_response` says which file that was.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in LOOPBACK:
            faults.append(f"leaves loopback: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            faults.append(f"{response.status}: {response.url}")

    def make(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # pyright: ignore
        contexts.append(context)
        context.on("console", on_console)
        context.on("weberror", lambda error: faults.append(f"exception: {error.error}"))
        context.on("request", on_request)
        context.on("response", on_response)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: PageFactory) -> Page:
    """A page of 1280 pixels in the light scheme."""
    return new_page()


@pytest.fixture
def phone(new_page: PageFactory) -> Page:
    """A touch screen of 390 pixels."""
    return new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
