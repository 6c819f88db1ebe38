"""All questions, open and answered, and all corrections of the notes, each by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from papernotes.citations import CITEKEY
from papernotes.model import Admonition, Note
from papernotes.page import Edition, Page, relative
from papernotes.prose import part_markdown

MOST_ASKED = 8


@dataclass(frozen=True)
class Statement:
    """A marked statement, as the Markdown of its admonition, and the note where it stands."""

    markdown: str
    title: str
    path: str


Group = tuple[str, Sequence[Statement]]


def pages(edition: Edition) -> Iterator[Page]:
    yield _page(
        edition,
        "questions",
        "open_questions",
        [
            ("", by_topic(edition, "questions", lambda found: found.kind == "question" and not is_answered(found))),
            (
                edition.words["answered_questions"],
                by_topic(edition, "questions", lambda found: found.kind == "question" and is_answered(found)),
            ),
        ],
    )
    parts = [("", by_topic(edition, "corrections", lambda found: found.kind == "correction"))]
    yield _page(edition, "corrections", "corrections", parts)


def _page(edition: Edition, address: str, phrase: str, parts: Sequence[tuple[str, Sequence[Group]]]) -> Page:
    title = edition.words[phrase]
    data = {
        "words": edition.words,
        "title": title,
        "what": edition.words[f"{phrase}_what"],
        "parts": [(heading, groups) for heading, groups in parts if groups],
    }
    path = edition.path(address)
    return Page(path, "pages/statements.md.jinja", title, data, edition.lang, address, meta={"kind": "index"})


def is_answered(admonition: Admonition) -> bool:
    """A question is answered when its title cites the answer."""
    return CITEKEY.search(admonition.title) is not None


def by_topic(edition: Edition, address: str, wanted: Callable[[Admonition], bool]) -> Sequence[Group]:
    """The statements wanted, for the page at `address`, under the first topic of their note."""
    path = edition.path(address)
    topics = sorted(edition.library.topic_by_slug.values(), key=lambda topic: edition.title_of(topic).casefold())
    groups: dict[str, list[Statement]] = {topic.slug: [] for topic in topics}
    for note in sorted(edition.published.values(), key=edition.date_key):
        topic = next((slug for slug in note.meta.topics if slug in groups), "")
        groups.setdefault(topic, []).extend(statements(edition, note, path, wanted))
    for topic in topics:
        groups[topic.slug] += statements(edition, topic, path, wanted)
    names = {topic.slug: edition.title_of(topic) for topic in topics}
    return [(names.get(slug, ""), found) for slug, found in groups.items() if found]


def open_questions(edition: Edition, notes: Sequence[Note], path: str) -> Sequence[Statement]:
    """The open questions of some notes, newest work first, for the page at `path`."""
    found = (statements(edition, note, path, lambda a: a.kind == "question" and not is_answered(a)) for note in notes)
    return list(islice(chain.from_iterable(found), MOST_ASKED))


def statements(edition: Edition, note: Note, path: str, wanted: Callable[[Admonition], bool]) -> Iterator[Statement]:
    """The statements of one text, for the page at `path`."""
    text = edition.text_of(note)
    for admonition in text.body.admonitions:
        # One inside a list or another admonition would lose its place; it is read where it stands.
        if wanted(admonition) and _is_outermost(text.source.text, admonition):
            target = relative(edition.document_path(text), path, admonition.heading)
            markdown = part_markdown(edition, text, admonition.span, path)
            yield Statement(markdown, edition.title_of(note), target)


def _is_outermost(text: str, admonition: Admonition) -> bool:
    line = text.rfind("\n", 0, admonition.span.start) + 1
    return text[line : line + 3] in ("!!!", "???")
