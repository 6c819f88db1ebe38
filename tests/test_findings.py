"""What check remembers of earlier runs changes nothing of what it says, and rules run over what has changed alone."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from papernotes import findings
from papernotes.checking import check_vault
from papernotes.config import load_config
from papernotes.diagnostics import Diagnostic, Reach, Rule
from papernotes.graph import build_graph
from papernotes.inspection import Inspection
from papernotes.library import load
from papernotes.model import Note, Translation
from papernotes.rules import CHECKS

VAULTS = Path(__file__).parent / "vaults"
NAMES = sorted(path.name for path in VAULTS.iterdir() if path.is_dir())


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAPERNOTES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def told(vault: Path, select: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """All that check says of a vault."""
    config = load_config(vault=vault)
    return [_told(d) for d in check_vault(replace(config, select=select or config.select)).diagnostics]


def _told(found: Diagnostic) -> tuple[object, ...]:
    places = [(place.source.path, place.source.text, place.span) for place in (found.location, *found.related)]
    fix = found.fix and (found.fix.safe, [(edit.source.path, edit.source.text, edit.edit) for edit in found.fix.edits])
    return found.rule.code, found.severity, found.message, found.help, places, fix


def told_anew(vault: Path, select: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERNOTES_CACHE", "")
        return told(vault, select)


def edits(text: str) -> Iterator[str]:
    """A line at the end; lines before what follows the front matter; no end; other front matter."""
    yield f"{text}\nOne line more.\n"
    head, sharp, rest = text.partition("\n---\n")
    yield f"{head}{sharp}\nSee [@nobody2000], [that](gone.md) and [[nowhere]].\n\n## Method\n\nSo.\n{rest}"
    yield text[: -len(text) // 4]
    yield text.replace("title:", "title: Of", 1).replace("status: final", "status: draft", 1)


def files(vault: Path) -> list[Path]:
    return sorted(path for path in (*vault.rglob("*.md"), vault / "papers.bib") if path.is_file())


def summed(value: object) -> bytes:
    data = pickle.dumps(value)
    return zlib.crc32(data).to_bytes(4, "big") + data


@pytest.mark.parametrize("name", NAMES)
def test_every_vault_is_told_the_same_with_and_without_cache_and_after_edits(tmp_path: Path, name: str) -> None:
    vault = tmp_path / "vault"
    shutil.copytree(VAULTS / name, vault, symlinks=True)
    expected = told_anew(vault)
    assert told(vault) == expected
    assert told(vault) == expected
    for number, path in enumerate(files(vault)):
        before = path.read_bytes()
        variants = list(edits(before.decode("utf-8", "surrogateescape")))
        edited = variants[(number + len(name)) % len(variants)]
        path.write_bytes(edited.encode("utf-8", "surrogateescape"))
        assert told(vault) == told_anew(vault), path
        path.write_bytes(before)
        assert told(vault) == expected


def inspected(vault: Path) -> Inspection:
    config = load_config(vault=vault)
    library, unreadable = load(config)
    return Inspection(library, build_graph(library), unreadable, config)


def alone(vault: Inspection, document: Note | Translation | None) -> Inspection:
    """A vault of this one text and the original that it translates, or of the bibliography."""
    library = vault.library
    original = library.original_of(document) if isinstance(document, Translation) else document
    held = {item.source.path for item in (document, original) if item}
    library = replace(
        library,
        notes=tuple(note for note in library.notes if note.source.path in held),
        topics=tuple(note for note in library.topics if note.source.path in held),
        home=library.home if library.home and library.home.source.path in held else None,
        translations=tuple(item for item in library.translations if item is document),
        entries=() if document else library.entries,
        files={},
    )
    path = document.source.path if document else library.bibliography.path
    faults = tuple(fault for fault in vault.unreadable if fault.location.source.path == path)
    return Inspection(library, build_graph(library), faults, vault.config, frozenset((path,)))


@pytest.mark.parametrize("name", NAMES)
def test_rules_find_in_a_text_alone_what_they_find_in_it_among_others(name: str) -> None:
    vault = inspected(VAULTS / name)
    among = {rule: list(run(vault)) for rule, run in CHECKS if rule.reach in (Reach.TEXT, Reach.TIES)}
    for document in (*vault.documents, None):
        path = document.source.path if document else vault.library.bibliography.path
        views = {Reach.TEXT: alone(vault, document), Reach.TIES: replace(vault, only=frozenset((path,)))}
        for rule, run in CHECKS:
            if rule.reach in views:
                here = [_told(diagnostic) for diagnostic in among[rule] if diagnostic.location.source.path == path]
                assert [_told(diagnostic) for diagnostic in run(views[rule.reach])] == here, (rule.name, path)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault of several notes and topics."""
    folder = tmp_path / "vault"
    shutil.copytree(VAULTS / "broken-note-link", folder)
    return folder


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Reach, frozenset[str] | None]]:
    """What rules were run over, once for every reach."""
    seen: list[tuple[Reach, frozenset[str] | None]] = []

    def watched(rule: Rule, run: findings.Check) -> findings.Check:
        def check(vault: Inspection) -> Iterable[Diagnostic]:
            if (rule.reach, vault.only) not in seen:
                seen.append((rule.reach, vault.only))
            return run(vault)

        return check

    monkeypatch.setattr(findings, "CHECKS", tuple((rule, watched(rule, run)) for rule, run in CHECKS))
    return seen


