"""How fast `papernotes check` is, as ratios to what any checker of the same files must do, measured in one run.

    python benchmarks/check.py [-n NOTES]

The floor reads every file, parses every front matter with the C YAML loader, scans every text once, and splits
papers.bib with bibtexparser. The rendering floor adds one conversion of every note by plain Python-Markdown.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import markdown
import yaml
from bibtexparser.splitter import Splitter

from papernotes.rendering import EXTENSIONS
from vaults import write_vault


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def floor(vault: Path) -> None:
    """What no checker can do without."""
    for path in vault.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        yaml.load(text.split("---\n")[1], Loader=yaml.CSafeLoader)  # the C loader is the safe one
        re.findall(r"@[A-Za-z0-9]+", text)
    Splitter((vault / "papers.bib").read_text(encoding="utf-8")).split()


def rendering(vault: Path) -> None:
    """What rendering adds: Python-Markdown with the site's extensions."""
    converter = markdown.Markdown(extensions=[*EXTENSIONS, "toc"], extension_configs=EXTENSIONS)
    for path in vault.rglob("*.md"):
        converter.reset()
        converter.convert(path.read_text(encoding="utf-8").split("---\n", 2)[2])


def check(vault: Path, cache: Path, cores: int | None = None) -> tuple[float, int]:
    """Seconds and peak megabytes of one run of the command; `cores` binds it to so many."""
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    command = [sys.executable, "-m", "papernotes", "check", "--vault", str(vault), "-q"]
    if cores is not None:
        command = ["taskset", "-c", f"0-{cores - 1}", *command]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"check failed: exit {done.returncode}")
    return taken, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=1000, help="how many notes (default: 1000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        write_vault(vault, options.n)
        least = seconds(lambda: floor(vault))
        rendered = least + seconds(lambda: rendering(vault))
        one, _ = check(vault, Path(folder) / "one", 1)
        two, peak = check(vault, Path(folder) / "two", 2)
        warm, _ = check(vault, Path(folder) / "two", 2)
        note = next((vault / "notes").glob("author*.md"))
        note.write_text(note.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
        edited, _ = check(vault, Path(folder) / "two", 2)
    print(f"notes {options.n}, entries {3 * options.n}")
    print("| what | ratio |\n| --- | ---: |")
    print(f"| rendering floor to floor | {rendered / least:.2f} |")
    print(f"| check cold, one core, to the rendering floor | {one / rendered:.2f} |")
    print(f"| check cold, two cores, to the rendering floor | {two / rendered:.2f} |")
    print(f"| check warm to the floor | {warm / least:.2f} |")
    print(f"| check warm after one edit, to cold on one core | {edited / one:.2f} |")
    print(f"| peak memory of a process | {peak} MiB |")


if __name__ == "__main__":
    main()
