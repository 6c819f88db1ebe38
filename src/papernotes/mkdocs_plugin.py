"""Pages → MkDocs files; diagnostics → its log; `build` and `serve`. Owns mkdocs."""

from __future__ import annotations

import hashlib
import logging
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mkdocs.config.base import Config as MkDocsBaseConfig
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink

from papernotes.attachments import is_published, svg_fault
from papernotes.checking import Checked, check_vault
from papernotes.config import Config, ConfigError, load_config
from papernotes.content import published, published_title
from papernotes.diagnostics import Severity
from papernotes.diagrams import diagrams_in, drawing_path
from papernotes.frame import Frame, Frames, frames
from papernotes.mathematics import KATEX
from papernotes.page import Page
from papernotes.page_shares import Shares
from papernotes.pictures import size_of
from papernotes.policy import inline_scripts, with_policy
from papernotes.progress import progress_bar
from papernotes.rendering import EXTENSIONS, SHORTCUTS, anchor_of
from papernotes.reporting import headline
from papernotes.searching import BuiltPage, index_site
from papernotes.site import PageClashError, all_pages, data_files, markdown_of, redirects
from papernotes.site_files import KnownFiles, page_file
from papernotes.templating import escape_html, template_folder, theme_environment

log = logging.getLogger("mkdocs.plugins.papernotes")
ASSETS = Path(__file__).parent / "assets"
LEVELS = {Severity.ERROR: logging.WARNING, Severity.WARNING: logging.WARNING, Severity.INFO: logging.DEBUG}
IndexPages = Callable[[Path, Sequence[BuiltPage]], None]


class PluginSettings(MkDocsBaseConfig):
    """The plugin has no settings: [tool.papernotes] has them all."""


