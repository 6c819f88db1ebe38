"""The YAML block at the head of a note → raw values, the place of each, and faults. Owns yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from papernotes.model import Fault
from papernotes.text import UNFIT, Location, Source, Span

if TYPE_CHECKING:
    from papernotes.matter import FrontMatter, Path, TranslationMatter

OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r|\Z)")
CLOSING = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
LONGEST = 65_536
DEEPEST = 32
QUOTE_IT = "quote texts that hold ': ', '#', '[' or '{'"
# What libyaml says, and what to do, in words for people who did not know that they write YAML.
PROBLEMS = {
    "mapping values are not allowed in this context": ("': ' stands in a text without quotes", QUOTE_IT),
    "found unexpected end of stream": ("this quote is never closed", "end the text with the quote that begins it"),
    "did not find expected ',' or ']'": ("this list lacks a comma or its end", "write [one, two]"),
    "did not find expected ',' or '}'": ("this mapping lacks a comma or its end", "write {name: value}"),
    "did not find expected key": ("here stands neither a field nor part of the one before", QUOTE_IT),
    "found character that cannot start any token": ("no text may begin with this character", "put it in quotes"),
    "found a tab character that violates indentation": ("a tab stands where only spaces may", "write spaces"),
}


@dataclass(frozen=True)
class Block:
    """A YAML block as written: raw values (texts, lists, mappings, None) and where each and its key stand."""

    values: dict[str, Any]
    where: dict[Path, Span]
    keys: dict[Path, Span]
    span: Span
    body_start: int
    faults: tuple[Fault, ...]


@dataclass
class _Open:
    """A list or mapping that is being read."""

    path: Path
    start: int
    items: list[Any] | dict[str, Any]
    key: tuple[str, Span] | None = None
    faulty: bool = False
    keys: dict[str, Span] = field(default_factory=dict[str, Span])


@cache
def _yaml() -> Any:
    """PyYAML, which is untyped. Most runs of a check read no front matter anew, and should not wait for it."""
    import yaml

    return yaml


def _events(text: str) -> Iterator[Any]:
    """YAML's events."""
    return _yaml().parse(text, Loader=getattr(_yaml(), "CSafeLoader", _yaml().SafeLoader))


class _UnreadableError(Exception):
    def __init__(self, message: str, at: int, help: str = "") -> None:
        super().__init__(message)
        self.message, self.at, self.help = message, at, help


class Frame(NamedTuple):
    """Where front matter stands between its two lines, and where the body begins; its one line if it is not closed."""

    span: Span
    end: int
    closed: bool = True


def frame_of(text: str) -> Frame | None:
    """The frame of the front matter at the head of a text, if there is one."""
    opening = OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    closing = CLOSING.search(text, start)
    if closing is None:
        line = Span(opening.start(), max(opening.start(), len(text[:start].rstrip())))
        return Frame(line, len(text), closed=False)
    return Frame(Span(start, closing.start()), closing.end())


def read_block(source: Source) -> Block:
    """Split front matter from body and read it. O(length); never raises."""
    text = source.text
    frame = frame_of(text)
    if frame is None:
        fault = Fault("broken-front-matter", source.at(0), *_absence(text))
        return Block({}, {}, {}, Span(0, 0), 0, (fault,))
    span = frame.span
    if not frame.closed:
        fault = Fault(
            "broken-front-matter", source.at(*span), "the front matter is never closed", "end it with a line '---'"
        )
        return Block({}, {}, {}, span, len(text), (fault,))
    try:
        values, where, keys, faults = _Reader(source, span).read()
    except _UnreadableError as error:
        at = source.at(error.at, min(error.at + 1, span.end))
        fault = Fault("broken-front-matter", at, f"the front matter cannot be read: {error.message}", error.help)
        return Block({}, {}, {}, span, frame.end, (fault,))
    return Block(values, where, keys, span, frame.end, tuple(faults))


def _absence(text: str) -> tuple[str, str]:
    """What a file without front matter has instead, and what to do."""
    if text.lstrip("\ufeff").startswith("+++"):
        return "front matter in TOML (+++) is not read", "write it as YAML: 'title: …' between two lines '---'"
    if re.match(r"\s+---[ \t]*[\r\n]", text):
        return "something stands before the front matter", "make its line '---' the first line of the file"
    help = "begin the file with a line '---', then 'title: …' and the other fields, then a line '---'"
    return "there is no front matter", help


def read_matter(
    source: Source, block: Block, *, translated: bool = False
) -> tuple[FrontMatter | TranslationMatter, tuple[Fault, ...]]:
    """Fit a block to the model; missing fields are reported where the front matter begins."""
    from papernotes import schema

    meta, wrong = schema.read_fields(schema.TranslationMatter if translated else schema.FrontMatter, block.values)
    faults = [*block.faults]
    for fault in wrong:
        spans = block.keys if fault.rule == "unknown-field" else block.where
        path = fault.path
        while path and path not in spans:
            path = path[:-1]
        span = spans.get(path) or block.span
        faults.append(Fault(fault.rule, source.at(*span), fault.message, fault.help))
    if not any(fault.rule == "broken-front-matter" for fault in block.faults):
        refused = {fault.path[0] for fault in wrong}
        kind = block.values.get("kind")
        for name in schema.required_fields(kind if isinstance(kind, str) else None, translation=translated):
            if block.values.get(name) in (None, "", [], {}) and name not in refused:
                at = block.keys.get((name,)) or Span(0, len(source.line(1)))
                faults.append(Fault("missing-field", source.at(*at), f"{name!r} is missing", f"add a line '{name}: …'"))
    return meta, tuple(faults)


