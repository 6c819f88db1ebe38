"""The layers and owners of the code, held as data: a module imports only from lines above its own."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "papernotes"
LAYERS = """
graph_phrases · list_phrases · typography · typesetting · pictures
text · writing · progress · languages · tex · quantities · html_allowlist · addresses · amounts · scatter · spelling
cache · copies · workforce
bigrams · passages · mathematics · policy
journal
staging
diagnostics · bibsyntax · sanitizing · diagrams · matter
config · schema · attachments
model · entries · editor_schema
citations · limits · notation
marks
rendering
frontmatter · markdown · bibtex · identifier_forms · entry_types · variants · naming · unclosed
identifiers
record
bodies · bibwriting · metadata · fetching
readings · bibliography
lookup · importers
library
links · translations · references · buffers
csl · repository · occurrences · matter_places
graph · layout · lineage · sameness · additions · venues
atlas · works
templating · page
citing · figures · completing · editing
inspection · prose · scaffold · suggestions
rules · pages · frame · site_files · adding · content · turning
fixing · formatting · importing · ignores
findings
checking · site · page_shares · reporting · searching · baseline · renaming
mkdocs_plugin · changes · language_server
building
rebuilding
preview
commands
cli
__main__
"""
OWNERS = {
    "pydantic": "schema",
    "yaml": "frontmatter",
    "markdown": "rendering",
    "pymdownx": "rendering",
    "bibtexparser": "bibtex",
    "pylatexenc": "bibtex",
    "stdnum": "identifier_forms",
    "jinja2": "templating",
    "markupsafe": "templating",
    "tomllib": "config",
    "argparse": "commands",
    "requests": "fetching",
    "defusedxml": "metadata",
    "pagefind": "searching",
    "mkdocs": "site_files page_shares mkdocs_plugin building preview",
    "quickjs": "mathematics",
    "py_mini_racer": "mathematics",
    "nh3": "sanitizing",
    "imagesize": "pictures",
    "pygls": "language_server",
    "lsprotocol": "language_server",
    "shtab": "commands",
}
LAYER = {name: number for number, line in enumerate(LAYERS.split("\n")) for name in line.split(" · ") if name}
MODULES = sorted(PACKAGE.rglob("*.py"))


def noun(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every imported module, lazy and TYPE_CHECKING ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path.name} imports relatively"
            yield from (
                [f"papernotes.{alias.name}" for alias in node.names] if node.module == "papernotes" else [node.module]
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_layers_above(path: Path) -> None:
    own = noun(path)
    if own == "__init__":
        return
    assert own in LAYER, f"give {own} its line in LAYERS"
    for name in imports(path):
        if name.startswith("papernotes."):
            other = name.split(".")[1]
            if other not in (own, "__version__"):
                assert LAYER[other] < LAYER[own], f"{own} imports {other}, which is not above it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_package_has_one_owner(path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]
        if top in ("papernotes", "__future__") or (top in sys.stdlib_module_names and top not in OWNERS):
            continue
        assert noun(path) in OWNERS.get(top, "").split(), f"{top} is not {noun(path)}'s"
