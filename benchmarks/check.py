"""How fast `papernotes check` is, as ratios to what any checker of the same files must do, measured in one run.

    python benchmarks/check.py [-n NOTES] [--rounds ROUNDS]

The floor reads every file, parses every front matter with the C YAML loader, scans every text once, and splits
papers.bib with bibtexparser. The rendering floor adds one conversion of every note by plain Python-Markdown. Both run
on one core. What runs on one core is counted in seconds of processor, which other work on the machine changes little;
of several rounds the best of each counts.
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
from typing import NamedTuple

import markdown
import yaml
from bibtexparser.splitter import Splitter

from papernotes.rendering import EXTENSIONS
from vaults import write_vault


class Seconds(NamedTuple):
    """What something took by the clock, and of processors."""

    clock: float
    cpu: float


def seconds(run: Callable[[], object]) -> Seconds:
    clock, cpu = time.perf_counter(), time.process_time()
    run()
    return Seconds(time.perf_counter() - clock, time.process_time() - cpu)


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


def check(vault: Path, cache: Path, cores: list[int]) -> Seconds:
    """One run of the command on these cores."""
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    command = ["taskset", "-c", ",".join(map(str, cores))]
    command += [sys.executable, "-m", "papernotes", "check", "--vault", str(vault), "-q"]
    before = _children()
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"check failed: exit {done.returncode}")
    return Seconds(taken, _children() - before)


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(vault: Path, folder: Path, cores: list[int]) -> tuple[float, ...]:
    """Everything once: the floor, what rendering adds, cold on one core, the clock of both and of two, warm, edited."""
    os.sched_setaffinity(0, cores[:1])
    least, rendered = seconds(lambda: floor(vault)), seconds(lambda: rendering(vault))
    os.sched_setaffinity(0, cores)
    one = check(vault, folder / "one", cores[:1])
    two = check(vault, folder / "two", cores[:2])
    warm = check(vault, folder / "one", cores[:1])
    note = next((vault / "notes").glob("author*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
    edited = check(vault, folder / "one", cores[:1])
    return least.cpu, rendered.cpu, one.cpu, least.clock + rendered.clock, two.clock, warm.cpu, edited.cpu


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
    least, rendering_alone, one, clock, two, warm, edited = map(min, zip(*rounds, strict=True))
    rendered = least + rendering_alone
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"notes {options.n}, entries {3 * options.n}, rendering floor {rendered:.1f} s, load {os.getloadavg()[0]:.1f}"
    )
    print("| what | ratio |\n| --- | ---: |")
    print(f"| rendering floor to floor | {rendered / least:.2f} |")
    print(f"| check cold, one core, to the rendering floor | {one / rendered:.2f} |")
    if len(cores) > 1:
        print(f"| check cold, two cores, to the rendering floor, by the clock | {two / clock:.2f} |")
    print(f"| check warm to the floor | {warm / least:.2f} |")
    print(f"| check warm after one edit, to cold on one core | {edited / one:.2f} |")
    print(f"| peak memory of a process | {peak} MiB |")


if __name__ == "__main__":
    main()