class _Reader:
    """Reads one block from YAML's events, so that no depth of nesting can exhaust the stack."""

    def __init__(self, source: Source, span: Span) -> None:
        self.source, self.offset, self.text = source, span.start, source.text[span.start : span.end]
        self.where: dict[Path, Span] = {}
        self.keys: dict[Path, Span] = {}
        self.faults: list[Fault] = []

    def read(self) -> tuple[dict[str, Any], dict[Path, Span], dict[Path, Span], list[Fault]]:
        self._guard()
        try:
            value = self._value()
        except _yaml().YAMLError as error:
            problem = str(getattr(error, "problem", None) or error).split("\n")[0]
            marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
            message, help = PROBLEMS.get(problem, (problem, QUOTE_IT))
            # What is never closed is seen where it begins, not where the parser gave up.
            mark = next(filter(None, reversed(marks) if message.startswith("this ") else marks), None)
            raise _UnreadableError(message, self.offset + (mark.index if mark else 0), help) from None
        if value is None:
            raise _UnreadableError("it is empty", self.offset, "write at least title, kind, summary, status and dates")
        if not isinstance(value, dict):
            raise _UnreadableError("it is not a mapping of fields", self.offset, "write lines such as 'title: …'")
        return cast("dict[str, Any]", value), self.where, self.keys, self.faults

    def _guard(self) -> None:
        """Refuse at once what the C parser would die of or spend its time on; blank what no text means."""
        if len(self.text) > LONGEST:
            raise _UnreadableError(f"it is longer than {LONGEST} characters", self.offset)
        # The rule control-character reports them; one of them should not hide every field.
        self.text = UNFIT.sub(" ", self.text)
        depth = 0
        for match in re.finditer(r"[\[\]{}]", self.text):
            depth += 1 if match[0] in "[{" else -1
            if depth > DEEPEST:
                raise _UnreadableError(f"it is nested more than {DEEPEST} levels deep", self.offset + match.start())

    def _span(self, event: Any) -> Span:
        return Span(self.offset + event.start_mark.index, self.offset + event.end_mark.index)

    def _value(self) -> Any:
        yaml = _yaml()
        stack: list[_Open] = []
        documents, result = 0, None
        for event in _events(self.text):
            at = self.offset + event.start_mark.index
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _UnreadableError("it holds a second document", at, "keep one block of fields")
                if event.version or event.tags:
                    raise _UnreadableError("it holds a YAML directive", at, "remove the line that begins with '%'")
            elif isinstance(event, yaml.AliasEvent):
                raise _UnreadableError("aliases (*name) are not read", at, "write the value out, or put it in quotes")
            elif isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._refuse_tags(event, at)
                if isinstance(event, yaml.ScalarEvent):
                    result = self._place(stack, self._scalar(event), self._span(event))
                else:
                    if len(stack) >= DEEPEST:
                        raise _UnreadableError(f"it is nested more than {DEEPEST} levels deep", at)
                    mapping = isinstance(event, yaml.MappingStartEvent)
                    if stack and isinstance(stack[-1].items, dict) and stack[-1].key is None:
                        raise _UnreadableError("a field's name must be text", at)
                    stack.append(_Open(self._path(stack), at, {} if mapping else []))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                closed = stack.pop()
                end = self.offset + event.end_mark.index
                trimmed = len(self.source.text[closed.start : end].rstrip())
                result = self._place(stack, closed.items, Span(closed.start, closed.start + trimmed))
        return result

    def _refuse_tags(self, event: Any, at: int) -> None:
        if event.anchor:
            raise _UnreadableError("anchors (&name) are not read", at, "write the value out, or put it in quotes")
        if event.tag not in (None, "!"):
            raise _UnreadableError("tags (!name) are not read", at, "remove it, or put the value in quotes")

    def _scalar(self, event: Any) -> str | None:
        if not event.style and event.value in NULLS:
            return None
        if event.style == '"' and (unfit := UNFIT.search(event.value)):
            message = f"the control character U+{ord(unfit[0]):04X} stands here as an escape"
            at = Location(self.source, self._span(event))
            self.faults.append(Fault("control-character", at, message, "remove it"))
            return UNFIT.sub("", event.value)
        return event.value

    def _path(self, stack: list[_Open]) -> Path:
        if not stack:
            return ()
        top = stack[-1]
        if isinstance(top.items, dict):
            return (*top.path, top.key[0] if top.key else "")
        return (*top.path, len(top.items))

    def _place(self, stack: list[_Open], value: Any, span: Span) -> Any:
        """Put a complete value where it belongs: as a key, under its key, or at the end of its list."""
        if not stack:
            self.where.setdefault((), span)
            return value
        top = stack[-1]
        if isinstance(top.items, list):
            self.where[(*top.path, len(top.items))] = span
            top.items.append(value)
        elif top.key is None:
            top.key = (str(value) if value is not None else "", span)
        else:
            name, key_span = top.key
            top.key = None
            path = (*top.path, name)
            if name in top.items:
                message = f"the field {name!r} is written twice"
                first = self.source.at(*top.keys[name])
                self.faults.append(
                    Fault("repeated-key", self.source.at(*key_span), message, "keep one of the two", (first,))
                )
            else:
                top.items[name] = value
                top.keys[name] = key_span
                self.keys[path], self.where[path] = key_span, span
        return value
