"""`papernotes diff`: what a branch does to the knowledge base, as Markdown for its pull request."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from papernotes.changes import Changes, Edge, changes
from papernotes.checking import check_vault
from papernotes.commands.parser import CLEAN, Commands, Namespace, bars_of, config_of, print_json
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Diagnostic
from papernotes.model import Note, Translation
from papernotes.progress import Bar
from papernotes.reporting import headline
from papernotes.templating import escape_markdown

MOST_LISTED = 30
Item = TypeVar("Item")


def add(commands: Commands) -> None:
    help = "say what changed in the knowledge base since a commit"
    command = commands.add(
        "diff", run, help, "diff main", "diff origin/main --format json", "diff v1.0 --site https://…/"
    )
    command.add_argument("base", metavar="BASE", help="a commit, branch or tag of the vault's repository")
    command.add_argument(
        "--site", default="", metavar="URL", help="where the changed site can be read (default: site_url)"
    )
    command.add_argument("--format", choices=("markdown", "json"), default="markdown")


def run(options: Namespace) -> int:
    config = config_of(options)
    bars = bars_of(options)

    def before(what: str) -> Bar:
        return bars(f"{what} of {options.base}")

    with tempfile.TemporaryDirectory(prefix="papernotes-") as folder:
        base = _extract(config, options.base, Path(folder))
        found = changes(check_vault(base, before), check_vault(config, bars))
    if options.format == "json":
        print_json(_document(found))
    else:
        print(_markdown(found, (options.site or config.site_url).rstrip("/")))
    return CLEAN


def _extract(config: Config, revision: str, folder: Path) -> Config:
    """The vault as it was at a revision, in a folder of its own. Nothing in the work tree is touched."""
    top = Path(_git(config.root, "rev-parse", "--show-toplevel").decode().strip())
    inside = config.root.resolve().relative_to(top.resolve()).as_posix()
    try:
        commit = _git(top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except ConfigError:
        raise ConfigError(f"{revision}: the repository knows no such commit, branch or tag (git fetch?)") from None
    archive = _git(top, "archive", "--format=tar", commit, *(() if inside == "." else (inside,)))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    root = folder / inside
    (root / "notes").mkdir(parents=True, exist_ok=True)
    return replace(config, root=root)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise ConfigError("diff needs git, and there is none") from None
    if done.returncode:
        raise ConfigError(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _markdown(found: Changes, site: str) -> str:
    if found.nothing:
        return "Nothing in the knowledge base changes.\n"
    parts = [_headline(found)]
    parts += _section("Notes added", found.added, lambda note: _note(note, site))
    parts += _section("Notes changed", found.changed, lambda note: _note(note, site))
    parts += _section("Notes removed", found.removed, lambda note: _text(note.title))
    parts += _section("Translations written", found.translated, lambda t: f"`{_code(t.source.path)}`")
    parts += _section("Translations made stale", found.made_stale, lambda t: f"`{_code(t.source.path)}`")
    parts += _section("Gaps closed", found.gaps_closed, lambda key: f"`{_code(key)}`")
    parts += _section("Gaps opened", found.gaps_opened, lambda key: f"`{_code(key)}`")
    parts += _section("Edges gained", found.edges_gained, _edge)
    parts += _section("Edges lost", found.edges_lost, _edge)
    parts += _section("Orphans made", found.orphans_made, lambda path: f"`{_code(path)}`")
    parts += _section("New findings", found.findings_new, _finding)
    parts += _section("Findings gone", found.findings_gone, _finding)
    return "\n".join(parts)


def _headline(found: Changes) -> str:
    counts = (
        (len(found.added), "added"),
        (len(found.changed), "changed"),
        (len(found.removed), "removed"),
    )
    notes = ", ".join(f"{count} {word}" for count, word in counts if count) or "unchanged"
    edges = f"+{len(found.edges_gained)} −{len(found.edges_lost)}"
    entries = f"+{len(found.entries_added)} −{len(found.entries_removed)}"
    findings = f"+{len(found.findings_new)} −{len(found.findings_gone)}"
    return f"**Notes** {notes} · **entries** {entries} · **edges** {edges} · **findings** {findings}\n"


def _section(title: str, items: Sequence[Item], show: Callable[[Item], str]) -> Iterable[str]:
    if not items:
        return
    yield f"<details{' open' if len(items) <= MOST_LISTED // 3 else ''}><summary>{title} ({len(items)})</summary>\n"
    yield from (f"- {show(item)}" for item in items[:MOST_LISTED])
    if len(items) > MOST_LISTED:
        yield f"- … and {len(items) - MOST_LISTED} more"
    yield "\n</details>\n"


def _text(text: str) -> str:
    return str(escape_markdown(text))


def _code(text: str) -> str:
    return text.replace("`", "'").replace("\n", " ")


def _note(note: Note, site: str) -> str:
    page = f"{site}/{note.address}/" if note.address else f"{site}/"
    draft = "" if note.meta.status == "final" else " (draft)"
    return (f"[{_text(note.title)}]({page})" if site and not draft else _text(note.title)) + draft


def _edge(edge: Edge) -> str:
    how = {"cites": "cites", "mention": "mentions"}.get(edge.kind, edge.label)
    return f"`{_code(edge.start)}` {how} `{_code(edge.end)}`"


def _finding(diagnostic: Diagnostic) -> str:
    return _text(headline(diagnostic))


def _document(found: Changes) -> dict[str, object]:
    def notes(items: Sequence[Note | Translation]) -> list[str]:
        return [item.source.path for item in items]

    def edges(items: Sequence[Edge]) -> list[dict[str, str]]:
        return [{"kind": e.kind, "from": e.start, "to": e.end, "type": e.label} for e in items]

    return {
        "version": 1,
        "notes": {"added": notes(found.added), "changed": notes(found.changed), "removed": notes(found.removed)},
        "translations": {"written": notes(found.translated), "stale": notes(found.made_stale)},
        "entries": {"added": list(found.entries_added), "removed": list(found.entries_removed)},
        "edges": {"gained": edges(found.edges_gained), "lost": edges(found.edges_lost)},
        "gaps": {"closed": list(found.gaps_closed), "opened": list(found.gaps_opened)},
        "orphans": list(found.orphans_made),
        "findings": {
            "new": [headline(d) for d in found.findings_new],
            "gone": [headline(d) for d in found.findings_gone],
        },
    }
