"""Pages → MkDocs files; diagnostics → its log; `build` and `serve`. Owns mkdocs."""

from __future__ import annotations

import hashlib
import logging
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config as load_mkdocs_config
from mkdocs.config.base import Config as MkDocsBaseConfig
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from papernotes.checking import check, failed
from papernotes.config import Config, ConfigError, load_config
from papernotes.diagnostics import Severity
from papernotes.graph import build_graph
from papernotes.library import load
from papernotes.markdown import EXTENSIONS, anchor_of
from papernotes.page import Page
from papernotes.site import PageClashError, all_pages, markdown_of, redirects
from papernotes.templating import forget_templates, template_folder

log = logging.getLogger("mkdocs.plugins.papernotes")
ASSETS = Path(__file__).parent / "assets"
LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.INFO: logging.DEBUG}


class GeneratedFile(File):
    """A page of ours as a file of MkDocs; a dirty build skips it where its text is what it was."""

    changed = True

    def is_modified(self) -> bool:
        return self.changed


class PluginSettings(MkDocsBaseConfig):
    """The plugin has no settings: [tool.papernotes] has them all."""


class PapernotesPlugin(BasePlugin[PluginSettings]):
    """The border to MkDocs: hands our pages in, and the language of each page to the theme."""

    def __init__(self) -> None:
        self.pages: Mapping[str, Page] = {}
        self.digests: dict[str, str] = {}
        self.moved: tuple[tuple[str, str], ...] = ()
        self.theme_language = "en"

    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        vault = Path(config.docs_dir).parent
        config.theme.dirs.insert(0, str(template_folder() / "theme"))
        config.markdown_extensions = [*dict.fromkeys([*EXTENSIONS, "toc", *config.markdown_extensions])]
        config.mdx_configs = {
            **config.mdx_configs,
            **EXTENSIONS,
            "pymdownx.highlight": {},
            "toc": {"slugify": anchor_of, "permalink": True, "toc_depth": 3},
        }
        # A nav that lists every page costs its square in time and space; the pages' own links lead everywhere.
        config.nav = config.nav or [{"Home": "index.md"}]
        config.watch = [*config.watch, str(vault / "papers.bib"), str(template_folder())]
        config.extra_css = ["assets/papernotes/papernotes.css", *config.extra_css]
        script = ExtraScriptValue("assets/papernotes/papernotes.js")
        script.type = "module"
        config.extra_javascript = [script, *config.extra_javascript]
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files.documentation_pages()):
            files.remove(file)
        forget_templates()
        try:
            texts = self._read(load_config(vault=Path(config.docs_dir).parent))
        except (PageClashError, ConfigError) as error:
            if not self.pages:
                raise PluginError(str(error)) from error
            log.error("%s (the last good pages stay)", error)
            texts = {}
        for path, page in self.pages.items():
            file = GeneratedFile(path, config.docs_dir, config.site_dir, config.use_directory_urls)
            file.generated_by = "papernotes"
            if path in texts:
                text = texts[path]
                digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
                file.content_string = text
                file.changed = self.digests.get(path) != digest
                self.digests[path] = digest
            file.edit_uri = page.source or None
            files.append(file)
        for asset in sorted(ASSETS.rglob("*")):
            if asset.is_file():
                name = f"assets/papernotes/{asset.relative_to(ASSETS).as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(asset)))
        return files

    def _read(self, vault: Config) -> Mapping[str, str]:
        library, unreadable = load(vault)
        graph = build_graph(library)
        diagnostics = check(library, graph, unreadable, vault)
        for diagnostic in diagnostics:
            place = diagnostic.location.start
            log.log(
                LEVELS[diagnostic.severity],
                "%s:%d:%d: %s %s [%s]",
                diagnostic.location.source.path,
                place.line,
                place.column,
                diagnostic.rule.code,
                diagnostic.message,
                diagnostic.rule.name,
            )
        pages = all_pages(library, graph, diagnostics, vault)
        texts = {page.path: markdown_of(page, vault.root / "templates") for page in pages}
        self.pages = {page.path: page for page in pages}
        self.moved = tuple(redirects(library, graph, vault))
        return texts

    def on_page_context(
        self, context: dict[str, Any], *, page: MkDocsPage, config: MkDocsConfig, nav: Any
    ) -> dict[str, Any]:
        own = self.pages.get(page.file.src_uri)
        self.theme_language = config.theme["language"]
        if own is not None:
            config.theme["language"] = own.lang
            context["pn"] = {"page": own}
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        config.theme["language"] = self.theme_language
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for old, new in self.moved:
            target = File(new, "", config.site_dir, config.use_directory_urls)
            place = File(old, "", config.site_dir, config.use_directory_urls)
            path = Path(place.abs_dest_path)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_redirect(posixpath.relpath(target.url, place.url)), encoding="utf-8")


def _redirect(address: str) -> str:
    return (
        f'<!doctype html><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{address}/">'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}/">'
        f'<a href="{address}/">{address}</a>\n'
    )


def _mkdocs_config(vault: Config, **settings: Any) -> MkDocsConfig:
    """The vault's own mkdocs.yml, or ours."""
    own = vault.root / "mkdocs.yml"
    if own.is_file():
        return load_mkdocs_config(str(own), **settings)
    return load_mkdocs_config(
        str(template_folder() / "mkdocs.yml"), docs_dir=str(vault.notes), **{"site_dir": str(vault.root / "site"), **settings}
    )


def build_site(vault: Config, site_dir: Path | None, *, strict: bool, no_check: bool) -> int:
    """Build the site; refuses over errors. Returns the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    library, unreadable = load(vault)
    diagnostics = check(library, build_graph(library), unreadable, vault)
    if failed(diagnostics, strict=strict) and not no_check:
        log.error("nothing was built: `papernotes check` shows what to mend, --no-check builds all the same")
        return 1
    settings: dict[str, Any] = {"strict": strict}
    if site_dir is not None:
        settings["site_dir"] = str(site_dir.resolve())
    try:
        config = _mkdocs_config(vault, **settings)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except ConfigurationError as error:
        raise ConfigError(str(error)) from error
    except Abort as error:
        log.error("%s", error)
        return 1
    return 0


def serve_site(vault: Config, port: int) -> int:
    """Serve the site and follow changes until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    own = vault.root / "mkdocs.yml"
    mkdocs_serve(str(own), livereload=True, build_type="dirty", dev_addr=f"127.0.0.1:{port}")
    return 0
