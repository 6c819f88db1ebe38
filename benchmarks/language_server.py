"""How long a writer waits for `papernotes lsp`, in milliseconds, while nobody types and while the vault is checked.

    python benchmarks/language_server.py [-n NOTES] [--vault DIR]

A real client speaks to the server over pipes. *Typing* sends one more letter before every question, so that reading and
checking the vault go on beside the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from vaults import write_vault

ROUNDS = 40
NAME = "notes/a-new-note.md"
FRONT = "---\ntitle: New\nkind: concept\ntopics: [top"
BODY = "]\nsummary: New.\nstatus: draft\ncreated: 2026-01-01\nupdated: 2026-01-01\n---\n\nSee "
QUESTIONS = {
    "a citekey: [@author1": FRONT + BODY + "[@author1",
    "any citekey: [@": FRONT + BODY + "[@",
    "a note: [[author2": FRONT + BODY + "[[author2",
    "a topic": FRONT,
}


def end_of(text: str) -> types.Position:
    return types.Position(text.count("\n"), len(text) - text.rfind("\n") - 1)


class Writer:
    """A client with one open text."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client, self.uri, self.version = client, (root / NAME).as_uri(), 1
        self.told = asyncio.Event()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(_: types.PublishDiagnosticsParams) -> None:
            self.told.set()

    def open(self, text: str) -> None:
        item = types.TextDocumentItem(self.uri, "markdown", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def say(self, text: str) -> None:
        """The whole text anew, as after a key was pressed."""
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def offered(self, text: str) -> int:
        params = types.CompletionParams(types.TextDocumentIdentifier(self.uri), end_of(text))
        found = await self.client.text_document_completion_async(params)
        return len(found.items) if isinstance(found, types.CompletionList) else 0


async def milliseconds(run: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await run()
    return (time.perf_counter() - start) * 1000


async def measure(root: Path) -> None:
    client = LanguageClient("benchmark", "1")
    writer = Writer(client, root)
    start = time.perf_counter()
    await client.start_io(sys.executable, "-m", "papernotes", "lsp")
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=root.as_uri()))
    client.initialized(types.InitializedParams())
    first = next(iter(QUESTIONS.values()))
    writer.open(first)
    await writer.offered(first)
    print(f"| the first answer, after the start | {(time.perf_counter() - start) * 1000:,.0f} | |")
    await asyncio.wait_for(writer.told.wait(), 600)
    print(f"| the first findings, after the start | {(time.perf_counter() - start) * 1000:,.0f} | |")
    for what, text in QUESTIONS.items():
        writer.say(text)
        await asyncio.sleep(0.1)
        assert await writer.offered(text), what
        quiet = [await milliseconds(lambda text=text: writer.offered(text)) for _ in range(ROUNDS)]
        typing: list[float] = []
        for _ in range(ROUNDS):
            writer.say(text)
            typing.append(await milliseconds(lambda text=text: writer.offered(text)))
            await asyncio.sleep(0.15)
        for told, taken in ((what, quiet), (f"{what}, typing", typing)):
            print(f"| {told} | {statistics.median(taken):.1f} | {sorted(taken)[int(len(taken) * 0.95) - 1]:.1f} |")
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-n", type=int, default=10_000, help="how many notes (default: 10000)")
    parser.add_argument("--vault", type=Path, help="a vault that is there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = (options.vault or Path(folder) / "vault").resolve()
        if options.vault is None:
            write_vault(vault, options.n)
        print("| milliseconds | median | 95 % |\n| --- | ---: | ---: |")
        asyncio.run(measure(vault))


if __name__ == "__main__":
    main()
