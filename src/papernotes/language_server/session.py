"""One editor at one vault: the texts that it holds open, the latest snapshot, and what it was told of findings."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from papernotes.config import Config, ConfigError, load_config
from papernotes.diagnostics import Diagnostic
from papernotes.language_server.desk import Desk, Snapshot
from papernotes.language_server.translating import Translator
from papernotes.reporting import Report
from papernotes.text import Source

# How many seconds nobody types before the vault is checked: more where a check takes long, but not above the most.
PAUSE, MOST_PAUSE = 0.2, 2.0


class NoVaultError(Exception):
    """The editor has opened nothing that belongs to a vault."""


class Session:
    """The state of a server. Everything here runs on its event loop; reading and checking run beside it."""

    def __init__(self, server: LanguageServer, vault: Path | None) -> None:
        self._server, self._vault = server, vault
        self._desk: Desk | None = None
        self._translator: Translator | None = None
        self.sources: dict[str, Source] = {}
        self._uris: dict[str, str] = {}
        self._reading = asyncio.Lock()
        self._snapshot: Snapshot | None = None
        self._changes = self._read = 0
        self._reload = False
        self._due, self._pause = 0.0, PAUSE
        self._checking: asyncio.Task[None] | None = None
        self.checked: Snapshot | None = None
        self._told: dict[str, list[types.Diagnostic]] = {}

    def find_vault(self, *folders: Path) -> None:
        """Take the first vault at or above one of these folders, unless there is one already."""
        for folder in folders:
            if self._desk is None:
                try:
                    self._take(load_config(folder, vault=self._vault))
                except ConfigError as error:
                    if self._vault is not None:
                        self.say(str(error))

    def _take(self, config: Config) -> None:
        self._desk = Desk(config)
        self._translator = Translator(self._server.workspace.position_codec, config.root, self._uris)
        self.touched()

    @property
    def translator(self) -> Translator:
        if self._translator is None:
            raise NoVaultError
        return self._translator

    def path(self, uri: str) -> str | None:
        """The path in the vault of a client's file; None outside."""
        name = uris.to_fs_path(uri)
        if name is None or self._desk is None:
            return None
        path, root = Path(name).resolve(), self._desk.config.root
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else None

    def source(self, uri: str) -> Source | None:
        """The text of a file that is open; None for others."""
        return self.sources.get(self.path(uri) or "")

    def opened(self, document: types.TextDocumentItem) -> None:
        name = uris.to_fs_path(document.uri)
        if name is not None:
            self.find_vault(Path(name).resolve().parent)
        path = self.path(document.uri)
        if path is not None:
            self._uris[path] = document.uri
            self.sources[path] = Source(path, document.text)
            self.touched()

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        path = self.path(params.text_document.uri)
        if path in self.sources:
            self.sources[path] = self.translator.changed(self.sources[path], params.content_changes)
            self.touched()

    def closed(self, uri: str) -> None:
        path = self.path(uri)
        if path in self.sources:
            del self.sources[path], self._uris[path]
            self.touched(reload=True)

    def touched(self, *, reload: bool = False) -> None:
        """Something is not what it was: read it when asked, and check once nobody types."""
        if self._desk is None:
            return
        self._changes += 1
        self._reload |= reload
        self._due = asyncio.get_running_loop().time() + self._pause
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._check())

    async def snapshot(self) -> Snapshot:
        """The vault as it is now."""
        async with self._reading:
            if self._desk is None:
                raise NoVaultError
            if self._snapshot is None or self._read != self._changes:
                changes, reload = self._changes, self._reload
                self._reload = False
                self._snapshot = await asyncio.to_thread(self._desk.snapshot, dict(self.sources), reload=reload)
                self._read = changes
            return self._snapshot

    async def recent(self) -> Snapshot:
        """The vault as it was when it was last read, which is good enough to say what others are called."""
        return self._snapshot or await self.snapshot()

    async def _check(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            while (wait := self._due - loop.time()) > 0:
                await asyncio.sleep(wait)
            changes, begun = self._changes, loop.time()
            snapshot = await self.snapshot()
            try:
                diagnostics = await asyncio.to_thread(snapshot.check)
            except ConfigError as error:
                self.say(str(error))
                return
            self._pause = min(max(PAUSE, (loop.time() - begun) / 4), MOST_PAUSE)
            if changes == self._changes:
                self.checked = snapshot
                self._publish(snapshot, diagnostics)
                return

    def _publish(self, snapshot: Snapshot, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Tell the client what is new; it keeps the rest."""
        found: dict[str, list[types.Diagnostic]] = defaultdict(list)
        report = Report(diagnostics, 0, 0, snapshot.config.site_url)
        for diagnostic in diagnostics:
            told = self.translator.diagnostic(diagnostic, report.url(diagnostic))
            found[diagnostic.location.source.path].append(told)
        for path in {*found, *self._told}:
            if found.get(path, []) != self._told.get(path):
                uri = self.translator.uri(path)
                self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found.get(path, [])))
        self._told = dict(found)

    def say(self, message: str) -> None:
        self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"papernotes: {message}"))
