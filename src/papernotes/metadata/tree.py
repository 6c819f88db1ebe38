"""JSON that nobody vouches for → values that can be asked for without care: what is missing or odd is empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, cast


class UnreadableError(ValueError):
    """A text is not what its format demands; the message says in what way."""


@dataclass(frozen=True)
class Tree:
    """A place in a JSON document. Walking into what is not there gives an empty place."""

    value: Any

    def __getitem__(self, key: str | int) -> Tree:
        value = self.value
        if isinstance(value, dict) and isinstance(key, str):
            return Tree(cast("dict[str, Any]", value).get(key))
        if isinstance(value, list) and isinstance(key, int):
            items = cast("list[Any]", value)
            return Tree(items[key] if -len(items) <= key < len(items) else None)
        return Tree(None)

    def __iter__(self) -> Iterator[Tree]:
        """The items of a list; none of anything else."""
        value = self.value
        return (Tree(item) for item in cast("list[Any]", value)) if isinstance(value, list) else iter(())

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of an object's members."""
        value = self.value
        return tuple(cast("dict[str, Any]", value)) if isinstance(value, dict) else ()

    @property
    def text(self) -> str:
        """A text as it is, a whole number in digits, else nothing."""
        if isinstance(self.value, str):
            return self.value
        return str(self.value) if isinstance(self.value, int) and not isinstance(self.value, bool) else ""

    @property
    def number(self) -> int | None:
        """A whole number, be it written as text."""
        text = self.text.strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def parse_json(data: bytes | str) -> Tree:
    """Read a JSON document. Raises UnreadableError, also for what Python reads and JSON does not allow."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return Tree(json.loads(text, parse_constant=_refuse, parse_int=_whole))
    except RecursionError:
        raise UnreadableError("it is nested too deep") from None
    except UnicodeDecodeError:
        raise UnreadableError("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"it is no JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None


def _refuse(word: str) -> NoReturn:
    raise UnreadableError(f"it holds {word}, which JSON does not have")


def _whole(digits: str) -> int:
    # int() of very many digits is slow, and Python refuses it with an error of its own.
    if len(digits) > 100:
        raise UnreadableError("it holds a number of more than 100 digits")
    return int(digits)
