"""How fast `papernotes build` and `serve` are, as ratios to Material for MkDocs over the same notes, in one run.

    python benchmarks/build.py [-n NOTES]

The reference builds the notes alone, as they are written, with Material's own search and without a place in the
navigation: no citations, no backlinks, no pages of works, no second language. One edit is a line more in one note.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from vaults import write_vault

REFERENCE = """
site_name: Reference
docs_dir: {notes}
theme: {{name: material, font: false}}
plugins: [search]
nav: [{{Home: index.md}}]
validation:
  nav: {{omitted_files: ignore}}
  links: {{not_found: ignore, anchors: ignore, unrecognized_links: ignore}}
"""
LOOK, PATIENCE = 0.02, 600.0


class Peak:
    """The most memory that a process and all that it started hold together, in MiB, looked at ten times a second.

    What processes share counts once: proportional set size, which Linux alone tells.
    """

    def __init__(self, process: int) -> None:
        self.process, self.most, self._ended = process, 0, Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def end(self) -> int:
        self._ended.set()
        self._thread.join()
        return self.most

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            self.most = max(self.most, sum(map(_held, _family(self.process))) // 1024)


def _held(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss: +(\d+)", told, re.MULTILINE)
    return int(found[1]) if found else 0


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in children.read_text(encoding="ascii").split():
                yield from _family(int(child))
        except OSError:
            continue


def run(*command: str, cache: Path) -> tuple[float, int]:
    """Seconds and peak memory of a command."""
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment, stderr=subprocess.PIPE, text=True)
    peak = Peak(process.pid)
    _, told = process.communicate()
    taken = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {told}")
    return taken, peak.end()


def add_line(note: Path, word: str) -> None:
    """One edit."""
    note.write_text(f"{note.read_text(encoding='utf-8')}\nA line with the word {word}.\n", encoding="utf-8")


@contextmanager
def preview(vault: Path, cache: Path) -> Generator[str]:
    """A live preview of the vault; yields its address once the site is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "papernotes", "serve", "--vault", str(vault), "--port", str(port)]
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        until_shown(f"http://127.0.0.1:{port}/", "<article")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(120)


def until_shown(address: str, word: str) -> float:
    """Seconds until a page has a word in it."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                if word in answer.read().decode():
                    return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(LOOK)
    raise SystemExit(f"{address} never shows {word!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=300, help="how many notes (default: 300)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault, site, cache = folder / "vault", folder / "site", folder / "cache"
        write_vault(vault, options.n)
        shutil.copytree(vault / "notes", folder / "plain")
        (folder / "plain" / "index.md").write_text("# Reference\n", encoding="utf-8")
        (folder / "mkdocs.yml").write_text(REFERENCE.format(notes=folder / "plain"), encoding="utf-8")
        plain = "mkdocs", "-q", "build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "reference")
        # Once for what it unpacks and remembers for good, such as the words of Chinese.
        run(*plain, cache=cache)
        reference, reference_peak = run(*plain, cache=cache)
        build = "papernotes", "build", "--vault", str(vault), "--site-dir", str(site)
        full, peak = run(*build, cache=cache)
        note = next((vault / "notes").glob("author*.md"))
        add_line(note, "again")
        edited, _ = run(*build, cache=cache)
        with preview(vault, cache) as address:
            add_line(note, "early")
            early = until_shown(f"{address}{note.stem}/", "early")
            time.sleep(max(30.0, 2 * edited))
            shown: list[float] = []
            for word in ("first", "second", "third"):
                add_line(note, word)
                shown.append(until_shown(f"{address}{note.stem}/", word))
                time.sleep(max(3.0, edited))
        pages, plain_pages = (len(list(Path(place).rglob("index.html"))) for place in (site, folder / "reference"))
    print(f"{options.n} notes and {3 * options.n} entries; {len(os.sched_getaffinity(0))} cores")
    print("| what | seconds | to the reference |\n| --- | ---: | ---: |")
    print(f"| Material, {plain_pages} pages | {reference:.1f} | 1 |")
    print(f"| build, {pages} pages | {full:.1f} | {full / reference:.2f} |")
    print(f"| build after one edit | {edited:.1f} | {edited / reference:.2f} |")
    print(f"| an edit on screen under serve, right after the start | {early:.2f} | {early / reference:.2f} |")
    print(f"| an edit on screen under serve, later | {sorted(shown)[1]:.2f} | {sorted(shown)[1] / reference:.2f} |")
    print(f"\nPeak of memory, all processes together: {peak} MiB; the reference: {reference_peak} MiB.")


if __name__ == "__main__":
    main()