class PapernotesPlugin(BasePlugin[PluginSettings]):
    """The border to MkDocs: hands our pages in, and the language of each page to the theme."""

    def __init__(self) -> None:
        self.checked: Checked | None = None
        self.pages: Mapping[str, Page] = {}
        self.known: Mapping[str, str] = {}
        self.index: IndexPages = index_site
        self.digests: dict[str, str] = {}
        self.files: set[str] = set()
        self.moved: tuple[tuple[str, str], ...] = ()
        self.frames: Frames | None = None
        self.theme_language = "en"
        self.theme_scripts: Sequence[re.Pattern[str]] = ()
        self.with_formulas: set[str] = set()
        self.policed = True
        self.narrowed: frozenset[str] | None = None
        self.pause: Callable[[], None] = lambda: None
        self.written: dict[str, str] = {}
        self.shared, self.shares = False, Shares()
        self.done, self.total, self.progress = 0, 0, progress_bar("writing pages")

    def prepare(
        self,
        checked: Checked,
        known: Mapping[str, str],
        index: IndexPages = index_site,
        pause: Callable[[], None] = lambda: None,
        *,
        policed: bool = True,
    ) -> None:
        """What this build starts from, the digests of the pages that its target holds already, and what indexes it.

        `policed` pages carry a content security policy, which would keep the live server's script out. `pause` is
        called between two pages, and may end the build by raising.
        """
        self.checked, self.known, self.index, self.policed = checked, known, index, policed
        self.pause, self.shared = pause, True

    def narrow(self, addresses: frozenset[str], pages: Mapping[str, Page]) -> None:
        """Make only the pages at these addresses anew; the others are those of the last build."""
        self.narrowed, self.pages = addresses, pages

    @event_priority(-50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        vault = Path(config.docs_dir).parent
        theme: Any = config.theme
        theme.dirs.insert(0, str(template_folder() / "theme"))
        theme.get_env = partial(theme_environment, theme.get_env, tuple(theme.dirs))
        # MkDocs brings fenced_code, which would take the fences before superfences sees them.
        own = [name for name in config.markdown_extensions if name != "fenced_code"]
        config.markdown_extensions = [*dict.fromkeys([*EXTENSIONS, "toc", *own, SHORTCUTS])]
        # MkDocs' options are descriptors whose types say less than they hold.
        options: Any = config
        options.mdx_configs = {
            **options.mdx_configs,
            **EXTENSIONS,
            "pymdownx.highlight": {},
            "toc": {"slugify": anchor_of, "permalink": True, "toc_depth": 3},
        }
        if self.narrowed is not None:
            # The page for wrong addresses and the sitemap can wait for the next whole build.
            config.theme.static_templates.clear()
        config.watch = [*config.watch, str(vault / "papers.bib"), str(template_folder())]
        script: Any = ExtraScriptValue("assets/papernotes/papernotes.js")
        script.type = "module"
        # A nav that lists every page costs its square in time and space; the pages' own links lead everywhere.
        options.nav = options.nav or [{"Home": "index.md"}]
        options.extra_css = ["assets/papernotes/papernotes.css", *options.extra_css]
        options.extra_javascript = [script, *options.extra_javascript]
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files.documentation_pages()):
            files.remove(file)
        vault = Path(config.docs_dir).parent
        checked = self.checked = self.checked or self._check(vault)
        self._remove_unpublished(files, config)
        settings = _with_addresses(checked.config, config)
        try:
            pages = all_pages(checked.library, checked.graph, checked.diagnostics, settings, self.narrowed)
        except PageClashError as error:
            raise PluginError(str(error)) from error
        self.pages = {**self.pages, **{page.path: page for page in pages}}
        self.frames = frames(tuple(self.pages.values()), settings)
        for page in pages:
            self.pause()
            file: Any = page_file(page.path, config)
            file.content_string = markdown_of(page, vault / "templates")
            file.edit_uri = page.source or None
            drawings = (self._drawing(drawing_path(diagram.source)) for diagram in diagrams_in(file.content_string))
            parts = (file.content_string, page.source, repr(self.frames.around(page)), *map(str, drawings))
            self.digests[page.path] = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
            file.changed = self.known.get(page.path) != self.digests[page.path]
            file.changed = file.changed or not Path(file.abs_dest_path).is_file()
            self.total += file.changed
            files.append(file)
        if self.narrowed is not None:
            return KnownFiles(files, self.pages, config)
        self.moved = tuple(redirects(checked.library, checked.graph, checked.config))
        for data in data_files(checked.library, checked.graph, checked.diagnostics, settings):
            files.append(File.generated(config, data.path, content=data.text))
        for asset in sorted(ASSETS.rglob("*")):
            # The script of KaTeX runs here, not in browsers.
            if asset.is_file() and asset != KATEX:
                name = f"assets/papernotes/{asset.relative_to(ASSETS).as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(asset)))
        self.files = {file.dest_uri for file in files}
        return files

    def on_nav(self, nav: Any, *, config: MkDocsConfig, files: Files) -> Any:
        if self.shared:
            self.total = self.shares.divide(files)
        return nav

    def on_build_error(self, *, error: Exception) -> None:
        self.shares.give_up(error)

    def _remove_unpublished(self, files: Files, config: MkDocsConfig) -> None:
        """Take out what lies beside the notes and is no business of the site; what it hid of the theme comes back."""
        regular: Mapping[str, int] = self.checked.library.files if self.checked else {}
        for file in list(files):
            if file.src_dir != config.docs_dir:
                continue
            kept = file.src_uri in regular and is_published(file.src_uri)
            if kept and file.src_uri.lower().endswith(".svg"):
                kept = svg_fault(Path(config.docs_dir, file.src_uri).read_text("utf-8", "replace")) is None
            if not kept:
                files.remove(file)
                folder = next((name for name in config.theme.dirs if Path(name, file.src_uri).is_file()), None)
                if folder is not None and not file.src_uri.endswith(".html"):
                    files.append(File(file.src_uri, folder, config.site_dir, config.use_directory_urls))

    def _drawing(self, path: str) -> str | None:
        """The SVG at a path of `notes/`, if there is one."""
        if self.checked is None or path not in self.checked.library.files:
            return None
        return (self.checked.config.notes / path).read_text("utf-8", "replace")

    def _size(self, page: str, address: str) -> tuple[int, int] | None:
        """Width and height of a picture of the vault that the page at this place of the site shows."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(address)))
        if self.checked is None or path not in self.checked.library.files:
            return None
        return size_of(self.checked.config.notes / path)

    def _check(self, folder: Path) -> Checked:
        """For a bare `mkdocs build`: read the vault here, and log what is wrong, so that --strict fails over it."""
        try:
            checked = check_vault(load_config(vault=folder))
        except ConfigError as error:
            raise PluginError(str(error)) from error
        for diagnostic in checked.diagnostics:
            log.log(LEVELS[diagnostic.severity], "%s", headline(diagnostic))
        return checked

    def destination(self, path: str, config: MkDocsConfig) -> Path:
        """Where the page of this Markdown path is written."""
        return Path(File(path, "", config.site_dir, config.use_directory_urls).abs_dest_path)

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """What authors wrote becomes what readers get; the theme writes titles as they are."""
        self.pause()
        own = self.pages.get(page.file.src_uri)
        lang = own.lang if own else ""
        content = published(html, self._drawing, lang, lambda address: self._size(page.file.dest_uri, address))
        if content.has_formulas:
            self.with_formulas.add(page.file.src_uri)
        page.meta = escape_html(page.meta)
        for item in _items(page.toc):
            item.title = _title(item.title, lang)
        return content.html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        self.shares.rendered(files, config)
        if not self.policed:
            return env
        names = [name for name in env.list_templates() if name.endswith(".html")]
        self.theme_scripts = inline_scripts(env.loader.get_source(env, name)[0] for name in names)
        return env

    def on_page_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> Any:
        self.pause()
        own = self.pages.get(page.file.src_uri)
        self.theme_language = config.theme["language"]
        if own is not None and self.frames is not None:
            config.theme["language"] = own.lang
            context["pn"] = self._frame(self.frames.around(own), config) | {"page": own}
            context["pn"]["formulas"] = own.path in self.with_formulas
        return context

    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """The frame, in every language, for the theme's own pages, such as 404.html; the map of the site."""
        if self.frames is not None:
            homes = {lang: self._frame(frame, config) | {"page": None} for lang, frame in self.frames.homes().items()}
            context["pn"] = next(iter(homes.values()))
            context["spoken"] = homes
            context["site_map"] = self.frames.site_map()
        return context

    def _frame(self, frame: Frame, config: MkDocsConfig) -> dict[str, Any]:
        return {"frame": frame, "address": partial(_address, directories=config.use_directory_urls)}

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        config.theme["language"] = self.theme_language
        path = page.file.src_uri
        self.written[path] = self.digests.get(path, "")
        self.done += 1
        self.progress(self.done, self.total)
        return with_policy(output, self.theme_scripts) if self.policed else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return with_policy(output_content, self.theme_scripts) if self.policed else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.shares.join(config)
        if self.narrowed is not None:
            return
        taken = {*self.files, *config.theme.static_templates}
        for old, new in self.moved:
            target = File(new, "", config.site_dir, config.use_directory_urls)
            place = File(old, "", config.site_dir, config.use_directory_urls)
            if place.dest_uri not in taken:
                path = Path(place.abs_dest_path)
                path.parent.mkdir(parents=True, exist_ok=True)
                self.files.add(place.dest_uri)
                moved = _redirect(posixpath.relpath(target.url, place.url))
                path.write_text(with_policy(moved, ()) if self.policed else moved, encoding="utf-8")
        self.index(
            Path(config.site_dir),
            [BuiltPage(page, self.destination(path, config)) for path, page in self.pages.items()],
        )


# The same few headings and links stand on most pages.
_title = lru_cache(maxsize=20_000)(published_title)


@lru_cache(maxsize=50_000)
def _address(path: str, directories: bool) -> str:
    return File(path, "", "", directories).url


def _with_addresses(vault: Config, config: MkDocsConfig) -> Config:
    """The settings with the addresses that MkDocs resolved: variables of the environment may name others."""
    options: Any = config
    return replace(
        vault,
        site_name=options.site_name,
        site_url=options.site_url or "",
        repo_url=options.repo_url or "",
        # Without an edit_uri MkDocs guesses one, for a folder docs/ that a vault does not have.
        edit_uri=options.edit_uri if vault.edit_uri else "",
    )


def _items(toc: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for item in toc:
        yield item
        yield from _items(item.children)


def _redirect(address: str) -> str:
    return (
        f'<!doctype html><meta charset="utf-8"><title>Moved</title><link rel="canonical" href="{address}/">'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}/">'
        f'<a href="{address}/">{address}</a>\n'
    )
