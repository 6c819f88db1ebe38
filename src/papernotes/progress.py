"""Steps that are done → one line on a terminal that is rewritten, and nothing anywhere else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

# Seconds before anything is shown: what is quick needs no bar.
PATIENCE, WIDTH = 1.0, 24


# Hears how many steps of how many are done; a maker of it hears first of what.
Bar = Callable[[int, int], None]
Bars = Callable[[str], Bar]


def no_bar(what: str) -> Bar:
    """The maker of bars that nobody sees."""
    return lambda done, total: None


def passing_line(*, quiet: bool = False) -> Callable[[str], None]:
    """A function that shows one line on a terminal in place of the one before; an empty one takes it away."""
    stream = sys.stderr
    shown = stream.isatty() and not quiet

    def show(text: str) -> None:
        if shown:
            stream.write(f"\r\x1b[K{text}")
            stream.flush()

    return show


def progress_bar(what: str, *, quiet: bool = False) -> Bar:
    """A function that hears how many steps of how many are done, and draws them on standard error."""
    stream, start, last, owner = sys.stderr, time.monotonic(), [0.0], os.getpid()
    shown = stream.isatty() and not quiet

    def step(done: int, total: int) -> None:
        now = time.monotonic()
        # A copy of this process would draw its own share over the same line.
        if not shown or os.getpid() != owner or now - start < PATIENCE or (done < total and now - last[0] < 0.1):
            return
        last[0] = now
        filled = WIDTH * done // max(1, total)
        end = "\r\x1b[K" if done >= total else ""
        stream.write(f"\r{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}{end}")
        stream.flush()

    return step
