"""Settings of a vault: finds the vault's folder and reads [tool.papernotes]. Owns tomllib."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from papernotes.diagnostics import Severity

SETTINGS_FILES = ("papernotes.toml", "pyproject.toml")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


class ConfigError(Exception):
    """The settings or the command line cannot be used; the message says what to change."""


@dataclass(frozen=True)
class SeverityOverride:
    """In files under `path` (a glob; everywhere if empty), findings of `rule` have `severity` (None: off)."""

    rule: str
    severity: Severity | None
    path: str = ""


@dataclass(frozen=True)
class Config:
    """The settings of one vault; `root` is its folder."""

    root: Path
    languages: tuple[str, ...] = ("en",)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[SeverityOverride, ...] = field(default=())
    gap_threshold: int = 2
    baseline: str = ""
    site_url: str = ""
    repo_url: str = ""
    site_name: str = ""
    edit_uri: str = ""

    @property
    def language(self) -> str:
        """The language of the notes at the root of `notes/`."""
        return self.languages[0]

    @property
    def bibliography(self) -> Path:
        return self.root / "papers.bib"

    @property
    def notes(self) -> Path:
        return self.root / "notes"


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds papers.bib and notes/."""
    for folder in (start, *start.parents):
        if (folder / "papers.bib").is_file() and (folder / "notes").is_dir():
            return folder
    raise ConfigError(
        f"no vault here: neither {start} nor a folder above it holds papers.bib and notes/ "
        "(name one with --vault DIR, or make one with `papernotes init DIR`)"
    )


def load_config(start: Path | None = None, *, vault: Path | None = None) -> Config:
    """The settings of the vault `vault`, or of the one around `start`."""
    if vault is not None:
        root = vault.resolve()
        if not root.is_dir():
            raise ConfigError(f"--vault {vault}: there is no such folder")
        if not (root / "papers.bib").is_file() and not (root / "notes").is_dir():
            raise ConfigError(f"--vault {vault}: this folder holds neither papers.bib nor notes/")
    else:
        root = find_root((start or Path.cwd()).resolve())
    addresses = _addresses(root / "mkdocs.yml")
    for name in SETTINGS_FILES:
        table = _table(root / name)
        if table is not None:
            return _config(root, root / name, table, addresses)
    return Config(root, **addresses._asdict())


def parse_toml(text: str) -> dict[str, Any] | None:
    """The fields of a TOML text; None if it is no TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _table(path: Path) -> dict[str, Any] | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    table = data.get("tool", {}).get("papernotes")
    if table is None and path.name == "papernotes.toml":
        table = {key: value for key, value in data.items() if key != "tool"}
    return cast("dict[str, Any] | None", table)


def _config(root: Path, path: Path, table: dict[str, Any], addresses: _Addresses) -> Config:
    known = {"languages", "select", "ignore", "severity", "gap-threshold", "baseline"}
    if unknown := sorted(set(table) - known):
        raise ConfigError(
            f"{path.name}: [tool.papernotes] has no setting {unknown[0]!r} (it has: {', '.join(sorted(known))})"
        )
    languages = _texts(path, table, "languages") or ("en",)
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            raise ConfigError(f"{path.name}: languages: {language!r} is no language code such as 'en' or 'zh'")
    threshold = table.get("gap-threshold", 2)
    if not isinstance(threshold, int) or threshold < 1:
        raise ConfigError(f"{path.name}: gap-threshold must be a whole number from 1, not {threshold!r}")
    baseline = table.get("baseline", "")
    if not isinstance(baseline, str):
        raise ConfigError(f"{path.name}: baseline must be the name of a file, not {baseline!r}")
    return Config(
        root,
        languages,
        _texts(path, table, "select"),
        _texts(path, table, "ignore"),
        tuple(_severities(path, table.get("severity", {}))),
        threshold,
        baseline,
        **addresses._asdict(),
    )


def _texts(path: Path, table: dict[str, Any], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[Any]", value)):
        raise ConfigError(f"{path.name}: {name} must be a list of texts, not {value!r}")
    return tuple(cast("list[str]", value))


def _severities(path: Path, table: Any, glob: str = "") -> list[SeverityOverride]:
    """`severity = {PN401 = "off", "notes/drafts/**" = {PN201 = "warning"}}`; a path may hold a table of its own."""
    if not isinstance(table, dict):
        raise ConfigError(f'{path.name}: severity must be a table such as {{PN401 = "warning"}}')
    overrides: list[SeverityOverride] = []
    for key, value in cast("dict[str, Any]", table).items():
        if isinstance(value, dict) and not glob:
            overrides += _severities(path, value, key)
        elif value == "off":
            overrides.append(SeverityOverride(key, None, glob))
        elif value in tuple(Severity):
            overrides.append(SeverityOverride(key, Severity(value), glob))
        else:
            raise ConfigError(f"{path.name}: severity of {key} must be error, warning, info or off, not {value!r}")
    return overrides


class _Addresses(NamedTuple):
    site_name: str = ""
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""


def _addresses(path: Path) -> _Addresses:
    """What an mkdocs.yml says of the site and its repository, `!ENV [NAME, default]` read as its default.

    The file's other tags only MkDocs can resolve, and `check` runs without MkDocs.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return _Addresses()
    found: dict[str, str] = {}
    for name in _Addresses._fields:
        if match := re.search(rf"^{name}:[ \t]*(.+?)[ \t]*(?:#.*)?$", text, re.MULTILINE):
            value = match[1]
            if env := re.fullmatch(r"!ENV\s*\[[^,\]]*,\s*(.*)\]", value):
                value = env[1].split(",")[-1].strip()
            value = value.strip("'\"")
            if not name.endswith("_url") or value.startswith(("http://", "https://")):
                found[name] = value
    return _Addresses(**found)
