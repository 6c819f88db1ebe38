"""Orders → whole builds of the live preview, made in a process of their own, so that a small change waits for none."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from papernotes.building import (
    Built,
    collecting_rarely,
    log_findings,
    log_to_stderr,
    mkdocs_config,
    plugin_of,
    run_mkdocs,
)
from papernotes.checking import Checked, check_vault
from papernotes.config import Config
from papernotes.diagnostics import Severity
from papernotes.graph import build_graph
from papernotes.library import Library, keep_last_good
from papernotes.page import Page
from papernotes.searching import BackgroundIndex

log = logging.getLogger("papernotes")
NICENESS = 10


@dataclass(frozen=True)
class Preview:
    """What is previewed, where to, and the address at which it is read."""

    vault: Config
    site_dir: Path
    address: str
    verbose: bool


@dataclass(frozen=True)
class Outcome:
    """A build that was ordered: the pages of the site without their data, or none if there was no end to it."""

    number: int
    fingerprint: str = ""
    pages: Mapping[str, Page] | None = None


class AbandonedError(BaseException):
    """A build was called off. It is no fault, which MkDocs would log."""


class Rebuilder:
    """Takes orders and tells of their outcomes; a new order calls off the one before it."""

    def __init__(self, preview: Preview) -> None:
        # A forked child would share locks and sockets with the server.
        context = get_context("spawn")
        self._wanted: Any = context.Value("Q", 0)
        self._orders, orders = context.Pipe()
        # No daemon: those may have no processes of their own, and many notes are read by several.
        self._process = context.Process(target=_work, args=(preview, orders, self._wanted))
        self._process.start()
        orders.close()
        self._told = threading.Condition()
        self._last = Outcome(0)
        threading.Thread(target=self._listen, name="rebuilds", daemon=True).start()
        self.told: Callable[[Outcome], None] = lambda outcome: None

    def order(self, remade: frozenset[str]) -> int:
        """Order a build; `remade` are the pages that were written by others since the last one that ended."""
        number = self.call_off()
        with suppress(OSError):
            self._orders.send((number, remade))
        return number

    def call_off(self) -> int:
        """Call off what is being built. Returns a number that is greater than that of every order so far."""
        with self._wanted.get_lock():
            self._wanted.value += 1
            return self._wanted.value

    def wait(self, number: int, given_up: Callable[[], bool] = lambda: False) -> None:
        """Wait for the outcome of an order, unless it is given up."""
        with self._told:
            while self._last.number < number and not given_up() and self._process.is_alive():
                self._told.wait(0.1)

    def close(self) -> None:
        """End the process."""
        self.call_off()
        with suppress(OSError):
            # It would not see a closed pipe while our own thread listens there.
            self._orders.send(None)
        self._process.join(2)
        self._process.kill()

    def _listen(self) -> None:
        while True:
            try:
                outcome: Outcome = self._orders.recv()
            except (EOFError, OSError):
                return
            self.told(outcome)
            with self._told:
                self._last = outcome
                self._told.notify_all()


def _work(preview: Preview, orders: Connection, wanted: Any) -> None:
    """The process: one order after the other, until nobody is there to give one."""
    # Ctrl-C is for the server, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log_to_stderr(verbose=preview.verbose)
    builder = _Builder(preview)
    while True:
        try:
            order: tuple[int, frozenset[str]] | None = orders.recv()
            if order is None:
                # The search index may be under way; it need not be finished, nor may it hold up the end.
                os._exit(0)
            number, remade = order
            with collecting_rarely():
                outcome = builder.build(number, remade, wanted)
            orders.send(outcome)
        except (EOFError, OSError):
            return
        if hasattr(os, "nice") and not os.nice(0):
            # From now on somebody is reading, and small changes come first.
            os.nice(NICENESS)


class _Builder:
    """Makes whole builds, each from what the one before it left."""

    def __init__(self, preview: Preview) -> None:
        self.preview, self.built, self.index = preview, Built(), BackgroundIndex()
        self.last: Library | None = None

    def build(self, number: int, remade: frozenset[str], wanted: Any) -> Outcome:
        """Make every page that is not what it was. Whatever is wrong, the last good pages stay."""

        def pause() -> None:
            if wanted.value != number:
                raise AbandonedError

        for path in remade:
            self.built.digests.pop(path, None)
        try:
            pause()
            checked = check_vault(self.preview.vault)
            pause()
            log_findings(checked)
            checked = self._with_last_good(checked)
            config = mkdocs_config(self.preview.vault, self.preview.site_dir, site_url=self.preview.address)
            # What was shown at once may be gone again before any build knew of it.
            shown = (plugin_of(config).destination(path, config) for path in remade)
            self.built.files |= {path.relative_to(config.site_dir).as_posix() for path in shown}
            self.built = run_mkdocs(config, checked, self.built, self.index, pause, policed=False)
        except AbandonedError:
            return Outcome(number)
        except Exception as error:
            log.error("not rebuilt: %s", error)
            return Outcome(number)
        pages = {path: replace(page, data={}) for path, page in plugin_of(config).pages.items()}
        return Outcome(number, self.built.fingerprint, pages)

    def _with_last_good(self, checked: Checked) -> Checked:
        """Where a text cannot be read any more, its page stays what it was."""
        broken = frozenset(
            diagnostic.location.source.path
            for diagnostic in checked.diagnostics
            if diagnostic.severity is Severity.ERROR and diagnostic.rule.code.startswith(("PN0", "PN1"))
        )
        if broken and self.last is not None:
            library = keep_last_good(checked.library, self.last, broken)
            checked = replace(checked, library=library, graph=build_graph(library))
        self.last = checked.library
        return checked
