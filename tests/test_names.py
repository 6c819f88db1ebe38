"""Names of files: what clashes on other people's disks, and what the site keeps for itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from papernotes.addresses import is_own
from papernotes.checking import check_vault
from papernotes.config import Config, load_config
from papernotes.diagnostics import Diagnostic
from papernotes.graph import build_graph
from papernotes.inspection import Inspection
from papernotes.library import Library, read_document
from papernotes.model import Note, Place
from papernotes.rules import bad_slug, slug_case_clash
from papernotes.site import all_pages, data_files
from papernotes.text import Source

VAULTS = Path(__file__).parent / "vaults"


def inspection(*paths: str, files: tuple[str, ...] = ()) -> Inspection:
    """A vault with these paths, on no disk: many could not hold it."""
    config = Config(Path())
    texts = [read_document(config, Source(path, "---\ntitle: A\n---\n"))[0] for path in paths]
    notes = [text for text in texts if isinstance(text, Note)]
    library = Library(
        tuple(note for note in notes if note.place is Place.NOTE),
        tuple(note for note in notes if note.place is Place.TOPIC),
        None,
        (),
        (),
        Source("papers.bib", ""),
        dict.fromkeys(files, 0),
    )
    return Inspection(library, build_graph(library), (), config)


def places(found: Iterator[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.location.source.path, d.related[0].source.path) for d in found]


def test_names_that_differ_only_by_case_clash() -> None:
    vault = inspection("notes/lora.md", "notes/LoRA.md", "notes/topics/lora.md", "notes/lora-2.md")
    assert places(slug_case_clash.check(vault)) == [("notes/LoRA.md", "notes/lora.md")]


def test_names_that_differ_only_by_the_encoding_of_accents_clash() -> None:
    composed, decomposed = (unicodedata.normalize(form, "notes/café.md") for form in ("NFC", "NFD"))
    vault = inspection(composed, decomposed, "notes/cafe.md")
    assert places(slug_case_clash.check(vault)) == [(decomposed, composed)]


def test_names_of_assets_clash_too() -> None:
    vault = inspection(files=("assets/Loss.svg", "assets/loss.svg", "assets/loss.png"))
    assert places(slug_case_clash.check(vault)) == [("notes/assets/loss.svg", "notes/assets/Loss.svg")]


@pytest.mark.parametrize("slug", ["con", "AUX", "nul", "com1", "lpt9", "conin$"])
def test_windows_keeps_some_names(slug: str) -> None:
    (found,) = bad_slug.check(inspection(f"notes/{slug}.md"))
    assert "Windows" in found.message


@pytest.mark.parametrize("slug", ["con-artists", "auxiliary", "com10", "gpt-4", "a", "7b"])
def test_other_names_are_good(slug: str) -> None:
    assert list(bad_slug.check(inspection(f"notes/{slug}.md"))) == []


@pytest.mark.parametrize("slug", ["trailing.", "space ", "-rf", "a--b-", "a;b", "caf\udce9", "ä", "", "日本"])
def test_other_characters_are_bad(slug: str) -> None:
    (found,) = bad_slug.check(inspection(f"notes/{slug}.md"))
    assert found.severity == "warning"


def test_notes_may_not_take_what_the_site_makes_itself() -> None:
    """Whatever pages the site has besides notes, topics and works: its address is in the list that the rules know."""
    checked = check_vault(load_config(vault=VAULTS / "missing-field"))
    made = (checked.library, checked.graph, checked.diagnostics, checked.config)
    paths = [page.address for page in all_pages(*made)] + [data.path for data in data_files(*made)]
    names = {path.partition("/")[0].partition(".")[0] for path in (*paths, *checked.config.languages[1:])}
    own = names - {note.slug for note in checked.library.notes} - {""}
    assert {"timeline", "topics", "zh"} <= own
    assert [name for name in sorted(own) if not is_own(name, checked.config.languages)] == []


@pytest.mark.parametrize("address", ["Timeline", "vision/index", "topics/README", "/zh/"])
def test_case_and_folders_make_no_difference(address: str) -> None:
    assert is_own(address, ("en", "zh"))


@pytest.mark.parametrize("address", ["dpo", "topics/alignment", "indexing", "zh/dpo"])
def test_other_addresses_are_free(address: str) -> None:
    assert not is_own(address, ("en", "zh"))
