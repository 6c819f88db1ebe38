"""Runs MkDocs over a vault, and lets it skip the pages whose text is what it was."""

from __future__ import annotations

import gc
import hashlib
import json
import logging
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config as load_mkdocs_config  # pyright: ignore[reportUnknownVariableType]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.utils import clean_directory

from papernotes.cache import cache_folder
from papernotes.checking import Checked, check_vault, failed
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Severity
from papernotes.mkdocs_plugin import ASSETS, IndexPages, PapernotesPlugin
from papernotes.progress import progress_bar
from papernotes.reporting import headline
from papernotes.searching import index_site
from papernotes.templating import forget_templates, template_folder
from papernotes.writing import write

log = logging.getLogger("papernotes")
RENDERERS = ("papernotes", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "nh3", "pygments")


def _is_no_dirty_warning(record: logging.LogRecord) -> bool:
    """MkDocs warns of every dirty build; ours knows exactly which pages changed."""
    return "'dirty' build" not in str(record.msg) and "stale files" not in str(record.msg)


@dataclass
class Built:
    """What a site directory holds: the digest of every page, the fingerprint of all that made them, and every file."""

    fingerprint: str = ""
    digests: dict[str, str] = field(default_factory=dict[str, str])
    files: frozenset[str] = frozenset()


def mkdocs_config(vault: Config, site_dir: Path, **settings: Any) -> MkDocsConfig:
    """The vault's own mkdocs.yml, or ours. Raises ConfigError if MkDocs refuses it."""
    own = vault.root / "mkdocs.yml"
    settings["site_dir"] = str(site_dir)
    try:
        if own.is_file():
            return load_mkdocs_config(str(own), **settings)
        return load_mkdocs_config(str(template_folder() / "mkdocs.yml"), docs_dir=str(vault.notes), **settings)
    except ConfigurationError as error:
        raise ConfigError(f"mkdocs.yml: {error}") from error
    except Abort as error:
        raise ConfigError(f"mkdocs.yml cannot be used: {error}") from error


def build_site(vault: Config, site_dir: Path | None, *, strict: bool, no_check: bool, verbose: bool) -> int:
    """Build the site; refuses over errors. Returns the exit code."""
    log_to_stderr(verbose=verbose)
    with collecting_rarely():
        return _build(vault, site_dir, strict=strict, no_check=no_check)


@contextmanager
def collecting_rarely() -> Generator[None]:
    """Let Python look for garbage seldom: what a build makes lives long, and a sixth of its time would go there."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _build(vault: Config, site_dir: Path | None, *, strict: bool, no_check: bool) -> int:
    checked = check_vault(vault, progress_bar)
    if failed(checked.diagnostics, strict=strict) and not no_check:
        log_findings(checked)
        log.error("nothing was built: mend what is named above, or build all the same with --no-check")
        return 1
    target = (site_dir or vault.root / "site").resolve()
    _refuse_precious(vault, target)
    config = mkdocs_config(vault, target, strict=strict)
    folder = cache_folder()
    memory = folder / f"site-{hashlib.sha256(str(target).encode()).hexdigest()[:16]}.json" if folder else None
    # Only a full build sees every warning of MkDocs.
    built = _recall(memory) if memory and target.is_dir() and not strict else Built()
    if memory:
        # Of a run that does not end, nobody knows what it has written.
        memory.unlink(missing_ok=True)
    try:
        now = run_mkdocs(config, checked, built)
    except Abort as error:
        log.error("%s", error)
        return 1
    if memory:
        write(memory, json.dumps({**vars(now), "files": sorted(now.files)}))
    changed = sum(built.digests.get(path) != digest for path, digest in now.digests.items())
    fresh = built.fingerprint != now.fingerprint
    log.info("%d pages in %s (%s)", len(now.digests), target, "all new" if fresh else f"{changed} changed")
    return 0


def _refuse_precious(vault: Config, target: Path) -> None:
    """MkDocs empties its target first; never let that be the vault."""
    if vault.root.is_relative_to(target) or target == vault.notes or vault.notes in target.parents:
        raise ConfigError(f"--site-dir {target}: the site would overwrite the vault; name another folder")


def run_mkdocs(
    config: MkDocsConfig,
    checked: Checked,
    built: Built,
    index: IndexPages = index_site,
    pause: Callable[[], None] = lambda: None,
    *,
    policed: bool = True,
) -> Built:
    """One run of MkDocs. Pages that `built` already holds are skipped; what is no more of the site is removed.

    `pause` is called between pages. If the run fails, `built` becomes what the site directory then holds.
    """
    plugin = plugin_of(config)
    fingerprint = fingerprint_of(config)
    known: Mapping[str, str] = built.digests if built.fingerprint == fingerprint else {}
    plugin.prepare(checked, known, index, pause, policed=policed)
    if not known:
        forget_templates()
    if not built.fingerprint:
        clean_directory(config.site_dir)
    try:
        # Always a dirty build: only there MkDocs asks a file whether its page is to be made.
        mkdocs_build(config, dirty=True)
    except BaseException:
        built.fingerprint, built.digests = fingerprint, {**known, **plugin.written}
        built.files |= plugin.files
        raise
    for path in built.files - plugin.files:
        Path(config.site_dir, path).unlink(missing_ok=True)
    return Built(fingerprint, dict(plugin.digests), frozenset(plugin.files))


def plugin_of(config: MkDocsConfig) -> PapernotesPlugin:
    plugins = cast("dict[str, Any]", config.plugins)
    plugin = plugins.get("papernotes")
    if not isinstance(plugin, PapernotesPlugin):
        raise ConfigError("mkdocs.yml: `plugins` must list papernotes")
    return plugin


def fingerprint_of(config: MkDocsConfig) -> str:
    """A hash of everything besides the notes that a page's HTML depends on."""
    digest = hashlib.sha256()
    settings: dict[str, Any] = {key: value for key, value in cast("dict[str, Any]", config).items() if key != "plugins"}
    digest.update(repr(sorted((key, repr(value)) for key, value in settings.items() if _is_plain(value))).encode())
    for name in RENDERERS:
        digest.update(f"{name} {_version(name)}\n".encode())
    for folder in (template_folder(), ASSETS, Path(config.docs_dir).parent / "templates"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(path.name.encode() + _hash_of(path, stat.st_mtime_ns, stat.st_size))
    return digest.hexdigest()


@lru_cache(maxsize=2000)
def _hash_of(path: Path, written: int, size: int) -> bytes:
    """The hash of a file, computed again when it was written again."""
    return hashlib.sha256(path.read_bytes()).digest()


_version = cache(version)


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, bool, list, dict, type(None)))


def _recall(memory: Path) -> Built:
    try:
        data = json.loads(memory.read_text(encoding="utf-8"))
        digests, files = {str(k): str(v) for k, v in data["digests"].items()}, frozenset(map(str, data["files"]))
        return Built(str(data["fingerprint"]), digests, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Built()


def log_findings(checked: Checked) -> None:
    for diagnostic in checked.diagnostics:
        if diagnostic.severity is not Severity.INFO:
            log.warning("%s", headline(diagnostic))


def log_to_stderr(*, verbose: bool) -> None:
    logging.getLogger("mkdocs.commands.build").addFilter(_is_no_dirty_warning)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s %(message)s"))
    for name in ("mkdocs", "papernotes"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.DEBUG if verbose else logging.INFO if name == "papernotes" else logging.WARNING)
