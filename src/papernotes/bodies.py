"""Many texts → their bodies, read on every core, and bodies ⇄ bytes that a cache can keep."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from papernotes import model, text
from papernotes.cache import BROKEN
from papernotes.markdown import read_body
from papernotes.model import Body
from papernotes.workforce import Workforce

WORTH_PROCESSES = 300


class Text(NamedTuple):
    """The text of a file and where its body begins."""

    text: str
    start: int


def read_bodies(texts: Sequence[Text], progress: Callable[[int, int], None] | None = None) -> list[Body]:
    """The bodies of these texts, in their order. `progress` hears how many are done."""
    return begin_bodies(texts).results(progress or (lambda done, total: None))


def begin_bodies(texts: Sequence[Text]) -> Workforce[Text, Body]:
    """The bodies of these texts, as other processes begin to read them."""
    return Workforce(_read_one, texts, WORTH_PROCESSES)


def _read_one(item: Text) -> Body:
    return read_body(*item)


def packed_body(body: Body) -> bytes:
    """A body as bytes."""
    return pickle.dumps(body, protocol=5)


def unpacked_body(data: bytes) -> Body | None:
    """The body that these bytes are, if they are one."""
    try:
        body = _BodyUnpickler(io.BytesIO(data)).load()
    except BROKEN:
        return None
    return body if isinstance(body, Body) else None


class _BodyUnpickler(pickle.Unpickler):
    """Makes values of our own model and nothing else, so that a forged cache can run nothing."""

    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@cache
def _class(module: str, name: str) -> Any:
    if name.isidentifier() and name[0].isupper() and module in (model.__name__, text.__name__):
        return getattr(model if module == model.__name__ else text, name)
    if (module, name) == ("builtins", "frozenset"):
        return frozenset
    raise pickle.UnpicklingError(f"{module}.{name} has no place in a cache")
