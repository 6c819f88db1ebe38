"""The rule catalogue: every rule of `papernotes check` with a page of its own, where its findings lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papernotes.diagnostics import Rule
from papernotes.page import Edition, Page, relative
from papernotes.templating import Markdown

# By the first characters of their codes.
FAMILIES = {
    "PN0": "Reading",
    "PN1": "Front matter",
    "PN2": "Citations and links",
    "PN3": "Bibliography",
    "PN4": "Graph and topics",
    "PN5": "Translations",
    "PN6": "Text",
}


def pages(edition: Edition) -> Iterator[Page]:
    if edition.lang != edition.config.language:
        return
    path = edition.path("rules/index")
    rows = [
        (rule, relative(edition.path(f"rules/{rule.name}"), path), Markdown(_finds(rule))) for rule in edition.rules
    ]
    families = [
        (family, found)
        for digit, family in FAMILIES.items()
        if (found := [row for row in rows if row[0].code.startswith(digit)])
    ]
    title = edition.words["rules"]
    yield Page(
        path,
        "pages/rules.md.jinja",
        title,
        {"words": edition.words, "title": title, "families": families},
        edition.lang,
        "rules/index",
        meta={"kind": "index"},
    )
    for rule in edition.rules:
        yield Page(
            edition.path(f"rules/{rule.name}"),
            "pages/rule.md.jinja",
            f"{rule.code} {rule.name}",
            {"words": edition.words, "rule": rule, "doc": Markdown(rule.page)},
            edition.lang,
            f"rules/{rule.name}",
            meta={"kind": "rule"},
        )


def _finds(rule: Rule) -> str:
    """The first paragraph of a rule's page, without its heading, as Markdown on one line."""
    paragraph = " ".join(rule.page.split("\n\n", 1)[0].split())
    return re.sub(r"^\*\*[^*]*\*\*\s*", "", paragraph)
