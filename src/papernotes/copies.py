"""One process → as many equal copies of it as there are cores, each with its share of the work and a report at its end.

Copies are cheap where the system can fork: they know all that the first one knew. Where it cannot, or where the process
has threads (a copy has only the thread that made it), there is a team of one.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

THREADS = Path("/proc/self/task")


class LostCopyError(Exception):
    """A copy ended without a report."""


class Team:
    """Copies of a process. The first one is number 0; `others` are the pipe and the process id of each copy of it."""

    def __init__(self, number: int, size: int, others: Sequence[tuple[int, int]], pipe: int = -1) -> None:
        self.number, self.size = number, size
        self._others, self._pipe = list(others), pipe

    @property
    def leads(self) -> bool:
        """Whether this is the process that was there first."""
        return self.number == 0

    def share(self, work: Sequence[Any]) -> Sequence[Any]:
        """What of this work is this copy's: neighbours are alike, so each goes to another copy."""
        return work[self.number :: self.size]

    def report(self, value: object) -> NoReturn:
        """End this copy; its value goes to the first."""
        data = memoryview(pickle.dumps(value))
        with suppress(OSError):
            while data:
                data = data[os.write(self._pipe, data) :]
        # What the first one opened is the first one's to close.
        os._exit(0)

    def reports(self) -> list[Any]:
        """The values of all copies, in their order. Raises LostCopyError if one has none."""
        found: list[Any] = []
        while self._others:
            pipe, process = self._others[0]
            with os.fdopen(pipe, "rb", closefd=False) as stream:
                data = stream.read()
            self._forget(pipe, process)
            if not data:
                raise LostCopyError("a process that built pages of the site has died")
            found.append(pickle.loads(data))  # noqa: S301  # from a copy of this process
        gc.unfreeze()
        return found

    def dismiss(self) -> None:
        """End the copies without their reports."""
        for pipe, process in tuple(self._others):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
            self._forget(pipe, process)

    def _forget(self, pipe: int, process: int) -> None:
        self._others.remove((pipe, process))
        os.close(pipe)
        with suppress(OSError):
            os.waitpid(process, 0)


def team(most: int) -> Team:
    """This process and its new copies, no more than `most` and the cores together. Returns in each of them."""
    size = max(1, min(most, len(os.sched_getaffinity(0)))) if _can_fork() else 1
    others: list[tuple[int, int]] = []
    if size > 1:
        # A collection would write into every object, and so make all shared memory each copy's own.
        gc.freeze()
    for number in range(1, size):
        end, start = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(end)
            for pipe, _ in others:
                os.close(pipe)
            return Team(number, size, (), start)
        os.close(start)
        others.append((end, process))
    return Team(0, size, others)


def _can_fork() -> bool:
    """Whether a copy can go on: it must not miss a thread, of Python or of a library."""
    with suppress(OSError):
        return sys.platform == "linux" and len(list(THREADS.iterdir())) == 1
    return False
