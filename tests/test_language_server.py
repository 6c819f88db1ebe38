"""`papernotes lsp`, driven by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

SMALL = Path(__file__).parent / "vaults" / "small"
CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Rename]
        )
    )
)


class Editor:
    """An editor with a vault open; `|` in a text stands for the cursor."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.root = client, root
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.version = 1

    def heard(self, params: types.PublishDiagnosticsParams) -> None:
        self.found[Path(params.uri.removeprefix("file://")).relative_to(self.root).as_posix()] = list(
            params.diagnostics
        )
        self.news.set()

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier((self.root / path).as_uri())

    def open(self, path: str, text: str | None = None) -> str:
        text = (self.root / path).read_text(encoding="utf-8") if text is None else text
        item = types.TextDocumentItem(self.document(path).uri, "markdown", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return text

    def type(self, path: str, at: types.Position, text: str, until: types.Position | None = None) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.document(path).uri)
        change = types.TextDocumentContentChangePartial(types.Range(at, until or at), text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def codes(self, path: str, wanted: Callable[[set[str]], bool]) -> set[str]:
        """The codes of the findings in a file, as soon as they are what is waited for."""
        async with asyncio.timeout(30):
            while True:
                codes = {str(diagnostic.code) for diagnostic in self.found.get(path, [])}
                if wanted(codes):
                    return codes
                self.news.clear()
                await self.news.wait()

    async def offered(self, path: str, at: types.Position) -> list[types.CompletionItem]:
        params = types.CompletionParams(self.document(path), at)
        found = await self.client.text_document_completion_async(params)
        return list(found.items) if isinstance(found, types.CompletionList) else []

    async def offered_in(self, text: str) -> list[str]:
        """What is offered at the `|` of a new note."""
        self.version += 1
        path = f"notes/new-{self.version}.md"
        self.open(path, text.replace("|", ""))
        return [item.label for item in await self.offered(path, place(text, "|"))]


def place(text: str, words: str, after: str = "") -> types.Position:
    """Where `words` begin in a text, or `after` ends in them, in the protocol's units: UTF-16."""
    at = text.index(words) + (words.index(after) + len(after) if after else 0)
    line = text.rfind("\n", 0, at) + 1
    return types.Position(text.count("\n", 0, at), len(text[line:at].encode("utf-16-le")) // 2)


@asynccontextmanager
async def editing(root: Path, capabilities: types.ClientCapabilities = CAPABILITIES) -> AsyncIterator[Editor]:
    client = LanguageClient("tests", "1")
    editor = Editor(client, root)

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def heard(params: types.PublishDiagnosticsParams) -> None:
        editor.heard(params)

    await client.start_io(sys.executable, "-m", "papernotes", "lsp")
    params = types.InitializeParams(capabilities, root_uri=root.as_uri())
    await client.initialize_async(params)
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path.resolve() / "vault")


def in_editor(vault: Path, story: Callable[[Editor], Awaitable[None]]) -> None:
    async def told() -> None:
        async with asyncio.timeout(120), editing(vault) as editor:
            await story(editor)

    asyncio.run(told())


def shown(edit: types.WorkspaceEdit | None, root: Path) -> dict[str, list[str]]:
    """The new texts of an edit by file, and `→ file` for a move."""
    assert edit is not None
    found: dict[str, list[str]] = {}
    name = lambda uri: Path(uri.removeprefix("file://")).relative_to(root).as_posix()  # noqa: E731
    for uri, edits in (edit.changes or {}).items():
        found[name(uri)] = [change.new_text for change in edits]
    for change in edit.document_changes or ():
        if isinstance(change, types.RenameFile):
            found.setdefault(name(change.old_uri), []).append(f"→ {name(change.new_uri)}")
        elif isinstance(change, types.TextDocumentEdit):
            found[name(change.text_document.uri)] = [item.new_text for item in change.edits]
    return found


def test_findings_follow_what_is_typed_and_not_saved(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        text = editor.open("notes/draft.md")
        await editor.codes("notes/draft.md", lambda codes: "PN201" not in codes)
        key = place(text, "kaplan2020scaling")
        editor.type("notes/draft.md", key, "x")
        await editor.codes("notes/draft.md", lambda codes: "PN201" in codes)
        editor.type("notes/draft.md", key, "", types.Position(key.line, key.character + 1))
        await editor.codes("notes/draft.md", lambda codes: "PN201" not in codes)
        assert (vault / "notes" / "draft.md").read_text(encoding="utf-8") == text

    in_editor(vault, story)


def test_an_entry_that_is_only_typed_is_known_to_the_notes(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        bibliography = editor.open("papers.bib")
        text = editor.open("notes/draft.md")
        editor.type("notes/draft.md", place(text, "kaplan2020scaling"), "new2024;@")
        await editor.codes("notes/draft.md", lambda codes: "PN201" in codes)
        entry = "@misc{new2024, title={New}, author={New, Ann}, year={2024}}\n\n"
        editor.type("papers.bib", place(bibliography, "@inproceedings"), entry)
        await editor.codes("notes/draft.md", lambda codes: "PN201" not in codes)

    in_editor(vault, story)


def test_places_are_counted_in_utf_16(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        text = editor.open("notes/draft.md")
        at = place(text, "A secret")
        editor.type("notes/draft.md", at, "𝒜𝒷 [@nobody2020] 注意力 ")
        await editor.codes("notes/draft.md", lambda codes: "PN201" in codes)
        found = next(d for d in editor.found["notes/draft.md"] if d.code == "PN201")
        assert (found.range.start.character, found.range.end.character) == (6, 17)
        # A change behind such characters lands where the editor means it.
        editor.type("notes/draft.md", types.Position(at.line, 7), "vaswani2017attention", types.Position(at.line, 17))
        await editor.codes("notes/draft.md", lambda codes: "PN201" not in codes)

    in_editor(vault, story)


def test_completion_has_title_and_year_and_replaces_what_was_typed(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        text = editor.open("notes/draft.md")
        at = place(text, "kaplan2020scaling")
        editor.type("notes/draft.md", at, "joint", types.Position(at.line, at.character + len("kaplan2020scaling")))
        found = await editor.offered("notes/draft.md", types.Position(at.line, at.character + 5))
        assert [item.label for item in found] == ["bahdanau2014align"]
        title = "Neural Machine Translation by Jointly Learning to Align and Translate (2015)"
        assert found[0].detail == title
        assert isinstance(found[0].text_edit, types.TextEdit)
        assert found[0].text_edit.range == types.Range(at, types.Position(at.line, at.character + 5))
        # Editors filter by this text while people go on typing.
        assert "jointly" in (found[0].filter_text or "")

    in_editor(vault, story)


def test_hover_definition_and_references(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        path = "notes/scaling-laws.md"
        text = editor.open(path)
        document = editor.document(path)
        cited = place(text, "vaswani2017attention]")

        hover = await editor.client.text_document_hover_async(types.HoverParams(document, cited))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.value.startswith("**Attention Is All You Need**\n\nAshish Vaswani, Noam Shazeer et al.")
        assert "A network of attention alone" in hover.contents.value
        assert "note: transformer (paper, final) · cited in 2 other notes" in hover.contents.value.replace("\\", "")

        async def leads_to(path: str, words: str) -> tuple[str, int]:
            text = editor.open(path)
            params = types.DefinitionParams(editor.document(path), place(text, words))
            found = await editor.client.text_document_definition_async(params)
            assert isinstance(found, types.Location)
            return Path(found.uri.removeprefix("file://")).relative_to(vault).as_posix(), found.range.start.line

        assert await leads_to("notes/scaling-laws.md", "vaswani2017attention]") == ("notes/transformer.md", 0)
        assert await leads_to("notes/zh/transformer.md", "scaling-laws]]") == ("notes/scaling-laws.md", 0)
        assert await leads_to("notes/transformer.md", "scaling-laws.md#method") == ("notes/scaling-laws.md", 15)
        # From the work's own note, and where there is none, the entry is what is wanted.
        assert await leads_to("notes/transformer.md", "vaswani2017attention, §") == ("papers.bib", 0)
        assert await leads_to("notes/transformer.md", "bahdanau2014align]. Here") == ("papers.bib", 11)
        assert await leads_to("papers.bib", "kaplan2020scaling") == ("notes/scaling-laws.md", 0)

        async def named_in(path: str, words: str) -> list[tuple[str, int]]:
            text = (vault / path).read_text(encoding="utf-8")
            params = types.ReferenceParams(types.ReferenceContext(False), editor.document(path), place(text, words))
            found = await editor.client.text_document_references_async(params)
            name = [(Path(item.uri.removeprefix("file://")).name, item.range.start.line) for item in found or ()]
            return sorted(name)

        assert await named_in("papers.bib", "kaplan2020scaling") == [
            ("draft.md", 10),
            ("scaling-laws.md", 3),
            ("scaling-laws.md", 17),
            ("transformer.md", 21),
            ("transformer.md", 35),
        ]
        assert {name for name, _ in await named_in("notes/transformer.md", "Attention Is All")} == {
            "models.md",
            "scaling-laws.md",
        }

    in_editor(vault, story)


def test_rename_edits_every_file_and_moves_the_note(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        path = "notes/scaling-laws.md"
        text = editor.open(path)
        document, at = editor.document(path), place(text, "transformer.md")
        prepared = await editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(document, at))
        assert isinstance(prepared, types.PrepareRenamePlaceholder)
        assert (prepared.placeholder, prepared.range.end.character - at.character) == ("transformer", 11)
        edit = await editor.client.text_document_rename_async(types.RenameParams(document, at, "attention"))
        assert shown(edit, vault) == {
            "notes/topics/models.md": ["attention"],
            "notes/scaling-laws.md": ["attention"],
            "notes/transformer.md": ["redirects: [transformer]\n", "→ notes/attention.md"],
            "notes/zh/topics/models.md": ["attention"],
            "notes/zh/transformer.md": ["→ notes/zh/attention.md"],
        }
        cited = place(text, "vaswani2017attention]")
        edit = await editor.client.text_document_rename_async(types.RenameParams(document, cited, "vaswani2017all"))
        assert shown(edit, vault)["papers.bib"] == ["vaswani2017all", "vaswani2017all"]
        with pytest.raises(JsonRpcException, match="there is an entry 'kaplan2020scaling' already"):
            await editor.client.text_document_rename_async(types.RenameParams(document, cited, "kaplan2020scaling"))

    in_editor(vault, story)


def test_a_fix_is_a_code_action(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        text = editor.open("notes/draft.md")
        at = place(text, "A secret")
        editor.type("notes/draft.md", at, "𝒜 [page](https://example.org/?a=1&utm_source=x) ")
        await editor.codes("notes/draft.md", lambda codes: "PN207" in codes)
        here = types.Range(types.Position(at.line, 35), types.Position(at.line, 35))
        params = types.CodeActionParams(editor.document("notes/draft.md"), here, types.CodeActionContext([]))
        found = await editor.client.text_document_code_action_async(params) or ()
        actions = {action.kind: action for action in found if isinstance(action, types.CodeAction)}
        fix = actions[types.CodeActionKind.QuickFix]
        assert fix.title == "Change to '?a=1' (tracking-link)"
        for action in (fix, actions["source.fixAll.papernotes"]):
            assert shown(action.edit, vault) == {"notes/draft.md": ["?a=1"]}
        changes = fix.edit.changes if fix.edit else None
        assert changes
        (edit,) = changes[editor.document("notes/draft.md").uri]
        assert (edit.range.start.character, edit.range.end.character) == (30, 47)

    in_editor(vault, story)


def test_a_misspelt_citekey_can_be_corrected_but_not_with_all_the_rest(vault: Path) -> None:
    async def story(editor: Editor) -> None:
        text = editor.open("notes/draft.md")
        at = place(text, "A secret")
        editor.type("notes/draft.md", at, "See [@vaswani2017atention]. ")
        await editor.codes("notes/draft.md", lambda codes: "PN201" in codes)
        here = types.Range(types.Position(at.line, 10), types.Position(at.line, 10))
        params = types.CodeActionParams(editor.document("notes/draft.md"), here, types.CodeActionContext([]))
        (fix,) = await editor.client.text_document_code_action_async(params) or ()
        assert isinstance(fix, types.CodeAction)
        assert fix.title == "Change to 'vaswani2017attention' (unknown-citekey)"
        assert not fix.is_preferred
        assert shown(fix.edit, vault) == {"notes/draft.md": ["vaswani2017attention"]}

    in_editor(vault, story)


def test_a_file_outside_every_vault_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("[@nobody]\n", encoding="utf-8")

    async def story(editor: Editor) -> None:
        text = editor.open("readme.md")
        assert await editor.offered("readme.md", place(text, "nobody")) == []
        hover = types.HoverParams(editor.document("readme.md"), place(text, "nobody"))
        assert await editor.client.text_document_hover_async(hover) is None

    in_editor(tmp_path.resolve(), story)
