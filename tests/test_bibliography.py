"""The cache of a bibliography's entries: it changes nothing, may be lost or spoilt, and one edit is seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from papernotes import bibliography
from papernotes.bibliography import recall_bibliography
from papernotes.bibtex import Bibliography, read_bibliography
from papernotes.text import Source

TEXT = r"""@string{acl = {Association for Computational Linguistics}}
@article{one, author = {G{\"o}del, Kurt and {The Team} and others}, title = {On {G}raphs}, publisher = acl, year = 2020,
  cites = {two, three, two}}
@misc{two, title = "Two" # " halves", title = {again}, url = https, cites = {}}
@misc{three, title = {Three}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAPERNOTES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never(*_: object) -> None:
    pytest.fail("read again")


def told(read: Bibliography) -> Any:
    entries = [
        (e.citekey, e.type, e.fields, e.authors, e.cites, e.span, e.key_span, dict(e.field_spans), e.written, e.date)
        for e in read.entries
    ]
    places = [[(place.source.path, place.span) for _, place in e.cited()] for e in read.entries]
    faults = [
        (f.rule, f.location.source.path, f.location.span, f.message, f.help, [r.span for r in f.related])
        for f in read.faults
    ]
    fixes = [[(e.source.path, e.edit) for e in f.fix.edits] + [f.fix.safe] if f.fix else None for f in read.faults]
    return entries, places, faults, fixes


EXPECTED = told(read_bibliography(Source("papers.bib", TEXT)))


def read_again(text: str = TEXT) -> Any:
    return told(recall_bibliography(Path("vault/papers.bib"), Source("papers.bib", text)))


def test_a_second_reading_gives_the_same_and_reads_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(EXPECTED[2]) > 3
    assert read_again() == EXPECTED
    monkeypatch.setattr(bibliography, "read_bibliography", never)
    assert read_again() == EXPECTED


def test_an_edit_is_read() -> None:
    read_again()
    edited = TEXT.replace("Kurt", "Adele")
    assert read_again(edited) == told(read_bibliography(Source("papers.bib", edited)))
    assert read_again() == EXPECTED


def test_places_are_those_of_the_text_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_again()
    monkeypatch.setattr(bibliography, "read_bibliography", never)
    source = Source("papers.bib", TEXT)
    read = recall_bibliography(Path("vault/papers.bib"), source)
    assert {entry.source for entry in read.entries} == {source}
    assert {fault.location.source for fault in read.faults} == {source}


@pytest.mark.parametrize("value", [b"", b"spoilt", 7])
def test_a_spoilt_cache_is_read_anew(cache: Path, value: object) -> None:
    read_again()
    (path,) = cache.glob("entries-*.sqlite")
    with sqlite3.connect(path) as base:
        base.execute("UPDATE kept SET value = ?", (value,))
    base.close()
    assert read_again() == EXPECTED
