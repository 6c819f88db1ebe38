"""Addresses of a vault's repository: editing, reporting, asking for a note; nothing where there is no repository."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from papernotes.checking import check_vault
from papernotes.config import Config, load_config
from papernotes.repository import edit_address, issue_address
from papernotes.site import all_pages, markdown_of

SMALL = Path(__file__).parent / "golden" / "small"


@pytest.mark.parametrize(
    ("repo_url", "edit_uri", "address"),
    [
        ("https://github.com/a/b", "edit/main/", "https://github.com/a/b/edit/main/notes/zh/x.md"),
        ("https://github.com/a/b/", "blob/main", "https://github.com/a/b/blob/main/notes/zh/x.md"),
        ("https://git.example/a", "?path=", "https://git.example/a?path=/notes/zh/x.md"),
        ("https://github.com/a/b", "https://edit.example/in/", "https://edit.example/in/notes/zh/x.md"),
        ("https://github.com/a/b", "", ""),
        ("", "edit/main/", ""),
    ],
)
def test_where_a_text_is_edited(repo_url: str, edit_uri: str, address: str) -> None:
    assert edit_address(Config(Path(), repo_url=repo_url, edit_uri=edit_uri), "notes/zh/x.md") == address


def test_an_issue_is_filled_in_as_its_host_reads_it() -> None:
    github = urlsplit(issue_address(Config(Path(), repo_url="https://github.com/a/b"), "A & B?", "one\ntwo"))
    assert github.path == "/a/b/issues/new"
    assert parse_qs(github.query) == {"title": ["A & B?"], "body": ["one\ntwo"]}
    gitlab = urlsplit(issue_address(Config(Path(), repo_url="https://gitlab.example/a/b"), "A", "one"))
    assert gitlab.path == "/a/b/-/issues/new"
    assert parse_qs(gitlab.query) == {"issue[title]": ["A"], "issue[description]": ["one"]}
    assert issue_address(Config(Path()), "A", "one") == ""


def test_pages_of_a_vault_without_repository_lead_to_none() -> None:
    checked = check_vault(load_config(vault=SMALL))
    config = replace(checked.config, repo_url="", edit_uri="")
    pages = {page.path: page for page in all_pages(checked.library, checked.graph, checked.diagnostics, config)}
    note = markdown_of(pages["transformer.md"])
    actions = next(line for line in note.splitlines() if "pn-actions" in line)
    assert actions == '<p class="pn-actions" markdown>[Cite](#cite)</p>'
    entry = markdown_of(pages["papers/bahdanau2014align.md"])
    assert "`papernotes new bahdanau2014align`." in entry
    assert "/issues" not in note + entry


def test_our_default_settings_lead_nobody_to_our_own_repository() -> None:
    default = (Path(__file__).parent.parent / "templates" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "github.com" not in default
    assert "papernotes.example" not in default
