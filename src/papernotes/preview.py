"""The live preview: a server on loopback that shows first the pages that a change touches, then all others."""

from __future__ import annotations

import logging
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.livereload import LiveReloadServer

from papernotes.building import (
    Built,
    fingerprint_of,
    log_findings,
    log_to_stderr,
    mkdocs_config,
    plugin_of,
    run_mkdocs,
)
from papernotes.checking import Checked, check_vault
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Severity
from papernotes.graph import build_graph
from papernotes.library import Library, keep_last_good, load
from papernotes.model import Entry
from papernotes.page import Page, entry_address
from papernotes.searching import BackgroundIndex

log = logging.getLogger("papernotes")
# Seconds without a change after which the pages that a change only touches from afar are made anew.
PAUSE = 1.0
# Seconds between two looks at the files.
POLLED = 0.2


def serve_site(vault: Config, port: int, *, verbose: bool) -> int:
    """Serve the site on loopback and follow changes until interrupted. No fault ends it: the last good pages stay."""
    log_to_stderr(verbose=verbose)
    _refuse_taken(port)
    site_dir = Path(tempfile.mkdtemp(prefix="papernotes-"))
    try:
        _Preview(vault, site_dir, port).run()
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(site_dir, ignore_errors=True)
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


class _Preview:
    """A live server and what it last built."""

    def __init__(self, vault: Config, site_dir: Path, port: int) -> None:
        self.vault, self.site_dir, self.built, self.index = vault, site_dir, Built(), BackgroundIndex()
        self.last: Library | None = None
        self.pages: dict[str, Page] = {}
        self.building = threading.Lock()
        self.later: threading.Timer | None = None
        self.address = f"http://127.0.0.1:{port}/"
        self.server = LiveReloadServer(self.changed, "127.0.0.1", port, str(site_dir), polling_interval=POLLED)
        self.server.error_handler = self._error_page

    def run(self) -> None:
        self.rebuild()
        for path in self._watched():
            self.server.watch(str(path))
        log.info("read it at %s (Ctrl-C stops)", self.address)
        try:
            self.server.serve()
        finally:
            if self.later is not None:
                self.later.cancel()
            self.server.shutdown()

    def _watched(self) -> Iterator[Path]:
        root = self.vault.root
        candidates = ("notes", "papers.bib", "mkdocs.yml", "pyproject.toml", "papernotes.toml", "templates")
        yield from (path for name in candidates if (path := root / name).exists())

    def changed(self) -> None:
        """Called at every change: shows at once what it touches, and the rest when the writing pauses."""
        if self.later is not None:
            self.later.cancel()
        if not self.show_at_once():
            self.rebuild()
            return
        self.later = threading.Timer(PAUSE, self.rebuild)
        self.later.daemon = True
        self.later.start()

    def rebuild(self) -> None:
        """Make every page that is not what it was; whatever is wrong, the server and the last good pages stay."""
        with self.building:
            try:
                checked = check_vault(self.vault)
                log_findings(checked)
                checked = self._with_last_good(checked)
                config = mkdocs_config(self.vault, self.site_dir, site_url=self.address)
                self.built = run_mkdocs(config, checked, self.built, self.index, policed=False)
                self.pages = dict(plugin_of(config).pages)
            except Exception as error:
                log.error("not rebuilt: %s", error)

    def show_at_once(self) -> bool:
        """Make the pages of the texts and entries that changed, if no other page has come or gone. No checks."""
        with self.building:
            try:
                library, faults = load(self.vault)
                config = mkdocs_config(self.vault, self.site_dir, site_url=self.address)
                if faults or self.last is None or fingerprint_of(config) != self.built.fingerprint:
                    return False
                wanted = touched(self.last, library)
                if not wanted:
                    return False
                plugin = plugin_of(config)
                checked = Checked(self.vault, library, build_graph(library), ())
                plugin.prepare(checked, self.built.digests, _no_index, policed=False)
                plugin.narrow(wanted, self.pages)
                mkdocs_build(config, dirty=True)
                self.built.digests.update(plugin.digests)
                self.pages = dict(plugin.pages)
                self.last = library
            except Exception as error:
                log.debug("not shown at once: %s", error)
                return False
        return True

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

    def _error_page(self, code: int) -> bytes | None:
        page = self.site_dir / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def touched(before: Library, after: Library) -> frozenset[str]:
    """The addresses of the pages that show what changed; none if texts or entries came or went, or nothing changed."""
    old, new = before.by_path, after.by_path
    if old.keys() != new.keys() or before.by_citekey.keys() != after.by_citekey.keys():
        return frozenset()
    wanted = {new[path].address for path in new if new[path].source.text != old[path].source.text}
    keys = [key for key, entry in after.by_citekey.items() if _written(entry) != _written(before.by_citekey[key])]
    if keys:
        wanted |= {"bibliography", *(entry_address(key) for key in keys)}
        wanted |= {note.address for note in after.notes if set(note.meta.papers) & set(keys)}
    return frozenset(wanted)


def _no_index(site: Path, pages: object) -> None:
    """The index is made when every page is."""


def _written(entry: Entry) -> str:
    return entry.source.text[entry.span.start : entry.span.end]
