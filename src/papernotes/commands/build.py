"""`papernotes build`: writes the site."""

from __future__ import annotations

from pathlib import Path

from papernotes.commands.parser import Commands, Namespace, config_of


def add(commands: Commands) -> None:
    command = commands.add("build", run, "build the site", "build", "build --strict --site-dir public")
    command.add_argument("--site-dir", type=Path, metavar="DIR", help="where to write it (default: site)")
    command.add_argument("--strict", action="store_true", help="warnings stop the build too")
    command.add_argument("--no-check", action="store_true", help="build even over errors")


def run(options: Namespace) -> int:
    # MkDocs is an extra: who only checks need not install it.
    from papernotes.building import build_site

    return build_site(
        config_of(options), options.site_dir, strict=options.strict, no_check=options.no_check, verbose=options.verbose
    )
