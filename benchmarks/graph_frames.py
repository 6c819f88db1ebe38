"""How long a frame of the graph explorer takes while it moves, in a headless Chromium without a GPU.

    python benchmarks/graph_frames.py [-n NOTES | --vault DIR] [--frames N]

Without a vault it writes one: 3,300 notes give about 10,000 works and 37,000 citations. The explorer is dragged about:
all of it, a part, and the most cited work with everything that leads to it and from it. *frame* is the time between two
frames as the browser shows them (never below 16.7 ms), *drawing* the time until the pixels are there.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import statistics
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from papernotes.config import load_config
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.page import Edition
from papernotes.pages import graph
from vaults import write_vault

ASSETS = Path(__file__).parent.parent / "src" / "papernotes" / "assets"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MOST = 33.4
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<link rel="stylesheet" href="assets/papernotes/papernotes.css">
<body data-md-color-scheme="default"><article class="md-typeset">
<div class="pn-graph" data-pn-data="graph.json"></div></article>
<script type="module">
import { start } from "./assets/papernotes/graph.js";
start([...document.querySelectorAll(".pn-graph")]);
</script></body></html>
"""
DRAG = """async (frames) => {
  const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
  const send = (type, i) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, button: 0, bubbles: true,
    clientX: box.left + 500 + 180 * Math.sin(i / 9), clientY: box.top + 300 + 90 * Math.cos(i / 7),
  }));
  canvas.setPointerCapture = () => {};
  send("pointerdown", 0);
  const times = [];
  for (let i = 0; i <= frames; i++) times.push(await new Promise((seen) => {
    send("pointermove", i);
    requestAnimationFrame(seen);
  }));
  send("pointercancel", frames);
  return times.slice(1).map((time, i) => time - times[i]);
}"""
DRAW = "(frames) => document.querySelector('.pn-graph').explorer.measure(frames)"


def write_page(vault: Path, folder: Path) -> dict[str, Any]:
    """The explorer alone, with the vault's data; what the data hold."""
    config = load_config(vault=vault)
    library, _ = load(config)
    edition = Edition(library, build_graph(library), (), (), config, config.language)
    text = next(iter(graph.files(edition))).text
    shutil.copytree(ASSETS, folder / "assets" / "papernotes")
    (folder / "graph.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    return json.loads(text)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def hub(data: dict[str, Any]) -> str:
    """The work that is cited most."""
    ends = data["cites"][1::2]
    return data["nodes"]["key"][max(set(ends), key=lambda node: (ends.count(node), -node))]


def measure(page: Page, frames: int) -> tuple[Sequence[float], Sequence[float]]:
    page.wait_for_timeout(600)
    return page.evaluate(DRAG, frames), page.evaluate(DRAW, frames)


def row(name: str, frames: Sequence[float], drawing: Sequence[float]) -> str:
    cells = (statistics.median(frames), quantile(frames), statistics.median(drawing), quantile(drawing))
    return f"| {name} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |"


def quantile(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=3300, help="how many notes the vault has that is written (3300)")
    parser.add_argument("--vault", type=Path, help="measure this vault instead")
    parser.add_argument("--frames", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        vault, folder = options.vault or Path(name) / "vault", Path(name) / "site"
        folder.mkdir()
        if options.vault is None:
            write_vault(vault, options.n)
        data = write_page(vault, folder)
        executable = str(CHROMIUM) if CHROMIUM.is_file() else None
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        medians: list[float] = []
        with served(folder) as address:
            print(f"{len(data['nodes']['key'])} works, {len(data['cites']) // 2} citations")
            print("| milliseconds | frame, median | frame, 95 % | drawing, median | drawing, 95 % |")
            print("| --- | ---: | ---: | ---: | ---: |")
            for title, state, zoom in (
                ("all of it", "", 0),
                ("zoomed in", "", 3),
                ("the most cited work, all its lineage", f"#work={hub(data)}&steps=all", 0),
                ("the same, alone", f"#work={hub(data)}&steps=all&only=1", 0),
            ):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(address + state)
                page.wait_for_selector(".pn-graph__panel h2")
                for _ in range(zoom):
                    page.click(".pn-stage__zoom button")
                frames, drawing = measure(page, options.frames)
                medians += [statistics.median(frames), statistics.median(drawing)]
                print(row(title, frames, drawing), flush=True)
                page.close()
        browser.close()
    return int(max(medians) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
