"""One text → everything that `papernotes check` does with it, in memory. Whatever the text, this raises nothing."""

from __future__ import annotations

from pathlib import Path

from papernotes.bibtex import read_bibliography
from papernotes.checking import check
from papernotes.config import Config
from papernotes.fixing import fix
from papernotes.graph import build_graph
from papernotes.library import Library, read_document
from papernotes.model import Fault, Note, Translation
from papernotes.reporting import FORMATS, Report
from papernotes.text import Source

CONFIG = Config(Path("vault"), languages=("en", "zh"))
BIBLIOGRAPHY = """@article{turing1936, author = {Turing, Alan M.}, title = {On Computable Numbers}, journal = {PLMS}, year = {1936}}
@article{shannon1948, author = {Shannon, Claude E.}, title = {A Mathematical Theory}, journal = {BSTJ}, year = {1948}, cites = {turing1936}}
"""
NOTE = """---
title: Information
kind: paper
papers: [shannon1948]
topics: [theory]
summary: Information has a measure.
status: final
created: 2026-01-01
updated: 2026-01-01
---

It has a measure [@shannon1948], and machines compute it [@turing1936].
"""
TOPIC = (
    NOTE.replace("kind: paper", "kind: topic").replace("papers: [shannon1948]\n", "").replace("topics: [theory]\n", "")
)


def check_note(text: str, *, path: str = "notes/fuzzed.md") -> None:
    """Check a vault that holds this text as one of its notes."""
    _check([Source(path, text), Source("notes/sound.md", NOTE)], BIBLIOGRAPHY)


def check_bibliography(text: str) -> None:
    """Check a vault with this text as its papers.bib."""
    _check([Source("notes/sound.md", NOTE)], text)


def _check(sources: list[Source], bibliography: str) -> None:
    faults: list[Fault] = []
    documents: list[Note | Translation] = []
    for source in [*sources, Source("notes/topics/theory.md", TOPIC)]:
        document, found = read_document(CONFIG, source)
        documents.append(document)
        faults += found
    bib = Source("papers.bib", bibliography)
    read = read_bibliography(bib)
    originals = [document for document in documents if isinstance(document, Note)]
    library = Library(
        tuple(note for note in originals if note.address.count("/") == 0),
        tuple(note for note in originals if note.address.startswith("topics/")),
        None,
        tuple(document for document in documents if isinstance(document, Translation)),
        read.entries,
        bib,
        {},
    )
    diagnostics = check(library, build_graph(library), (*faults, *read.faults), CONFIG)
    for diagnostic in diagnostics:
        location = diagnostic.location
        assert 0 <= location.span.start <= location.span.end <= len(location.source.text), diagnostic
    report = Report(diagnostics, len(documents), len(read.entries), verbose=True)
    for render in FORMATS.values():
        render(report)
    fix(diagnostics, unsafe=True)
