"""The search index of a small vault, read as Pagefind wrote it."""

from __future__ import annotations

import gzip
import json
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from papernotes import searching
from papernotes.bigrams import with_bigrams
from papernotes.cli import main
from papernotes.page import Findable, Page
from papernotes.passages import Passage
from papernotes.searching import BackgroundIndex, BuiltPage

SMALL = Path(__file__).parent / "vaults" / "small"
SIGNATURE = b"pagefind_dcd"

Records = Mapping[str, dict[str, Any]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("searched") / "site"
    assert main(["build", "--vault", str(SMALL), "--site-dir", str(target)]) == 0
    return target


@pytest.fixture(scope="module")
def records(site: Path) -> Records:
    return read_index(site)


def read_index(site: Path) -> Records:
    found: dict[str, dict[str, Any]] = {}
    for path in (site / "pagefind" / "fragment").glob("*.pf_fragment"):
        data = gzip.decompress(path.read_bytes())
        assert data.startswith(SIGNATURE)
        record = json.loads(data[len(SIGNATURE) :])
        assert record["url"] not in found, "a page is listed twice"
        found[record["url"]] = record
    return found


def test_a_page_is_one_record_in_all_its_languages(records: Records) -> None:
    record = records["/transformer/"]
    assert sorted(record["filters"]["language"]) == ["en", "zh"]
    assert {anchor["id"].split("/")[0] for anchor in record["anchors"]} == {"en", "zh"}
    assert "/zh/transformer/" not in records
    assert records["/scaling-laws/"]["filters"]["language"] == ["en"]


def test_a_record_has_its_facets_and_names(records: Records) -> None:
    record = records["/transformer/"]
    filters, meta = record["filters"], record["meta"]
    assert filters["kind"] == ["paper"]
    assert filters["status"] == ["final"]
    assert filters["topic"] == ["models"]
    assert filters["year"] == ["2017"]
    assert "vaswani2017attention" in meta["names"]
    assert "1706.03762" in meta["names"]
    assert "Ashish Vaswani" in meta["people"]
    assert with_bigrams("注意力").split()[0] in record["content"]


def test_works_without_notes_are_found_by_their_data_alone(records: Records) -> None:
    record = records["/papers/bahdanau2014align/"]
    assert record["filters"]["status"] == ["unwritten"]
    assert record["meta"]["work"]
    assert "title" not in record["meta"]
    assert record["content"].rstrip(".") == record["meta"]["work"]


def test_only_notes_topics_and_works_are_searched(records: Records) -> None:
    addresses = {url.strip("/") for url in records}
    assert not addresses & {"", "all", "bibliography", "timeline", "search", "draft", "topics"}
    assert not [address for address in addresses if address.startswith("rules")]
    assert "A secret thought" not in json.dumps([*records.values()])


def test_what_a_page_lists_of_other_works_is_not_searched(site: Path, records: Records) -> None:
    page = (site / "transformer" / "index.html").read_text(encoding="utf-8")
    assert "Loss falls as a power law in size" in page
    assert "power law" not in records["/transformer/"]["content"]


def test_the_site_ships_the_engine_and_no_interfaces(site: Path) -> None:
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_a_rebuild_leaves_nothing_of_the_index_before_it(tmp_path: Path) -> None:
    old = tmp_path / "pagefind" / "fragment" / "en_0000000.pf_fragment"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    searching.index_site(tmp_path, [])
    assert not old.exists()
    assert (tmp_path / "pagefind" / "pagefind-entry.json").is_file()


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    html = tmp_path / "index.html"
    html.write_text("<article><p>One</p></article>")
    known = Findable("paper", "final")
    page = Page("clip.md", "", "CLIP", {}, "en", "clip", findable=known)
    memory: searching.Memory = {}

    def text() -> str:
        (record,) = searching.records([BuiltPage(page, html)], memory)
        return record.editions[0].passages[0].text

    assert text() == "One"
    changed, _ = memory[html]
    memory[html] = changed, [Passage("", 1, "", "remembered")]
    assert text() == "remembered"
    html.write_text("<article><p>Two</p></article>")
    os.utime(html, ns=(changed + 1, changed + 1))
    assert text() == "Two"


def test_a_preview_indexes_the_last_of_its_builds_and_survives_a_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[list[BuiltPage]] = []
    told = threading.Event()

    def index(site_dir: Path, pages: list[BuiltPage], memory: object) -> None:
        assert memory is not None, "a reader's browser may ask for the files of the index before"
        done.append(pages)
        told.set()
        if len(done) == 1:
            raise OSError("no space")

    monkeypatch.setattr(searching, "index_site", index)
    monkeypatch.setattr(searching, "PAUSE", 0.05)
    indexing = BackgroundIndex()
    indexing(tmp_path, [])
    assert told.wait(5)
    told.clear()
    started = time.monotonic()
    builds: list[Any] = [["first"], ["second"], ["third"]]
    for build in builds:
        indexing(tmp_path, build)
    assert time.monotonic() - started < 1, "a build must not wait for its index"
    assert told.wait(5)
    time.sleep(0.3)
    assert done == [[], ["third"]]
