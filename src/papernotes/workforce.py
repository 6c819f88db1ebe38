"""One function over many items, on every core that we may use → its results, in the order of the items."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
# Few enough that all end at about the same time, many enough that handing them over costs little.
PART = 20


class Workforce(Generic[Item, Result]):
    """Processes that work from now on; whoever asks for the results works along, from the other end.

    A process takes a quarter of a second to start: beside ours there is one for each `worth` items.
    """

    def __init__(self, work: Callable[[Item], Result], items: Sequence[Item], worth: int) -> None:
        self._work, self._items = work, items
        others = min(cores() - 1, len(items) // worth)
        # Forked processes would share locks and sockets of whatever runs us (a live server, an editor's).
        self._pool = ProcessPoolExecutor(others, mp_context=get_context("spawn")) if others else None
        self._tasks: list[Future[list[Result]]] = []
        if self._pool:
            parts = (items[at : at + PART] for at in range(0, len(items), PART))
            self._tasks = [self._pool.submit(_all, work, part) for part in parts]

    def results(self, progress: Callable[[int, int], None]) -> list[Result]:
        """Every result; `progress` hears how many there are, and how many there will be. Asked once."""
        try:
            parts = self._shared(progress) if self._pool else {0: self._own(self._items, 0, progress)}
        finally:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)
        return [result for _, part in sorted(parts.items()) for result in part]

    def _shared(self, progress: Callable[[int, int], None]) -> dict[int, list[Result]]:
        found: dict[int, list[Result]] = {}
        waiting, done = list(enumerate(self._tasks)), 0
        # What another process has begun cannot be cancelled, nor can what stands before it.
        while waiting and waiting[-1][1].cancel():
            number, _ = waiting.pop()
            found[number] = self._own(self._items[number * PART : (number + 1) * PART], done, progress)
            done += len(found[number])
        for number, task in waiting:
            found[number] = task.result()
            done += len(found[number])
            progress(done, len(self._items))
        return found

    def _own(self, items: Sequence[Item], done: int, progress: Callable[[int, int], None]) -> list[Result]:
        found: list[Result] = []
        for item in items:
            found.append(self._work(item))
            progress(done + len(found), len(self._items))
        return found


def _all(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]


def cores() -> int:
    """How many cores we may use: of a machine of sixty-four, a container or `taskset` may leave us one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
