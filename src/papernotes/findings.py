"""A vault → what its rules find and its texts ask to ignore: what an earlier run found where that holds, else anew.

Every rule says what its findings depend on (`Reach`), and is run over the files alone of which that has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import papernotes
from papernotes.cache import BROKEN, Cache, version_of
from papernotes.diagnostics import Diagnostic, Reach, Rule
from papernotes.ignores import Ignore, written_ignores
from papernotes.inspection import Inspection
from papernotes.mathematics import KATEX
from papernotes.model import Note, Translation
from papernotes.notation import Plain, findings_of, place_of, plain_faults, plain_findings, plain_place
from papernotes.progress import Bar
from papernotes.rules import CHECKS

BY_CODE = {rule.code: rule for rule, _ in CHECKS}
Check = Callable[[Inspection], Iterable[Diagnostic]]


class Found(NamedTuple):
    """What the rules find, and what the texts ask to ignore."""

    findings: list[Diagnostic]
    ignores: list[Ignore]


@dataclass(frozen=True)
class _Page:
    """What the last run over a vault found: by key of a text what stands in it, and what stands in faces."""

    texts: dict[bytes, tuple[tuple[Plain, ...], tuple[Plain, ...]]]
    horizon: bytes
    ties: dict[bytes, tuple[Plain, ...]]
    web: bytes
    faces: tuple[Plain, ...]


NOTHING = _Page({}, b"", {}, b"", ())


def find(vault: Inspection, wanted: Collection[Rule], progress: Bar) -> Found:
    """Run these rules over the whole vault."""
    found: list[Diagnostic] = []
    for number, (rule, run) in enumerate(CHECKS, 1):
        if rule in wanted:
            found += run(vault)
        progress(number, len(CHECKS))
    return Found(found, list(written_ignores(vault)))


def find_changed(vault: Inspection, wanted: Collection[Rule], progress: Bar) -> Found:
    """The same, but rules run only over what has changed since the last such run over this vault."""
    cache = Cache("findings", _version())
    slot = hashlib.sha256(str(vault.config.root).encode("utf-8", "surrogateescape")).digest()
    row: Any = cache.recall([slot]).get(slot, ())
    now = _Now(vault, wanted)
    try:
        page = _Page(*row) if row else NOTHING
        known = now.still_holds(page)
    except BROKEN:
        page, known = NOTHING, Found([], [])
    fresh = {reach: list[Diagnostic]() for reach in Reach}
    views = now.views(page)
    for number, (rule, run) in enumerate(CHECKS, 1):
        if rule in wanted and rule.reach in views:
            fresh[rule.reach] += run(views[rule.reach])
        progress(number, len(CHECKS))
    ignores = list(written_ignores(views[Reach.TEXT])) if Reach.TEXT in views else []
    if len(views) > 1:
        cache.remember({slot: now.page(page, views, fresh, ignores)})
    return Found([*known.findings, *(d for found in fresh.values() for d in found)], [*known.ignores, *ignores])


def _version() -> str:
    folder = Path(papernotes.__file__).parent
    return version_of(*sorted(folder.glob("*.py")), *sorted(folder.glob("r*/*.py")), KATEX)


class _Now:
    """A vault as it is, in hashes of what findings depend on."""

    def __init__(self, vault: Inspection, wanted: Collection[Rule]) -> None:
        self._vault = vault
        # A finding may depend on no other setting: rules that look at one text see none but these.
        self._config = replace(vault.config, root=Path(), select=(), ignore=(), severities=(), baseline="")
        self._base = repr((self._config, sorted(rule.code for rule in wanted)))
        self._sources = {source.path: source for source in vault.sources}

    @cached_property
    def keys(self) -> Mapping[str, bytes]:
        """Per file a hash of what findings of `Reach.TEXT` in it depend on."""
        faults: dict[str, list[Plain]] = {}
        for fault in self._vault.unreadable:
            faults.setdefault(fault.location.source.path, []).extend(plain_faults([fault]))
        bibliography = self._vault.library.bibliography
        digests = {bibliography.path: self._bibliography}
        for document in self._vault.documents:
            digests[document.source.path] = self._digest(document)
        return {path: _hash(self._base, path, digest, faults.get(path, "")) for path, digest in digests.items()}

    def _digest(self, document: Note | Translation) -> bytes:
        original = self._vault.library.original_of(document) if isinstance(document, Translation) else None
        return document.reading.digest + (original.reading.digest if original else b"")

    @cached_property
    def _bibliography(self) -> bytes:
        return hashlib.sha256(self._vault.library.bibliography.text.encode("utf-8", "surrogatepass")).digest()

    @cached_property
    def horizon(self) -> bytes:
        """A hash of what any text can see of the vault: the faces of texts, the bibliography, the names of files."""
        faces = [(document.source.path, document.reading.face) for document in self._vault.documents]
        return _hash(self._base, self._bibliography, sorted(self._vault.library.files), faces)

    @cached_property
    def web(self) -> bytes:
        """A hash of that and of all ties."""
        return _hash(self.horizon, [document.reading.ties for document in self._vault.documents])

    def still_holds(self, page: _Page) -> Found:
        """What of an earlier run holds now."""
        rows = [row for key in self.keys.values() if key in page.texts for row in page.texts[key][0]]
        if page.horizon == self.horizon:
            rows += [row for key in self.keys.values() for row in page.ties.get(key, ())]
        if page.web == self.web:
            rows += page.faces
        ignores = [row for key in self.keys.values() if key in page.texts for row in page.texts[key][1]]
        return Found(
            list(findings_of(rows, self._sources, BY_CODE)),
            [Ignore(str(name), place_of(place, self._sources), tuple(lines)) for name, place, lines in ignores],
        )

    def views(self, page: _Page) -> dict[Reach, Inspection]:
        """What the rules of each reach have to look at, if anything."""
        same = page.horizon == self.horizon
        unread = frozenset(path for path, key in self.keys.items() if key not in page.texts)
        untied = frozenset(path for path, key in self.keys.items() if not same or key not in page.ties)
        views = {Reach.VAULT: self._vault}
        if unread:
            faults = tuple(fault for fault in self._vault.unreadable if fault.location.source.path in unread)
            views[Reach.TEXT] = replace(self._vault, config=self._config, unreadable=faults, only=unread)
        if untied:
            views[Reach.TIES] = replace(self._vault, config=self._config, unreadable=(), only=untied)
        if page.web != self.web:
            views[Reach.FACES] = replace(self._vault, config=self._config, unreadable=())
        return views

    def page(
        self,
        before: _Page,
        views: Mapping[Reach, Inspection],
        fresh: Mapping[Reach, Iterable[Diagnostic]],
        ignores: Iterable[Ignore],
    ) -> Plain:
        """What to keep of this run for the next."""
        texts = _by_path(fresh[Reach.TEXT], self.keys)
        ties = _by_path(fresh[Reach.TIES], self.keys)
        asked: dict[str, list[Plain]] = {}
        for ignore in ignores:
            row = (ignore.name, plain_place(ignore.location), ignore.lines)
            asked.setdefault(ignore.location.source.path, []).append(row)
        unread = views[Reach.TEXT].only if Reach.TEXT in views else None
        untied = views[Reach.TIES].only if Reach.TIES in views else None
        return (
            {
                key: (tuple(texts[path]), tuple(asked.get(path, ())))
                if unread and path in unread
                else before.texts[key]
                for path, key in self.keys.items()
            },
            self.horizon,
            {
                key: tuple(ties[path]) if untied and path in untied else before.ties[key]
                for path, key in self.keys.items()
            },
            self.web,
            plain_findings(fresh[Reach.FACES]) if Reach.FACES in views else before.faces,
        )


def _by_path(found: Iterable[Diagnostic], paths: Collection[str]) -> dict[str, list[Plain]]:
    rows: dict[str, list[Plain]] = {path: [] for path in paths}
    for diagnostic in found:
        rows[diagnostic.location.source.path] += plain_findings([diagnostic])
    return rows


def _hash(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).digest()
