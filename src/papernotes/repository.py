"""A vault's repository → the addresses where a reader edits a text, reports an error, or asks for a note."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urljoin, urlsplit

from papernotes.config import Config
from papernotes.entries import Entry
from papernotes.model import Note, Translation
from papernotes.references import links, plain_reference


def edit_address(config: Config, path: str) -> str:
    """Where the file `path` of the vault is edited; empty where the repository or its way of editing is not known."""
    if not config.repo_url or not config.edit_uri:
        return ""
    base = config.repo_url.rstrip("/") + "/"
    # MkDocs' rule: what begins with ? or # follows the repository's address, all else is a path below it.
    folder = base.rstrip("/") + config.edit_uri if config.edit_uri[0] in "?#" else urljoin(base, config.edit_uri)
    return folder.rstrip("/") + "/" + quote(path)


def issue_address(config: Config, title: str, body: str) -> str:
    """Where an issue is opened, with title and body filled in; empty without a repository."""
    if not config.repo_url:
        return ""
    base = config.repo_url.rstrip("/")
    if "gitlab" in (urlsplit(base).hostname or ""):
        return f"{base}/-/issues/new?{urlencode({'issue[title]': title, 'issue[description]': body})}"
    return f"{base}/issues/new?{urlencode({'title': title, 'body': body})}"


def version_of(text: Note | Translation, note: Note) -> str:
    """Which state of a text a reader saw: its date, and the first digits of its hash."""
    digest = hashlib.sha256(text.source.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{note.meta.updated} ({digest[:8]})"


def report_address(config: Config, words: Mapping[str, str], text: Note | Translation, note: Note) -> str:
    """Where an error in a text is reported: names the file and the version that was read."""
    body = f"{text.source.path}\n{words['version']}: {version_of(text, note)}\n\n{words['report_body']}\n"
    return issue_address(config, f"{words['report_title']}: {text.title}", body)


def wanted_address(config: Config, words: Mapping[str, str], entry: Entry) -> str:
    """Where a note on a work is asked for, or offered."""
    found = [address for _, address in links(entry)][:1]
    body = "\n".join([plain_reference(entry), *found, f"citekey: {entry.citekey}", "", words["wanted_body"], ""])
    return issue_address(config, f"{words['wanted_title']}: {entry.title}", body)
