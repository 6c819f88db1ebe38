"""The live preview: a server on loopback that shows first the pages that a change touches, then all others."""

from __future__ import annotations

import logging
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.livereload import LiveReloadServer

from papernotes.building import fingerprint_of, log_to_stderr, mkdocs_config, plugin_of
from papernotes.checking import Checked
from papernotes.config import Config, ConfigError
from papernotes.entries import Entry
from papernotes.graph import build_graph
from papernotes.library import Library, keep_last_good, load
from papernotes.page import Page, entry_address
from papernotes.rebuilding import Outcome, Preview, Rebuilder

log = logging.getLogger("papernotes")
# Seconds without a change after which the pages that a change only touches from afar are made anew.
PAUSE = 1.0
# Seconds between two looks at the files.
POLLED = 0.2


def serve_site(vault: Config, port: int, *, verbose: bool) -> int:
    """Serve the site on loopback and follow changes until interrupted. No fault ends it: the last good pages stay."""
    log_to_stderr(verbose=verbose)
    _refuse_taken(port)
    folder = Path(tempfile.mkdtemp(prefix="papernotes-"))
    server = _Server(Preview(vault, folder / "site", f"http://127.0.0.1:{port}/", verbose), port)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _refuse_taken(port: int) -> None:
    """Say that a port is taken before the site is built for it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            told = error.strerror if isinstance(error, OSError) else "a port is a number from 1 to 65535"
            raise ConfigError(f"--port {port}: {told}; name another") from None


class _News:
    """Hears of changed files; the server does too, but is deaf while it waits for a build."""

    def __init__(self) -> None:
        self.came = threading.Event()

    def dispatch(self, event: Any) -> None:
        if not event.is_directory:
            self.came.set()


class _Server:
    """A live server, and what it shows."""

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview, self.vault = preview, preview.vault
        self.last: Library | None = None
        self.fingerprint = ""
        self.pages: dict[str, Page] = {}
        # The pages that were shown at once, and the order that was the last one then.
        self.remade: dict[str, int] = {}
        self.news = _News()
        self.later: threading.Timer | None = None
        self.server = LiveReloadServer(self.changed, "127.0.0.1", port, str(preview.site_dir), polling_interval=POLLED)
        self.server.error_handler = self._error_page
        self.rebuilder = Rebuilder(preview)
        self.rebuilder.told = self.rebuilt

    def run(self) -> None:
        self.rebuilder.wait(self.order())
        self.last = load(self.vault)[0]
        observer: Any = self.server.observer
        for path in self._watched():
            self.server.watch(str(path))
            observer.schedule(self.news, str(path), recursive=True)
        log.info("read it at %s (Ctrl-C stops)", self.preview.address)
        try:
            self.server.serve()
        finally:
            self.server.shutdown()

    def close(self) -> None:
        if self.later is not None:
            self.later.cancel()
        self.rebuilder.close()

    def _watched(self) -> Iterator[Path]:
        root = self.vault.root
        candidates = ("notes", "papers.bib", "mkdocs.yml", "pyproject.toml", "papernotes.toml", "templates")
        yield from (path for name in candidates if (path := root / name).exists())

    def changed(self) -> None:
        """Called at every change: shows at once what it touches, and the rest when the writing pauses."""
        self.news.came.clear()
        if self.later is not None:
            self.later.cancel()
        number = self.rebuilder.call_off()
        if self.show_at_once(number):
            self.later = threading.Timer(PAUSE, self.order)
            self.later.daemon = True
            self.later.start()
        else:
            # Browsers reload when this returns.
            self.rebuilder.wait(self.order(), self.news.came.is_set)

    def order(self) -> int:
        """Have every page made that is not what it was."""
        return self.rebuilder.order(frozenset(self.remade))

    def rebuilt(self, outcome: Outcome) -> None:
        if outcome.pages is not None:
            self.fingerprint, self.pages = outcome.fingerprint, dict(outcome.pages)
            self.remade = {path: number for path, number in self.remade.items() if number > outcome.number}

    def show_at_once(self, number: int) -> bool:
        """Make the pages of the texts and entries that changed or came. No checks. False if there are more to make."""
        try:
            library, faults = load(self.vault)
            broken = {fault.location.source.path for fault in faults}
            if self.last is None or not self.pages or not broken <= self.last.by_path.keys():
                return False
            library = keep_last_good(library, self.last, broken)
            wanted = touched(self.last, library)
            if not wanted:
                return False
            config = mkdocs_config(self.vault, self.preview.site_dir, site_url=self.preview.address)
            plugin = plugin_of(config)
            plugin.prepare(Checked(self.vault, library, build_graph(library), ()), {}, policed=False)
            plugin.narrow(wanted, self.pages)
            fingerprint = fingerprint_of(config)
            mkdocs_build(config, dirty=True)
            self.remade |= dict.fromkeys(plugin.digests, number)
            self.pages, self.last = dict(plugin.pages), library
        except Exception as error:
            log.debug("not shown at once: %s", error)
            return False
        return fingerprint == self.fingerprint

    def _error_page(self, code: int) -> bytes | None:
        page = self.preview.site_dir / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def touched(before: Library, after: Library) -> frozenset[str]:
    """The addresses of the pages that show what changed or came. What went shows anywhere, and so has none."""
    old, new = before.by_path, after.by_path
    wanted = {new[path].address for path in new if path not in old or new[path].source.text != old[path].source.text}
    keys = [
        key
        for key, entry in after.by_citekey.items()
        if key not in before.by_citekey or _written(entry) != _written(before.by_citekey[key])
    ]
    if keys:
        wanted |= {"bibliography", *(entry_address(key) for key in keys)}
        wanted |= {note.address for note in after.notes if set(note.meta.papers) & set(keys)}
    return frozenset(wanted)


def _written(entry: Entry) -> str:
    return entry.source.text[entry.span.start : entry.span.end]
