"""New texts of a vault's files → disk, all or none, unless somebody changed a file since it was read."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Mapping
from pathlib import Path

from papernotes.config import ConfigError
from papernotes.progress import Bars, no_bar
from papernotes.staging import only_writer, write_together
from papernotes.text import Source


@contextlib.contextmanager
def changing(root: Path) -> Generator[None]:
    """Be the only one who writes to the vault. Raises ConfigError where nothing can be written; nothing has changed."""
    try:
        with only_writer(root):
            yield
    except OSError as error:
        raise ConfigError(f"{error.filename or root}: {error.strerror}; nothing was changed") from None


def save(root: Path, texts: Mapping[Source, str], moves: Mapping[str, str] | None = None, bars: Bars = no_bar) -> None:
    """Write the texts, and move files (old path to new). To be called while `changing` the vault.

    Raises ConfigError if a file is not what it was when it was read; nothing has changed then.
    """
    moved, new = moves or {}, {source.path: (source, text) for source, text in texts.items()}
    files: dict[Path, bytes] = {}
    for path in (*moved, *(path for path in new if path not in moved)):
        data = (root / path).read_bytes()
        source, text = new.get(path, (None, ""))
        if source is not None and data != _bytes(source.text):
            raise ConfigError(f"{path} changed while it was read: run it again; nothing was changed")
        files[root / moved.get(path, path)] = data if source is None else _bytes(text)
    write_together(root, files, [root / path for path in moved], bars("writing files"))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
