"""What may be written at a place: `|` stands for the cursor in a new note of the small vault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from papernotes import completing
from papernotes.completing import MOST, offers_at
from papernotes.config import Config
from papernotes.library import Library, load
from papernotes.text import Source

SMALL = Path(__file__).parent / "vaults" / "small"
MATTER = "---\ntitle: New\nkind: concept\nsummary: S.\nstatus: draft\ncreated: 2026-11-20\nupdated: 2026-11-20\n"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Config(SMALL, ("en", "zh")))[0]


def offered(library: Library, text: str, path: str = "notes/new.md") -> list[str]:
    found = offers_at(library, Source(path, text.replace("|", "")), text.index("|"))
    return [offer.text for offer in found.offers] if found else []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("As in [@vas|", ["vaswani2017attention"]),
        ("As in [@{vas|", ["vaswani2017attention"]),
        ("As in [@jointly|", ["bahdanau2014align"]),
        ("As in [@Shazeer|", ["vaswani2017attention"]),
        ("As in [see @kaplan2020scaling; @|", ["vaswani2017attention", "bahdanau2014align", "kaplan2020scaling"]),
        ("写给 me@|", []),
        ("注意力@bah|", ["bahdanau2014align"]),
        ("See [[scal|", ["scaling-laws"]),
        ("See [[注意|", ["transformer"]),
        ("See [[topics/|", ["topics/models"]),
        ("See [[scaling-laws#|", ["Method"]),
        ("See [[Transformer#conn|", ["Connections"]),
        ("See [it](tr|", ["transformer.md"]),
        ("See [it](topics/|", ["topics/models.md"]),
        ("See [it](https://tr|", []),
        ("See [it](transformer.md#|", ["method", "connections"]),
        ("[it]: scal|", ["scaling-laws.md"]),
        ("Nothing here|", []),
    ],
)
def test_in_the_body(library: Library, text: str, wanted: list[str]) -> None:
    assert offered(library, f"{MATTER}---\n\n{text}\n\nMore.\n") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("topics: [mod|]", ["models"]),
        ("topics: [nothing, |]", ["models"]),
        ("papers:\n  - kap|", ["kaplan2020scaling"]),
        ("papers: [kaplan2020scaling, vas|", ["vaswani2017attention"]),
        ("relations:\n  - {to: bah|", ["bahdanau2014align"]),
        ("relations: [{to: bah|", ["bahdanau2014align"]),
        ("relations:\n  - to: x\n    type: sim|", ["simplifies"]),
        ("relations:\n  - {to: x, type: sim|}", ["simplifies"]),
        ("relations:\n  - {to: x, |}", ["type: ", "from: ", "where: "]),
        ("results:\n  - benchmark: WM|", ["WMT 2014 En-De"]),
        ("basis: sec|", ["secondary"]),
        ("basis: |", ["paper", "secondary"]),
        ("ser|", ["series: "]),
        ("tit|", []),
        ("contributors: [pap|]", ["papernotes"]),
        ("aliases: [pap|]", []),
    ],
)
def test_in_front_matter(library: Library, text: str, wanted: list[str]) -> None:
    assert offered(library, f"{MATTER}{text}\n---\n\nText.\n") == wanted


def test_front_matter_that_is_not_closed_yet(library: Library) -> None:
    assert offered(library, "---\ntitle: New\nkind: conc|") == ["concept"]


def test_a_translation_has_its_own_fields_and_links_beside_it(library: Library) -> None:
    path = "notes/zh/transformer.md"
    assert offered(library, "---\ntitle: 新\n|\n---\n", path) == ["summary: ", "aliases: ", "translates: ", "ignore: "]
    assert offered(library, "---\ntitle: 新\n---\n\n见[它](scal|", path) == ["scaling-laws.md"]
    assert offered(library, "---\ntitle: 新\n---\n\n见[它](scaling-laws.md#|", path) == ["method"]


def test_a_path_leads_from_the_folder_of_the_text(library: Library) -> None:
    body = "---\ntitle: T\n---\n\n[it]("
    assert offered(library, f"{body}mod|", "notes/topics/models.md") == ["models.md"]
    assert offered(library, f"{body}../tr|", "notes/topics/models.md") == ["../transformer.md"]
    assert offered(library, f"{body}../mod|", "notes/zh/topics/models.md") == []


def test_notes_that_did_not_change_are_not_looked_at_again(library: Library) -> None:
    """Of ten thousand, each costs something at every letter that is typed."""
    source = Source("notes/new.md", f"{MATTER}---\n\n[[")
    first, second = (offers_at(library, source, len(source.text)) for _ in range(2))
    assert first
    assert second
    assert all(one is other for one, other in zip(first.offers, second.offers, strict=True))
    touched = replace(library, notes=(*library.notes[:-1], replace(library.notes[-1])))
    names = dict(completing._NAMES)
    offers_at(touched, source, len(source.text))
    assert set(completing._NAMES) - set(names) == {touched.notes[-1]}


def test_in_the_bibliography_works_cite_works(library: Library) -> None:
    assert offered(library, "@misc{new,\n  cites = {kaplan2020scaling, vas|", "papers.bib") == ["vaswani2017attention"]
    assert offered(library, "@misc{new,\n  title = {vas|", "papers.bib") == []


def test_an_offer_tells_what_the_work_is(library: Library) -> None:
    found = offers_at(library, Source("notes/new.md", f"{MATTER}---\n\n[@kap"), len(MATTER) + len("---\n\n[@kap"))
    assert found
    assert found.offers[0].detail == "Scaling Laws for Neural Language Models (2020)"
    assert found.offers[0].about == "Jared Kaplan, Sam McCandlish et al."


def test_a_large_vault_is_offered_in_part(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    entries = "".join(f"@misc{{key{number:04}, title={{Work}}}}\n" for number in range(MOST + 1))
    (tmp_path / "papers.bib").write_text(entries, encoding="utf-8")
    library = load(Config(tmp_path))[0]
    found = offers_at(library, Source("notes/new.md", f"{MATTER}---\n\n[@"), len(MATTER) + len("---\n\n[@"))
    assert found
    assert (len(found.offers), found.complete) == (MOST, False)
    assert offered(library, f"{MATTER}---\n\n[@0200|") == ["key0200"]
