"""The search page, whose query and facets stand in its address, and what search says in each language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from papernotes.languages import phrases
from papernotes.page import DataFile, Edition, Page, relative

ADDRESS = "search"
# Pages that a reader without scripts finds things on.
INDEXES = (("all", "all_notes"), ("topics/index", "topics"), ("bibliography", "bibliography"), ("timeline", "timeline"))
SPOKEN = ("search_", "kind_", "facet_", "status_", "not_found")


def pages(edition: Edition) -> Iterator[Page]:
    path = edition.path(ADDRESS)
    title = edition.words["search"]
    indexes = [(edition.words[phrase], relative(edition.path(address), path)) for address, phrase in INDEXES]
    yield Page(
        path,
        "pages/search.md.jinja",
        title,
        {"words": edition.words, "title": title, "indexes": indexes},
        edition.lang,
        ADDRESS,
        meta={"kind": "search", "hide": ["toc"]},
    )


def files(edition: Edition) -> Iterator[DataFile]:
    """What the scripts of the search say in the language of this edition; they fetch it with the first search."""
    words = {name: phrase for name, phrase in edition.words.items() if name.startswith(SPOKEN)}
    said = {
        "lang": edition.lang,
        "languages": [
            {
                "lang": lang,
                "name": phrases(lang)["language"],
                "root": "" if lang == edition.config.language else f"{lang}/",
            }
            for lang in edition.config.languages
        ],
        "topics": {slug: edition.title_of(topic) for slug, topic in edition.library.topic_by_slug.items()},
        "words": words,
    }
    path = edition.path(ADDRESS).removesuffix(".md") + "/words.json"
    yield DataFile(path, json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n")
