"""One Markdown file of somebody's vault → a note of ours, before its links are turned."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from papernotes.identifiers import Identifier, Scheme, parse_identifier
from papernotes.importers.dialects import DIALECTS, Reading
from papernotes.importers.found import Found, FoundText, Remark
from papernotes.importers.matter import Matter, date_of, read_front_matter, text_of, texts_of
from papernotes.importers.shape import INVISIBLE, first_sentence, shaped
from papernotes.matter import Kind
from papernotes.metadata.dates import date_text
from papernotes.record import Record, clean_text, people, record_of
from papernotes.text import Source

KINDS = frozenset(get_args(Kind)) - {"home", "topic"}
TITLE = ("title", "name")
SUMMARY = ("summary", "description", "excerpt", "tldr", "subtitle")
TAGS = ("tags", "tag", "topics", "categories", "category", "keywords")
CREATED = ("created", "date", "date-created", "created-at", "publishdate", "published")
UPDATED = ("updated", "lastmod", "modified", "date-modified", "updated-at", "last-modified-at")
IDENTIFIERS = ("arxiv", "arxiv-id", "eprint", "doi", "url", "link", "source", "paper", "paper-url", "pdf")
CITEKEY = ("citekey", "citation-key", "citationkey", "bibkey", "cite-key", "key")
PEOPLE = ("authors", "author")
VENUES = ("venue", "journal", "conference", "booktitle", "publication")
REDIRECTS = ("slug", "permalink", "redirect-from", "redirects", "id", "uid")
SERIES = re.compile(
    r"((?:[\w-]*(?:week|digest|issue|weekly)[\w-]*?|[^\W\d]*周[刊报]))[-\s#]*(\d{1,4})\b", re.IGNORECASE
)
JEKYLL_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def read_note(source: Source, dialect: str) -> Found:
    """The note in a file; `dialect` is one of DIALECTS."""
    matter = read_front_matter(source)
    fields, used = matter.fields, set[str]()

    def first(names: tuple[str, ...]) -> Any:
        name = next((name for name in names if fields.get(name) not in (None, "", [])), "")
        used.add(name)
        return fields.get(name)

    reading = Reading()
    own_title, body = shaped(DIALECTS[dialect](matter.body, reading))
    stem = source.path.rpartition("/")[2].rpartition(".")[0] or source.path
    dated = JEKYLL_NAME.fullmatch(stem)
    title = clean_text(text_of(first(TITLE)) or own_title or (dated[2] if dated else stem).replace("_", " "))[:300]
    summary = clean_text(text_of(first(SUMMARY)))
    tags = [tag for names in TAGS for tag in texts_of(first((names,)))] + reading.tags
    identifiers = _identifiers(fields, used)
    citekey = text_of(first(CITEKEY)).lstrip("@")
    written_kind = text_of(fields.get("kind", fields.get("type"))).lower()
    series = SERIES.search(title)
    # Obsidian's aliases are names, Hugo's are paths.
    aliases = texts_of(first(("aliases", "alias")))
    created = date_of(first(CREATED)) or (date_of(dated[1]) if dated else None)
    redirects = [path for name in REDIRECTS for path in texts_of(first((name,)))]
    redirects += [alias for alias in aliases if "/" in alias]
    updated = date_of(first(UPDATED))
    work = _work(fields, used, title)
    text = FoundText(
        place=source.path,
        name=source.path.rpartition(".")[0],
        title=title,
        body=_with_raw(body, matter),
        kind=written_kind if written_kind in KINDS else "digest" if series else "",
        summary=summary or first_sentence(body),
        work=work,
        identifiers=identifiers,
        citekey=citekey,
        aliases=tuple(clean_text(alias) for alias in aliases if "/" not in alias),
        tags=tuple(dict.fromkeys(tag.strip().lstrip("#") for tag in tags if tag.strip("# "))),
        created=created,
        updated=updated,
        redirects=tuple(redirects),
        series=(series[1].strip("- "), int(series[2])) if series else None,
        # A block that could not be read stands in the note as it was: nothing of it is left over.
        left=() if matter.raw else tuple(_left(fields, used)),
    )
    told = tuple(Remark(source.path, remark) for remark in reading.remarks)
    return Found(texts=(text,), remarks=(*matter.remarks, *told))


def _left(fields: Mapping[str, Any], used: set[str]) -> Iterator[tuple[str, str]]:
    return ((name, _shown(value)) for name, value in fields.items() if name not in used and value is not None)


def _identifiers(fields: Mapping[str, Any], used: set[str]) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    for name in IDENTIFIERS:
        identifier = parse_identifier(text_of(fields.get(name)))
        if identifier.scheme in (Scheme.ARXIV, Scheme.DOI):
            used.add(name)
            found.append(identifier)
    return tuple(dict.fromkeys(found))


def _work(fields: Mapping[str, Any], used: set[str], title: str) -> Record | None:
    """What front matter says of a paper: people and a year, or an identifier. Other notes have authors too."""
    written = next((fields[name] for name in PEOPLE if fields.get(name)), None)
    year = date_text(text_of(fields.get("year")))
    if not (year and written):
        return None
    used.update((*PEOPLE, "year"))
    names = [part for name in texts_of(written) for part in re.split(r"\s+and\s+|;\s*", name)]
    venue = next((fields[name] for name in VENUES if fields.get(name)), None)
    used.update(VENUES)
    kind = {"booktitle": text_of(venue)} if venue else {}
    return record_of(
        "inproceedings" if venue else "misc", {"title": title, **year, **kind}, authors=people(map(_unlinked, names))
    )


def _unlinked(text: str) -> str:
    return re.sub(r"[\[\]@\"]", "", text)


def _with_raw(body: str, matter: Matter) -> str:
    return f"{body}\n\n{fenced(matter.raw, 'yaml')}" if matter.raw else body


def fenced(text: str, language: str) -> str:
    """A text as a code block, whatever it holds."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    lines = "\n".join(line.rstrip() for line in INVISIBLE.sub("", text).strip("\r\n").splitlines())
    return f"{'`' * (longest + 1)}{language}\n{lines}\n{'`' * (longest + 1)}"


def _shown(value: Any) -> str:
    return text_of(value) if not isinstance(value, (list, dict)) else json.dumps(value, ensure_ascii=False, default=str)
