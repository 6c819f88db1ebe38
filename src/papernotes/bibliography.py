"""A bibliography → its entries, from the cache where this text was read before, else read anew and remembered."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from papernotes import bibsyntax, bibtex, entries, model, notation, text
from papernotes.bibsyntax import FieldSpans
from papernotes.bibtex import Bibliography, read_bibliography
from papernotes.cache import BROKEN, Cache, version_of
from papernotes.entries import Entry, Person
from papernotes.notation import Plain, faults_of, plain_faults
from papernotes.text import Source, Span

# What decides how a bibliography is read and kept, besides this module.
CODE = (bibsyntax, bibtex, entries, model, notation, text)


def recall_bibliography(place: Path, source: Source) -> Bibliography:
    """What the bibliography at `place` holds. Of each place only the last text is kept, since they are large."""
    cache = Cache("entries", version_of(Path(__file__), *(Path(str(module.__file__)) for module in CODE)))
    key = hashlib.sha256(str(place).encode("utf-8", "surrogateescape")).digest()
    content = hashlib.sha256(f"{source.path}\n{source.text}".encode("utf-8", "surrogatepass")).digest()
    row: Any = cache.recall([key]).get(key)
    with suppress(*BROKEN):
        known, rows, faults = row
        if known == content:
            found = tuple(_entry(row, source) for row in rows)
            return Bibliography(found, faults_of(faults, {source.path: source}))
    read = read_bibliography(source)
    cache.remember({key: (content, tuple(map(_plain, read.entries)), plain_faults(read.faults))})
    return read


def _plain(entry: Entry) -> Plain:
    spans: Any = entry.field_spans
    return (
        entry.citekey,
        entry.type,
        dict(entry.fields),
        tuple(map(tuple, entry.authors)),
        entry.cites,
        tuple(entry.span),
        tuple(entry.key_span),
        tuple(spans.extent),
        {name: written for name, written in entry.written.items() if written != entry.fields[name]},
    )


def _entry(row: Plain, source: Source) -> Entry:
    citekey, type_, fields, authors, cites, span, key_span, extent, written = row
    return Entry(
        citekey,
        type_,
        fields,
        tuple(Person(*names) for names in authors),
        cites,
        source,
        Span(*span),
        Span(*key_span),
        FieldSpans(source.text, *extent),
        {**fields, **written} if written else fields,
    )
