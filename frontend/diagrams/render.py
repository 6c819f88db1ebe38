"""Mermaid blocks of a vault → drawings in notes/assets/diagrams/, which are committed: who builds a site needs no Node.

    python frontend/diagrams/render.py [--vault DIR] [--all]

Draws what has no drawing yet (with --all, everything anew) and removes the drawings that no note asks for any more.
Needs Mermaid (`npm ci` in this folder) and Chromium, which sees no network.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from papernotes.config import load_config
from papernotes.diagrams import FOLDER, diagrams_in, drawing_path, is_drawn, refusal
from papernotes.library import load
from papernotes.sanitizing import sanitize
from papernotes.writing import write

HERE = Path(__file__).parent
MERMAID = HERE / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
CHROMIUM = Path("/usr/bin/chromium")


def wanted(vault: Path) -> dict[str, str]:
    """The source of every diagram that can be drawn, by the path of its drawing."""
    library, _ = load(load_config(vault=vault))
    texts = (document.source.text for document in (*library.originals, *library.translations))
    sources = (diagram.source for text in texts for diagram in diagrams_in(text))
    return {drawing_path(source): source for source in sources if is_drawn(source) and not refusal(source)}


def draw(page: Page, source: str, path: str) -> str:
    """One diagram as SVG. Raises playwright's Error for what Mermaid cannot read."""
    svg: str = page.evaluate("([source, key]) => draw(source, key)", [source, Path(path).stem])
    if "<path" not in sanitize(svg) and "<rect" not in sanitize(svg):
        raise Error("nothing was drawn")
    return svg


def draw_all(notes: Path, sources: Iterable[tuple[str, str]]) -> int:
    """Write the drawings; returns how many diagrams could not be drawn."""
    failed = 0
    with sync_playwright() as playwright:
        executable = str(CHROMIUM) if CHROMIUM.is_file() else None
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        page.set_content("<!doctype html><body></body>")
        page.add_script_tag(path=MERMAID)
        page.add_script_tag(path=HERE / "draw.js")
        for path, source in sources:
            try:
                write(notes / path, draw(page, source, path))
            except Error as error:
                failed += 1
                print(f"not drawn: {source.strip().splitlines()[:3]}: {error.message.splitlines()[0]}", file=sys.stderr)
        browser.close()
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vault", type=Path, default=Path.cwd(), help="the folder of papers.bib and notes/")
    parser.add_argument("--all", action="store_true", help="draw everything anew")
    options = parser.parse_args()
    if not MERMAID.is_file():
        print(f"Mermaid is missing: run `npm ci` in {HERE}", file=sys.stderr)
        return 2
    notes: Path = options.vault / "notes"
    sources = wanted(options.vault)
    present = {f"{FOLDER}/{path.name}" for path in (notes / FOLDER).glob("*.svg")}
    stale = present - set(sources)
    for path in stale:
        (notes / path).unlink()
    missing = {path: source for path, source in sources.items() if options.all or path not in present}
    failed = draw_all(notes, missing.items()) if missing else 0
    drawn = len(missing) - failed
    print(f"{len(sources)} diagrams: {drawn} drawn, {len(stale)} removed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
