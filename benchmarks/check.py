"""How fast `papernotes check` is, as ratios to what any checker of the same files must do, measured in one run.

    python benchmarks/check.py [-n NOTES] [--rounds ROUNDS]

The floor reads every file, parses every front matter with the C YAML loader, scans every text once, and splits
papers.bib with bibtexparser. The rendering floor adds one conversion of every note by plain Python-Markdown. Both run
on one core. Of several rounds the best of each counts, since other work on the machine only ever adds.
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


def check(vault: Path, cache: Path, cores: list[int]) -> tuple[float, int]:
    """Seconds of one run of the command on these cores, and the peak megabytes of its largest process."""
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    command = ["taskset", "-c", ",".join(map(str, cores))]
    command += [sys.executable, "-m", "papernotes", "check", "--vault", str(vault), "-q"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"check failed: exit {done.returncode}")
    return taken, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def measure(vault: Path, folder: Path, cores: list[int]) -> tuple[float, ...]:
    """Seconds of everything once: floor, rendering floor, cold on one core and on two, warm, after an edit; megabytes."""
    os.sched_setaffinity(0, cores[:1])
    least = seconds(lambda: floor(vault))
    rendered = least + seconds(lambda: rendering(vault))
    os.sched_setaffinity(0, cores)
    one, _ = check(vault, folder / "one", cores[:1])
    two, peak = check(vault, folder / "two", cores[:2])
    warm, _ = check(vault, folder / "one", cores[:1])
    note = next((vault / "notes").glob("author*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
    edited, _ = check(vault, folder / "one", cores[:1])
    return least, rendered, one, two, warm, edited, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=1000, help="how many notes (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts (default: 3)")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_vault(folder / "vault", options.n)
        rounds = [measure(folder / "vault", folder / str(number), cores) for number in range(options.rounds)]
    least, rendered, one, two, warm, edited, peak = map(min, zip(*rounds, strict=True))
    print(f"notes {options.n}, entries {3 * options.n}, rendering floor {rendered:.1f} s")
    print("| what | ratio |\n| --- | ---: |")
    print(f"| rendering floor to floor | {rendered / least:.2f} |")
    print(f"| check cold, one core, to the rendering floor | {one / rendered:.2f} |")
    if len(cores) > 1:
        print(f"| check cold, two cores, to the rendering floor | {two / rendered:.2f} |")
    print(f"| check warm to the floor | {warm / least:.2f} |")
    print(f"| check warm after one edit, to cold on one core | {edited / one:.2f} |")
    print(f"| peak memory of a process | {peak:.0f} MiB |")


if __name__ == "__main__":
    main()
