"""Two checked vaults → what one did to the other: notes, edges, gaps, orphans, findings, translations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papernotes.baseline import mark, new_findings
from papernotes.checking import Checked
from papernotes.diagnostics import Diagnostic, Severity
from papernotes.graph import CitationGraph
from papernotes.library import Library
from papernotes.model import Note, Place, Translation
from papernotes.translations import drift


@dataclass(frozen=True)
class Edge:
    """One edge: `kind` is cites, relation or mention; `label` says what sort of relation."""

    kind: str
    start: str
    end: str
    label: str = ""


@dataclass(frozen=True)
class Changes:
    """What `after` has that `before` had not, and the other way round. Keys and slugs in a fixed order."""

    added: Sequence[Note]
    changed: Sequence[Note]
    removed: Sequence[Note]
    translated: Sequence[Translation]
    entries_added: Sequence[str]
    entries_removed: Sequence[str]
    edges_gained: Sequence[Edge]
    edges_lost: Sequence[Edge]
    gaps_closed: Sequence[str]
    gaps_opened: Sequence[str]
    orphans_made: Sequence[str]
    findings_new: Sequence[Diagnostic]
    findings_gone: Sequence[Diagnostic]
    made_stale: Sequence[Translation]

    @property
    def nothing(self) -> bool:
        return not any(vars(self).values())


def changes(before: Checked, after: Checked) -> Changes:
    """Compare two states of a vault. O(size of both)."""
    old, new = _texts(before.library), _texts(after.library)
    old_edges, new_edges = _edges(before.graph), _edges(after.graph)
    old_gaps, new_gaps = ({key for key, _ in state.graph.gaps(state.config.gap_threshold)} for state in (before, after))
    old_stale, new_stale = _stale(before.library), _stale(after.library)
    old_translations = {t.source.path: t.source.text for t in before.library.translations}
    return Changes(
        [new[key] for key in sorted(new.keys() - old.keys())],
        [new[key] for key in sorted(new.keys() & old.keys()) if new[key].source.text != old[key].source.text],
        [old[key] for key in sorted(old.keys() - new.keys())],
        [t for t in after.library.translations if old_translations.get(t.source.path) != t.source.text],
        sorted(after.library.by_citekey.keys() - before.library.by_citekey.keys()),
        sorted(before.library.by_citekey.keys() - after.library.by_citekey.keys()),
        sorted(new_edges - old_edges, key=_edge_order),
        sorted(old_edges - new_edges, key=_edge_order),
        sorted((old_gaps - new_gaps) & after.graph.note_of.keys()),
        sorted(new_gaps - old_gaps),
        sorted(_orphans(after) - _orphans(before)),
        _unmatched(after.diagnostics, before.diagnostics),
        _unmatched(before.diagnostics, after.diagnostics),
        [new_stale[path] for path in sorted(new_stale.keys() - old_stale.keys())],
    )


def _texts(library: Library) -> dict[tuple[Place, str], Note]:
    return {(note.place, note.slug): note for note in library.originals}


def _edge_order(edge: Edge) -> tuple[str, str, str, str]:
    return edge.kind, edge.start, edge.end, edge.label


def _edges(graph: CitationGraph) -> set[Edge]:
    found = {Edge("cites", start, end) for start, ends in graph.cites.items() for end in ends}
    found |= {Edge("relation", edge.origin, edge.to, edge.type) for edge in graph.relations}
    return found | {Edge("mention", slug, m.target) for slug, mentions in graph.mentions.items() for m in mentions}


def _stale(library: Library) -> dict[str, Translation]:
    return {
        translation.source.path: translation
        for translation in library.translations
        if (original := library.original_of(translation)) is not None and drift(original, translation)
    }


def _orphans(checked: Checked) -> set[str]:
    return {d.location.source.path for d in checked.diagnostics if d.rule.name == "orphan-note"}


def _unmatched(found: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """The findings above info that have no like among the others."""
    marks = new_findings(found, _marks(others))
    return [diagnostic for diagnostic in marks if diagnostic.severity is not Severity.INFO]


def _marks(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(mark(diagnostic) for diagnostic in diagnostics)
