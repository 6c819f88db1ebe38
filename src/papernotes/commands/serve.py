"""`papernotes serve`: shows the site and follows every change."""

from __future__ import annotations

from papernotes.commands.parser import Commands, Namespace, config_of


def add(commands: Commands) -> None:
    command = commands.add("serve", run, "show the site and follow every change", "serve", "serve --port 8001")
    command.add_argument("--port", type=int, default=8000, help="default: 8000")


def run(options: Namespace) -> int:
    # MkDocs is an extra: who only checks need not install it.
    from papernotes.preview import serve_site

    return serve_site(config_of(options), options.port, verbose=options.verbose)
