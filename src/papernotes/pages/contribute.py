"""For contributors: drafts, what the check says without failing, and how to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from papernotes.diagnostics import Severity
from papernotes.page import Edition, Page, relative

MOST_PLACES = 12


def pages(edition: Edition) -> Iterator[Page]:
    path, title = edition.path("contribute"), edition.words["contribute"]
    drafts = [note for note in edition.library.by_slug.values() if note.meta.status == "draft"]
    infos = [d for d in edition.diagnostics if d.severity is Severity.INFO]
    counts = Counter(diagnostic.rule for diagnostic in infos)
    rules = {
        rule: (
            relative(f"rules/{rule.name}.md", path),
            count,
            [d.message for d in infos if d.rule is rule][:MOST_PLACES],
        )
        for rule, count in sorted(counts.items(), key=lambda item: item[0].code)
    }
    data = {
        "words": edition.words,
        "title": title,
        "drafts": [(edition.title_of(note), note.source.path) for note in drafts],
        "rules": rules,
        "gaps": relative(edition.path("gaps"), path),
        "issues": f"{edition.config.repo_url.rstrip('/')}/issues/new/choose" if edition.config.repo_url else "",
    }
    yield Page(path, "pages/contribute.md.jinja", title, data, edition.lang, "contribute", meta={"kind": "index"})
