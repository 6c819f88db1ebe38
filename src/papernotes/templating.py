"""Finds templates and fills them; values from the vault are escaped for Markdown and HTML. Owns jinja2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

PACKAGE = Path(__file__).parent
SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$@&\"]")


class Markdown(Markup):
    """Text that is Markdown already and goes into a page as it is."""


def escape_markdown(value: Any) -> Markdown:
    """Untrusted text so that Markdown and HTML show it as it is. Characters with meaning become references."""
    if isinstance(value, Markup):
        return Markdown(value)
    text = re.sub(r"\s+", " ", str(value))
    return Markdown(SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text))


def escape_address(value: str) -> Markdown:
    """An address or path as it may stand in a Markdown link or an HTML attribute: the rest is percent-encoded."""
    return Markdown(quote(str(value), safe="/:#?=&%.~@+,;-_"))


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
    return environment


def fill(template: str, data: Mapping[str, object], own: Path | None = None) -> str:
    """Fill the template `pages/note.md.jinja` and the like; a vault's own `templates/` come before ours.

    Raises jinja2.TemplateError if a template is broken.
    """
    return _environment(own).get_template(template).render(data)


def forget_templates() -> None:
    """Read templates anew at the next filling."""
    _environment.cache_clear()
