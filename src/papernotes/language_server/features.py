"""What an editor says and asks → what the vault's modules answer: one method a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from papernotes import __version__
from papernotes.completing import offers_at
from papernotes.diagnostics import Diagnostic
from papernotes.editing import card, declaration, definition, occurrence_at, references, subject_at
from papernotes.fixing import fix
from papernotes.language_server.desk import Snapshot
from papernotes.language_server.session import Session
from papernotes.renaming import RenameError, rename
from papernotes.reporting import Report
from papernotes.text import Edit, Location, Source

TRIGGERS = types.CompletionOptions(trigger_characters=["@", "[", "(", "#", "/", ","])
FIX_ALL = "source.fixAll.papernotes"
ACTIONS = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
WATCHED = ("**/*.md", "**/papers.bib", "**/papernotes.toml", "**/pyproject.toml")


class RefusedError(JsonRpcException):
    """A rename that cannot be; the editor shows the reason."""

    CODE = types.LSPErrorCodes.RequestFailed


def make_server(vault: Path | None) -> LanguageServer:
    """A server for the vault `vault`, or for the one that the editor opens."""
    server = LanguageServer("papernotes", __version__)
    session = Session(server, vault)
    events, answers = _Events(server, session), _Answers(server, session)
    _hear(server, types.INITIALIZED, events.initialized)
    _hear(server, types.TEXT_DOCUMENT_DID_OPEN, events.opened)
    _hear(server, types.TEXT_DOCUMENT_DID_CHANGE, events.changed)
    _hear(server, types.TEXT_DOCUMENT_DID_CLOSE, events.closed)
    _hear(server, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, events.files_changed)
    _answer(server, types.TEXT_DOCUMENT_COMPLETION, answers.completion, TRIGGERS)
    _answer(server, types.TEXT_DOCUMENT_HOVER, answers.hover)
    _answer(server, types.TEXT_DOCUMENT_DEFINITION, answers.definition)
    _answer(server, types.TEXT_DOCUMENT_DECLARATION, answers.declaration)
    _answer(server, types.TEXT_DOCUMENT_REFERENCES, answers.references)
    _answer(server, types.TEXT_DOCUMENT_PREPARE_RENAME, answers.prepare_rename)
    _answer(server, types.TEXT_DOCUMENT_RENAME, answers.rename, types.RenameOptions(prepare_provider=True))
    _answer(server, types.TEXT_DOCUMENT_CODE_ACTION, answers.code_actions, ACTIONS)
    return server


def _hear(server: LanguageServer, message: str, method: Callable[[Any], None]) -> None:
    # pygls marks what it is given, which a bound method does not bear.
    def hear(params: Any) -> None:
        method(params)

    server.feature(message)(hear)


def _answer(
    server: LanguageServer, message: str, method: Callable[[Any], Awaitable[object]], options: object = None
) -> None:
    async def answer(params: Any) -> object:
        return await method(params)

    server.feature(message, options)(answer)


class _Events:
    """What happens to the files."""

    def __init__(self, server: LanguageServer, session: Session) -> None:
        self.server, self.session = server, session

    def initialized(self, params: types.InitializedParams) -> None:
        folders = [uris.to_fs_path(folder.uri) for folder in self.server.workspace.folders.values()]
        self.session.find_vault(*(Path(folder) for folder in (*folders, self.server.workspace.root_path) if folder))
        workspace = self.server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.server.client_register_capability(types.RegistrationParams([registration]))

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self.session.opened(params.text_document)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        self.session.changed(params)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        self.session.closed(params.text_document.uri)

    def files_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        paths = [self.session.path(change.uri) for change in params.changes]
        # What is open is known better than from disk.
        if any(path is not None and path not in self.session.sources for path in paths):
            self.session.touched(reload=True)


class _Answers:
    """What is asked about a place."""

    def __init__(self, server: LanguageServer, session: Session) -> None:
        self.server, self.session = server, session

    async def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        source = self.session.source(params.text_document.uri)
        if source is None:
            return None
        snapshot = await self.session.recent()
        offset = self.session.translator.offset(source, params.position)
        offers = offers_at(snapshot.library, source, offset)
        return self.session.translator.completion(source, offers) if offers else None

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        place = await self._place(params.text_document.uri, params.position)
        occurrence = occurrence_at(place[0].library, place[1].path, place[2]) if place else None
        if place is None or occurrence is None:
            return None
        text = card(place[0].library, place[0].graph, occurrence.subject)
        where = self.session.translator.range(place[1], occurrence.location.span)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), where) if text else None

    async def definition(self, params: types.DefinitionParams) -> types.Location | None:
        place = await self._place(params.text_document.uri, params.position)
        found = definition(place[0].library, place[0].graph, place[1].path, place[2]) if place else None
        return self._shown(found)

    async def declaration(self, params: types.DeclarationParams) -> types.Location | None:
        place = await self._place(params.text_document.uri, params.position)
        subject = subject_at(place[0].library, place[1].path, place[2]) if place else None
        return self._shown(declaration(place[0].library, subject)) if place and subject else None

    async def references(self, params: types.ReferenceParams) -> list[types.Location] | None:
        place = await self._place(params.text_document.uri, params.position)
        subject = subject_at(place[0].library, place[1].path, place[2]) if place else None
        if place is None or subject is None:
            return None
        found = references(place[0].library, subject, definitions=params.context.include_declaration)
        return [self.session.translator.location(location) for location in found]

    async def prepare_rename(self, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        place = await self._place(params.text_document.uri, params.position)
        occurrence = occurrence_at(place[0].library, place[1].path, place[2]) if place else None
        if place is None or occurrence is None or occurrence.name is None:
            return None
        where = self.session.translator.range(place[1], occurrence.name)
        return types.PrepareRenamePlaceholder(where, occurrence.subject.name)

    async def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        place = await self._place(params.text_document.uri, params.position)
        occurrence = occurrence_at(place[0].library, place[1].path, place[2]) if place else None
        if place is None or occurrence is None:
            return None
        snapshot = place[0]
        try:
            renaming = rename(snapshot.library, snapshot.config, occurrence.subject, params.new_name)
        except RenameError as error:
            raise RefusedError(str(error)) from None
        if renaming.moves and not self._can_move():
            raise RefusedError("this editor lets no server rename files: use `papernotes rename`")
        if any((snapshot.config.root / new).exists() for _, new in renaming.moves):
            raise RefusedError(f"{params.new_name}: a file of this name exists already")
        return self.session.translator.workspace_edit(renaming.edits, renaming.moves)

    def _can_move(self) -> bool:
        workspace = self.server.client_capabilities.workspace
        can = workspace.workspace_edit if workspace else None
        operations = (can.resource_operations or ()) if can and can.document_changes else ()
        return types.ResourceOperationKind.Rename in operations

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        """The fixes of the findings here, and all safe fixes of the file together."""
        source, snapshot = self.session.source(params.text_document.uri), self.session.checked
        if source is None or snapshot is None or snapshot.sources.get(source.path) is not source:
            return None  # the text has changed since it was checked
        translator, only = self.session.translator, params.context.only
        start, end = (translator.offset(source, at) for at in (params.range.start, params.range.end))
        here = [d for d in snapshot.diagnostics if d.location.source.path == source.path and d.fix and d.fix.edits]
        actions: list[types.CodeAction] = []
        for found in here:
            span = found.location.span
            if _wanted(only, types.CodeActionKind.QuickFix) and span.start <= end and start <= span.end:
                actions += self._quick_fix(snapshot, found)
        fixed = _edits(fix(here).applied)
        if fixed and _wanted(only, FIX_ALL):
            edit = translator.workspace_edit(fixed)
            actions.append(types.CodeAction("Mend all that has one right answer", FIX_ALL, edit=edit))
        return actions

    def _quick_fix(self, snapshot: Snapshot, found: Diagnostic) -> Iterable[types.CodeAction]:
        edits = _edits([found])
        told = self.session.translator.diagnostic(found, Report((), 0, 0, snapshot.config.site_url).url(found))
        yield types.CodeAction(
            _title(found, edits),
            types.CodeActionKind.QuickFix,
            [told],
            is_preferred=bool(found.fix and found.fix.safe),
            edit=self.session.translator.workspace_edit(edits),
        )

    def _shown(self, location: Location | None) -> types.Location | None:
        return self.session.translator.location(location) if location else None

    async def _place(self, uri: str, position: types.Position) -> tuple[Snapshot, Source, int] | None:
        """The vault as it is now, the text that is meant, and the offset in it."""
        if self.session.source(uri) is None:
            return None
        snapshot = await self.session.snapshot()
        source = snapshot.sources.get(self.session.path(uri) or "")
        return (snapshot, source, self.session.translator.offset(source, position)) if source else None


def _wanted(only: Iterable[str] | None, kind: str) -> bool:
    """Whether the editor asks for actions of this kind: `source` asks for `source.fixAll` too."""
    return only is None or any(f"{kind}.".startswith(f"{asked}.") for asked in only)


def _edits(diagnostics: Iterable[Diagnostic]) -> dict[Source, list[Edit]]:
    edits: dict[Source, list[Edit]] = defaultdict(list)
    for diagnostic in diagnostics:
        for change in diagnostic.fix.edits if diagnostic.fix else ():
            edits[change.source].append(change.edit)
    return edits


def _title(found: Diagnostic, edits: dict[Source, list[Edit]]) -> str:
    """What the fix does, as far as one line can say it."""
    changes = [edit for own in edits.values() for edit in own]
    text = changes[0].replacement if len(changes) == 1 else ""
    if text and "\n" not in text and len(text) <= 60:
        return f"Change to {text!r} ({found.rule.name})"
    return f"Mend: {found.help or found.message} ({found.rule.name})"
