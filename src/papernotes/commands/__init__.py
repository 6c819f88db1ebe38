"""The commands: one file each, listed here in the order of the help."""

from collections.abc import Callable

from papernotes.commands import (
    build,
    check,
    completion,
    diff,
    explain,
    fmt,
    gaps,
    graph,
    import_,
    init,
    lsp,
    new,
    path,
    rename,
    serve,
    stats,
    translated,
)
from papernotes.commands.parser import Commands

COMMANDS: tuple[Callable[[Commands], None], ...] = (
    check.add,
    fmt.add,
    explain.add,
    build.add,
    serve.add,
    new.add,
    import_.add,
    rename.add,
    translated.add,
    init.add,
    stats.add,
    gaps.add,
    path.add,
    graph.add,
    diff.add,
    lsp.add,
    completion.add,
)
