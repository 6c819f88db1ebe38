"""Runs MkDocs over a vault, once or at every change, and lets it skip the pages whose text is what it was."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config as load_mkdocs_config  # pyright: ignore[reportUnknownVariableType]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.livereload import LiveReloadServer

from papernotes.bodies import cache_folder
from papernotes.checking import Checked, check_vault, failed
from papernotes.config import Config, ConfigError
from papernotes.diagnostics import Severity
from papernotes.graph import build_graph
from papernotes.library import Library, keep_last_good
from papernotes.mkdocs_plugin import ASSETS, IndexPages, PapernotesPlugin
from papernotes.reporting import headline
from papernotes.searching import BackgroundIndex, index_site
from papernotes.templating import template_folder
from papernotes.writing import write

log = logging.getLogger("papernotes")
RENDERERS = ("papernotes", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "nh3", "pygments")


@dataclass
class Built:
    """What a site directory holds: the digest of every page, and the fingerprint of all that made them."""

    fingerprint: str = ""
    digests: dict[str, str] = field(default_factory=dict[str, str])


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
    _log_to_stderr(verbose=verbose)
    checked = check_vault(vault)
    if failed(checked.diagnostics, strict=strict) and not no_check:
        _log_findings(checked)
        log.error("nothing was built: mend what is named above, or build all the same with --no-check")
        return 1
    target = (site_dir or vault.root / "site").resolve()
    _refuse_precious(vault, target)
    config = mkdocs_config(vault, target, strict=strict)
    folder = cache_folder()
    memory = folder / f"site-{hashlib.sha256(str(target).encode()).hexdigest()[:16]}.json" if folder else None
    # Only a full build sees every warning of MkDocs.
    built = _recall(memory) if memory and target.is_dir() and not strict else Built()
    try:
        now = _build(config, checked, built)
    except Abort as error:
        log.error("%s", error)
        if memory:
            memory.unlink(missing_ok=True)
        return 1
    if memory:
        write(memory, json.dumps({"fingerprint": now.fingerprint, "digests": now.digests}))
    changed = sum(built.digests.get(path) != digest for path, digest in now.digests.items())
    fresh = built.fingerprint != now.fingerprint
    log.info("%d pages in %s (%s)", len(now.digests), target, "all new" if fresh else f"{changed} changed")
    return 0


def _refuse_precious(vault: Config, target: Path) -> None:
    """MkDocs empties its target first; never let that be the vault."""
    if vault.root.is_relative_to(target) or target == vault.notes or vault.notes in target.parents:
        raise ConfigError(f"--site-dir {target}: the site would overwrite the vault; name another folder")


def _build(
    config: MkDocsConfig, checked: Checked, built: Built, index: IndexPages = index_site, *, policed: bool = True
) -> Built:
    """One run of MkDocs. Pages that `built` already holds are skipped; pages that are gone are removed."""
    plugin = _plugin(config)
    fingerprint = _fingerprint(config)
    known: Mapping[str, str] = built.digests if built.fingerprint == fingerprint else {}
    plugin.prepare(checked, known, index, policed=policed)
    mkdocs_build(config, dirty=bool(known))
    for path in set(known) - set(plugin.digests):
        plugin.destination(path, config).unlink(missing_ok=True)
    return Built(fingerprint, dict(plugin.digests))


def _plugin(config: MkDocsConfig) -> PapernotesPlugin:
    plugins = cast("dict[str, Any]", config.plugins)
    plugin = plugins.get("papernotes")
    if not isinstance(plugin, PapernotesPlugin):
        raise ConfigError("mkdocs.yml: `plugins` must list papernotes")
    return plugin


def _fingerprint(config: MkDocsConfig) -> str:
    """A hash of everything besides the notes that a page's HTML depends on."""
    digest = hashlib.sha256()
    settings: dict[str, Any] = {key: value for key, value in cast("dict[str, Any]", config).items() if key != "plugins"}
    digest.update(repr(sorted((key, repr(value)) for key, value in settings.items() if _is_plain(value))).encode())
    for name in RENDERERS:
        digest.update(f"{name} {version(name)}\n".encode())
    for folder in (template_folder(), ASSETS, Path(config.docs_dir).parent / "templates"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int, bool, list, dict, type(None)))


def _recall(memory: Path) -> Built:
    try:
        data = json.loads(memory.read_text(encoding="utf-8"))
        return Built(str(data["fingerprint"]), {str(k): str(v) for k, v in data["digests"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Built()


def _log_findings(checked: Checked) -> None:
    for diagnostic in checked.diagnostics:
        if diagnostic.severity is not Severity.INFO:
            log.warning("%s", headline(diagnostic))


class _NoDirtyWarning(logging.Filter):
    """MkDocs warns of every dirty build; ours knows exactly which pages changed."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "'dirty' build" not in str(record.msg) and "stale files" not in str(record.msg)


def _log_to_stderr(*, verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s %(message)s"))
    handler.addFilter(_NoDirtyWarning())
    for name in ("mkdocs", "papernotes"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.DEBUG if verbose else logging.INFO if name == "papernotes" else logging.WARNING)


def serve_site(vault: Config, port: int, *, verbose: bool) -> int:
    """Serve the site on loopback and follow changes until interrupted. No fault ends it: the last good pages stay."""
    _log_to_stderr(verbose=verbose)
    site_dir = Path(tempfile.mkdtemp(prefix="papernotes-"))
    try:
        _Preview(vault, site_dir, port).run()
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(site_dir, ignore_errors=True)
    return 0


class _Preview:
    """A live server and what it last built."""

    def __init__(self, vault: Config, site_dir: Path, port: int) -> None:
        self.vault, self.site_dir, self.built, self.index = vault, site_dir, Built(), BackgroundIndex()
        self.last: Library | None = None
        self.address = f"http://127.0.0.1:{port}/"
        self.server = LiveReloadServer(self.rebuild, "127.0.0.1", port, str(site_dir))
        self.server.error_handler = self._error_page

    def run(self) -> None:
        self.rebuild()
        for path in self._watched():
            self.server.watch(str(path))
        log.info("read it at %s (Ctrl-C stops)", self.address)
        try:
            self.server.serve()
        finally:
            self.server.shutdown()

    def _watched(self) -> Iterator[Path]:
        root = self.vault.root
        candidates = ("notes", "papers.bib", "mkdocs.yml", "pyproject.toml", "papernotes.toml", "templates")
        yield from (path for name in candidates if (path := root / name).exists())

    def rebuild(self) -> None:
        """Called at every change; whatever is wrong, the server and the last good pages stay."""
        try:
            checked = check_vault(self.vault)
            _log_findings(checked)
            checked = self._with_last_good(checked)
            config = mkdocs_config(self.vault, self.site_dir, site_url=self.address)
            self.built = _build(config, checked, self.built, self.index, policed=False)
        except Exception as error:
            log.error("not rebuilt: %s", error)

    def _with_last_good(self, checked: Checked) -> Checked:
        """Where a text cannot be read any more, its page stays what it was."""
        broken = frozenset(
            diagnostic.location.source.path
            for diagnostic in checked.diagnostics
            if diagnostic.severity is Severity.ERROR and diagnostic.rule.code.startswith(("PN0", "PN1"))
        )
        if broken and self.last is not None:
            library = keep_last_good(checked.library, self.last, broken)
            checked = replace(checked, library=library, graph=build_graph(library))
        self.last = checked.library
        return checked

    def _error_page(self, code: int) -> bytes | None:
        page = self.site_dir / f"{code}.html"
        return page.read_bytes() if page.is_file() else None
