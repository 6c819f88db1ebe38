"""Finds a Chromium for the browser tests; with --install brings one where there is none.

Debian's package where we are root, else the build that Playwright brings. PAPERNOTES_BROWSER names another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """The path of a browser, "" where Playwright has its own, None where there is none."""
    if named := os.environ.get("PAPERNOTES_BROWSER"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return "" if Path(own_browser()).exists() else None


def own_browser() -> str:
    """Where Playwright keeps its own browser, if it has brought one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> int:
    if find_browser() is not None:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("no browser found: installing Debian's chromium", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        packages = ["chromium", "fonts-noto-cjk"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            ["apt-get", "install", "-y", "-qq", *packages], check=False, env=environment, stdout=subprocess.DEVNULL
        )
        return done.returncode
    print("no browser found: installing Playwright's chromium", flush=True)
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    if "--install" in sys.argv:
        sys.exit(install())
    print(find_browser() or own_browser())
