"""Finds templates and fills them; values from the vault are escaped for Markdown and HTML. Owns jinja2."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

PACKAGE = Path(__file__).parent
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9/:#?=&%.~@+,;_-]*")
WORD = re.compile(r"(?!(?:null|true|false|yes|no|on|off)$)[A-Za-z][\w -]*\w", re.ASCII | re.IGNORECASE)
NOT_PLAIN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
FORMULA = re.compile(r"\$(?=\S)[^$\n\[\]`]*[^$\s\[\]`]\$")
SPACE = re.compile(r"\s+")
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$@&\"]")


class Markdown(Markup):
    """Text that is Markdown already and goes into a page as it is."""


def escape_markdown(value: Any) -> Markdown:
    """Untrusted text so that Markdown and HTML show it as it is. Characters with meaning become references."""
    if isinstance(value, Markup):
        return value if isinstance(value, Markdown) else Markdown(value)
    return _escaped(str(value))


# The same names, titles and addresses stand on hundreds of pages.
@lru_cache(maxsize=50_000)
def _escaped(text: str) -> Markdown:
    return Markdown(SPECIAL.sub(lambda match: f"&#{ord(match[0])};", SPACE.sub(" ", text)))


def escape_html(value: Any) -> Any:
    """A value with every text in it escaped for HTML, once: templates may escape it again without effect."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {key: escape_html(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [escape_html(item) for item in cast("Sequence[Any]", value)]
    return value


@lru_cache(maxsize=50_000)
def escape_prose(value: str) -> Markdown:
    """As `escape_markdown`, but formulas stay formulas: titles of works have them."""
    text, parts, cursor = SPACE.sub(" ", value), list[str](), 0
    for match in FORMULA.finditer(text):
        parts += (escape_markdown(text[cursor : match.start()]), match[0].replace("<", r"\lt ").replace(">", r"\gt "))
        cursor = match.end()
    return Markdown("".join(parts) + escape_markdown(text[cursor:]))


def escape_address(value: str) -> Markdown:
    """An address or path as it may stand in a Markdown link or an HTML attribute: the rest is percent-encoded.

    Letters of every script stay: MkDocs compares anchors as they are written.
    """
    safe = "/:#?=&%.~@+,;-_"
    if PLAIN_ADDRESS.fullmatch(str(value)):
        return Markdown(value)
    return Markdown(
        "".join(char if char.isalnum() else quote(char, safe=safe, errors="replace") for char in str(value))
    )


def escape_yaml(value: str | Sequence[str]) -> Markdown:
    """A text in quotation marks, or a list of texts in brackets, as YAML reads it back from one line."""
    if not isinstance(value, str):
        return Markdown(f"[{', '.join(item if WORD.fullmatch(item) else escape_yaml(item) for item in value)}]")
    text = json.dumps(" ".join(value.split()), ensure_ascii=False)
    return Markdown(NOT_PLAIN.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def template_folder() -> Path:
    """The folder of the templates: inside the installed package, or beside `src/` in a checkout."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent.parent / "templates"


@cache
def _environment(own: Path | None) -> jinja2.Environment:
    folders = [template_folder()] if own is None else [own, template_folder()]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        finalize=escape_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # `finalize` escapes every value, for Markdown as well as for HTML
    )
    environment.filters["markdown"] = Markdown
    environment.filters["address"] = escape_address
    environment.filters["yaml"] = escape_yaml
    return environment


def fill(template: str, data: Mapping[str, object], own: Path | None = None) -> str:
    """Fill the template `pages/note.md.jinja` and the like; a vault's own `templates/` come before ours.

    Raises jinja2.TemplateError if a template is broken.
    """
    return _environment(own).get_template(template).render(data)


class ThemeLoader(jinja2.FileSystemLoader):
    """A theme's templates. Its 14,000 icons are found when a template includes them, and listed nowhere."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, folders, names in os.walk(folder, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(Path(place, name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


_theme_environments: dict[tuple[str, ...], jinja2.Environment] = {}


def theme_environment(make: Callable[[], jinja2.Environment], folders: tuple[str, ...]) -> jinja2.Environment:
    """The environment that `make` gives for the templates in these folders, made and compiled once in a process."""
    if folders not in _theme_environments:
        environment = _theme_environments[folders] = make()
        environment.loader = ThemeLoader(folders)
        environment.auto_reload = True
    return _theme_environments[folders]


def forget_templates() -> None:
    """Read templates anew at the next filling."""
    _environment.cache_clear()