def test_rules_run_over_an_edited_text_alone(vault: Path, looked_at: list[tuple[Reach, frozenset[str] | None]]) -> None:
    note = min((vault / "notes").glob("*.md"))
    told(vault)
    looked_at.clear()
    told(vault)
    assert looked_at == [(Reach.VAULT, None)]
    looked_at.clear()
    note.write_text(note.read_text() + "\nOne line more.\n")
    told(vault)
    path = frozenset((f"notes/{note.name}",))
    assert sorted(looked_at) == [(Reach.TEXT, path), (Reach.TIES, path), (Reach.VAULT, None)]


def test_a_face_that_changed_is_seen_by_all(vault: Path, looked_at: list[tuple[Reach, frozenset[str] | None]]) -> None:
    note = min((vault / "notes").glob("*.md"))
    told(vault)
    looked_at.clear()
    note.write_text(note.read_text() + "\n## One section more\n\nSo.\n")
    told(vault)
    everything = frozenset(path.relative_to(vault).as_posix() for path in files(vault))
    assert dict(looked_at)[Reach.TIES] == everything
    assert dict(looked_at)[Reach.TEXT] == {f"notes/{note.name}"}
    assert Reach.FACES in dict(looked_at)


def test_a_citation_more_is_no_affair_of_other_texts(
    vault: Path, looked_at: list[tuple[Reach, frozenset[str] | None]]
) -> None:
    note = min((vault / "notes").glob("*.md"))
    told(vault)
    looked_at.clear()
    note.write_text(note.read_text() + "\nSee [@nobody2000].\n")
    told(vault)
    path = frozenset((f"notes/{note.name}",))
    assert dict(looked_at) == {Reach.TEXT: path, Reach.TIES: path, Reach.FACES: None, Reach.VAULT: None}


def test_what_was_found_in_an_empty_text_is_told_of_its_lines(vault: Path) -> None:
    topic = vault / "notes" / "topics" / "emptiness.md"
    topic.parent.mkdir(exist_ok=True)
    topic.write_text("")
    told(vault)
    topic.write_text("A line.")
    assert told(vault) == told_anew(vault)


def test_other_rules_and_settings_are_told_apart(vault: Path) -> None:
    told(vault)
    assert told(vault, ("PN2",)) == told_anew(vault, ("PN2",))
    assert told(vault) == told_anew(vault)
    (vault / "papernotes.toml").write_text('languages = ["en", "zh"]\n')
    assert told(vault) == told_anew(vault)


@pytest.mark.parametrize(
    "value", [b"", b"spoilt", 7, summed(()), summed((1, 2, 3, 4)), summed((1, b"", 2, b"", ())), summed("text")]
)
def test_a_spoilt_cache_is_made_anew(vault: Path, cache: Path, value: object) -> None:
    expected = told(vault)
    (path,) = cache.glob("findings-*.sqlite")
    with sqlite3.connect(path) as base:
        base.execute("UPDATE kept SET value = ?", (value,))
    base.close()
    assert told(vault) == expected
    assert told(vault) == expected


def test_a_letter_that_changed_on_the_disk_is_never_told(vault: Path, cache: Path) -> None:
    expected = told(vault)
    (path,) = cache.glob("findings-*.sqlite")
    with sqlite3.connect(path) as base:
        value = base.execute("SELECT value FROM kept").fetchone()[0]
        assert b"leads nowhere" in value
        base.execute("UPDATE kept SET value = ?", (value.replace(b"leads nowhere", b"leads somehow"),))
    base.close()
    assert told(vault) == expected


def test_a_forged_cache_is_made_anew(vault: Path, cache: Path) -> None:
    expected = told(vault)
    (path,) = cache.glob("findings-*.sqlite")
    with sqlite3.connect(path) as base:
        texts, *rest = pickle.loads(base.execute("SELECT value FROM kept").fetchone()[0][4:])
        forged = dict.fromkeys(texts, ((1,), (2,))), *rest
        base.execute("UPDATE kept SET value = ?", (summed(forged),))
    base.close()
    assert told(vault) == expected


def test_two_runs_at_once_do_not_hurt_each_other(vault: Path, cache: Path) -> None:
    command = [sys.executable, "-m", "papernotes", "check", "-v", "--vault", str(vault)]
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    outputs = {run.communicate()[0] for run in runs}
    assert len(outputs) == 1
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout in outputs


SLOW = "bibtexparser jinja2 pydantic pylatexenc quickjs yaml".split()


def test_a_run_after_an_edit_of_prose_waits_for_no_package_that_it_does_not_need(vault: Path, cache: Path) -> None:
    note = min((vault / "notes").glob("*.md"))
    told(vault)
    note.write_text(note.read_text() + "\nOne line more.\n")
    code = f"import sys, papernotes.cli; papernotes.cli.main(sys.argv[1:]); print(*(set({SLOW}) & set(sys.modules)))"
    command = [sys.executable, "-c", code, "check", "-q", "--vault", str(vault)]
    environment = {**os.environ, "PAPERNOTES_CACHE": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
