"""Our values ⇄ the language server protocol's: positions in the client's units, diagnostics, edits, offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.workspace import PositionCodec

from papernotes.completing import Kind, Offer, Offers
from papernotes.diagnostics import Diagnostic, Severity
from papernotes.text import Edit, Location, Source, Span, apply_edits

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
KINDS = {
    Kind.WORK: types.CompletionItemKind.Reference,
    Kind.NOTE: types.CompletionItemKind.File,
    Kind.HEADING: types.CompletionItemKind.Text,
    Kind.TOPIC: types.CompletionItemKind.Folder,
    Kind.FIELD: types.CompletionItemKind.Field,
    Kind.VALUE: types.CompletionItemKind.EnumMember,
}


class Translator:
    """Translates for one client: `codec` knows its units, `root` is the vault, `opened` the client's own URIs."""

    def __init__(self, codec: PositionCodec, root: Path, opened: Mapping[str, str]) -> None:
        self.codec, self.root, self.opened = codec, root, opened

    def uri(self, path: str) -> str:
        return self.opened.get(path) or uris.from_fs_path(str(self.root / path)) or ""

    def position(self, source: Source, offset: int) -> types.Position:
        offset = max(0, min(offset, len(source.text)))
        line = source.position(offset).line
        before = source.text[source.line_starts[line - 1] : offset]
        return types.Position(line - 1, self.codec.client_num_units(before))

    def range(self, source: Source, span: Span) -> types.Range:
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def location(self, location: Location) -> types.Location:
        return types.Location(self.uri(location.source.path), self.range(location.source, location.span))

    def offset(self, source: Source, position: types.Position) -> int:
        """The inverse of `position`; past the end of a line is its end."""
        if position.line >= len(source.line_starts):
            return len(source.text)
        at, units = source.line_starts[position.line], 0
        for char in source.line(position.line + 1):
            if units >= position.character:
                break
            units += self.codec.client_num_units(char)
            at += 1
        return at

    def changed(self, source: Source, changes: Iterable[types.TextDocumentContentChangeEvent]) -> Source:
        """The text after what a client says that was typed."""
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = self.offset(source, change.range.start), self.offset(source, change.range.end)
                text = apply_edits(source.text, [Edit(Span(start, end), change.text)])
            else:
                text = change.text
            source = Source(source.path, text)
        return source

    def diagnostic(self, diagnostic: Diagnostic, url: str) -> types.Diagnostic:
        message = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
        return types.Diagnostic(
            self.range(diagnostic.location.source, diagnostic.location.span),
            message,
            SEVERITIES[diagnostic.severity],
            diagnostic.rule.code,
            types.CodeDescription(url) if url else None,
            "papernotes",
            related_information=[
                types.DiagnosticRelatedInformation(self.location(related), "see here") for related in diagnostic.related
            ],
        )

    def text_edits(self, source: Source, edits: Iterable[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self.range(source, edit.span), edit.replacement) for edit in sorted(edits)]

    def workspace_edit(
        self, edits: Mapping[Source, Sequence[Edit]], moves: Iterable[tuple[str, str]] = ()
    ) -> types.WorkspaceEdit:
        """Edits in several files, then the moves. Without moves in the form that every client knows."""
        changes = {self.uri(source.path): self.text_edits(source, own) for source, own in edits.items()}
        renames = [types.RenameFile(self.uri(old), uris.from_fs_path(str(self.root / new)) or "") for old, new in moves]
        if not renames:
            return types.WorkspaceEdit(changes)
        documents = [
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), own)
            for uri, own in changes.items()
        ]
        return types.WorkspaceEdit(document_changes=[*documents, *renames])

    def completion(self, source: Source, offers: Offers) -> types.CompletionList:
        where = self.range(source, offers.span)
        items = [_item(number, offer, where) for number, offer in enumerate(offers.offers)]
        return types.CompletionList(is_incomplete=not offers.complete, items=items)


def _item(number: int, offer: Offer, where: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.text,
        kind=KINDS[offer.kind],
        detail=offer.detail or None,
        documentation=offer.about or None,
        sort_text=f"{number:05}",
        # Editors filter once more while people go on typing, and a work may be found by its title.
        filter_text=" ".join((offer.text, *offer.names.split("\n"))).strip(),
        text_edit=types.TextEdit(where, offer.text),
    )
