"""The people and the venues of the bibliography, with their works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from papernotes.entries import Person
from papernotes.page import Edition, Page
from papernotes.pages.listed import by_initial
from papernotes.pages.reference import Reference, reference
from papernotes.references import venue
from papernotes.rendering import anchor_of

MOST_PEOPLE, FEWEST_WORKS = 500, 2


@dataclass(frozen=True)
class Credited:
    """Somebody, or some venue, and the works, newest first."""

    name: str
    anchor: str
    works: Sequence[Reference]


def pages(edition: Edition) -> Iterator[Page]:
    people = sorted(_people(edition).items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_PEOPLE]
    people.sort(key=lambda item: (item[0].family.casefold(), item[0].given.casefold()))
    named = [(f"{person.family}, {person.given}", keys) for person, keys in people]
    yield _page(edition, "authors", by_initial(named, lambda item: item[0], edition.words["other_letters"]))
    venues = sorted(_venues(edition).items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    yield _page(edition, "venues", [("", venues)])


def _page(edition: Edition, address: str, groups: Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]]) -> Page:
    path, title = edition.path(address), edition.words[address]
    credited = [(letter, [_credited(edition, name, keys, path) for name, keys in listed]) for letter, listed in groups]
    data = {"words": edition.words, "title": title, "what": edition.words[f"{address}_what"], "groups": credited}
    return Page(path, "pages/credits.md.jinja", title, data, edition.lang, address, meta={"kind": "index"})


def _credited(edition: Edition, name: str, keys: Sequence[str], path: str) -> Credited:
    newest = sorted(keys, key=edition.graph.age.__getitem__, reverse=True)
    return Credited(name, anchor_of(name), [reference(edition, key, path) for key in newest])


def credited_people(edition: Edition) -> Mapping[Person, str]:
    """The people on the page of authors, with their anchors there."""
    people = sorted(_people(edition).items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_PEOPLE]
    return {person: anchor_of(f"{person.family}, {person.given}") for person, _ in people}


def venue_anchor(name: str) -> str:
    """Where a venue is on the page of venues."""
    return anchor_of(name)


def _people(edition: Edition) -> Mapping[Person, Sequence[str]]:
    """People with several works. Two of one name are taken for one: a bibliography cannot tell them apart."""
    works: dict[Person, list[str]] = {}
    for key, entry in edition.library.by_citekey.items():
        for person in dict.fromkeys(entry.authors):
            if person.given and person.family != "others":
                works.setdefault(person, []).append(key)
    return {person: keys for person, keys in works.items() if len(keys) >= FEWEST_WORKS}


def _venues(edition: Edition) -> Mapping[str, Sequence[str]]:
    works: dict[str, list[str]] = {}
    for key, entry in edition.library.by_citekey.items():
        if name := venue(entry):
            works.setdefault(name, []).append(key)
    return works
