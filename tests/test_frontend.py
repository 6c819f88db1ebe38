"""What the site ships to browsers: every feature is built, a note page is light, and nothing names a registry."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "frontend" / "src"
ASSETS = ROOT / "src" / "papernotes" / "assets"
# The search, the graph explorer and the timeline load when asked for, or on their own pages.
ON_A_NOTE_PAGE = (
    "papernotes.css papernotes.js cards.js copy.js local-graph.js menu.js reveal.js scrolling.js search.js tables.js"
).split()


def test_every_feature_of_the_entry_is_built() -> None:
    features = re.findall(r'import\("\./([\w-]+)"\)', (SOURCES / "papernotes.ts").read_text(encoding="utf-8"))
    assert len(features) > 5
    missing = [name for name in features if not (ASSETS / f"{name}.js").is_file()]
    assert not missing, f"npm run build in frontend/ makes {missing}"


def test_nothing_is_left_of_features_that_are_gone() -> None:
    built = {path.stem for path in ASSETS.glob("*.js")}
    assert built == {path.stem for path in SOURCES.glob("*.ts")}


def test_own_scripts_and_styles_of_a_note_page_are_light() -> None:
    sizes = {name: len(gzip.compress((ASSETS / name).read_bytes())) for name in ON_A_NOTE_PAGE}
    assert sum(sizes.values()) < 60_000, sizes
    assert sizes["papernotes.js"] < 1_000


def test_every_style_sheet_is_in_the_list() -> None:
    listed = re.findall(r'@import "\./([\w-]+\.css)"', (SOURCES / "papernotes.css").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in SOURCES.glob("*.css") if path.name != "papernotes.css")


@pytest.mark.parametrize("folder", ["", "audit", "diagrams"])
def test_the_lock_files_name_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / "frontend" / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = lock["packages"]
    assert len(packages) > 2
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_no_style_or_script_asks_another_host() -> None:
    """Name spaces of XML aside, built files hold no address outside of the site."""
    for path in [*ASSETS.glob("*.js"), *ASSETS.glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        foreign = [
            found for found in re.findall(r"https?://[^\s\"'`)]+", text) if not found.startswith("http://www.w3.org/")
        ]
        assert not foreign, (path.name, foreign)
