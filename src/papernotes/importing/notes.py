"""The notes of an import: texts with their links turned, and skeletons for works."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from papernotes.adding import Desk
from papernotes.bodies import Text, read_bodies
from papernotes.entries import Entry
from papernotes.importers.found import FoundText, Remark
from papernotes.importing.intake import Choices, Intake, Left, left_block
from papernotes.importing.works import Works
from papernotes.naming import new_slug, slug_of, usable_slug
from papernotes.progress import Bars
from papernotes.scaffold import UNSORTED, Draft, paper_draft, today
from papernotes.suggestions import suggest_topics
from papernotes.turning import Places, Turned, turn

LEFT_HEADING = {"en": "Left from the import", "zh": "导入时的余项"}
# Fields whose meaning is kept in another way, or that say how another site shows a page.
NO_HOLD_IN_TEXT = frozenset("draft status published publish layout type kind".split())


class Notes:
    """Drafts, and the pictures that they show by where they go."""

    def __init__(
        self, desk: Desk, intake: Intake, works: Works, choices: Choices, pictures: Mapping[str, Path]
    ) -> None:
        self.desk, self.intake, self.works = desk, intake, works
        self.pictures: dict[Path, Path] = {}
        self.drafts: list[Draft] = []
        self._choices, self._found_pictures = choices, pictures
        self._taken = {slug.casefold() for slug in desk.library.by_slug}
        self._names = set(desk.library.note_by_name)
        self._topics = {
            name.casefold(): topic.slug
            for topic in reversed(desk.library.topics)
            for name in (*topic.meta.aliases, topic.title, topic.slug)
        }

    def take(self, texts: Iterable[FoundText], papers: Iterable[tuple[str, ...]], bars: Bars) -> None:
        """Turn texts into drafts; those that are here already are left out."""
        chosen = [(text, about, self._slug(text, about)) for text, about in zip(texts, papers, strict=True)]
        kept = [(text, about, slug) for text, about, slug in chosen if slug]
        bodies = read_bodies([Text(text.body, 0) for text, _, _ in kept], bars("reading texts"))
        places = Places(
            self._addresses(kept),
            {slug: body.headings for (_, _, slug), body in zip(kept, bodies, strict=True)},
            self.works.citekeys,
            self.works.entries,
            self.works.known,
            self._found_pictures,
            self.desk.library.files,
        )
        step = bars("turning texts into notes")
        for number, ((text, about, slug), body) in enumerate(zip(kept, bodies, strict=True), 1):
            self._take(text, about, turn(text.body, body, Turned(text.name, slug, places)))
            step(number, len(kept))

    def _addresses(self, kept: list[tuple[FoundText, tuple[str, ...], str]]) -> dict[str, str]:
        """The slugs of notes by everything that a link may call them; whole paths go before last parts."""
        names: dict[str, str] = {}
        for text, _, slug in kept:
            for name in (text.name, *(path.strip("/").removesuffix(".html") for path in text.redirects)):
                names.setdefault(name.lower(), slug)
        for text, _, slug in kept:
            last = posixpath.basename(text.name)
            for name in (last, text.title, *text.aliases, last.partition("-")[2] if last[:4].isdigit() else last):
                names.setdefault(name.lower(), slug)
        for note in self.desk.library.by_slug.values():
            for name in (note.slug, note.title, *note.meta.aliases):
                names.setdefault(name.lower(), note.slug)
        return names

    def _slug(self, text: FoundText, about: tuple[str, ...]) -> str:
        """The slug of a new note; nothing if the note is here already."""
        kind = self._kind(text, about)
        if kind == "paper":
            for key in about:
                if note := self.desk.graph.note_of.get(key):
                    self.intake.present.append((text.place, f"notes/{note}.md is about {key} already"))
                    return ""
        wanted = _stem(text.name)
        library = self.desk.library
        here = library.by_slug.get(wanted) or library.note_by_name.get(text.title.casefold())
        if here and here.title.casefold() == text.title.casefold():
            self.intake.present.append((text.place, f"{here.source.path} has this title already"))
            return ""
        languages = self.desk.config.languages
        slug = wanted if wanted and wanted not in self._taken and usable_slug(wanted, languages) else ""
        otherwise = about[0] if about else "" if "#" in text.name else posixpath.basename(text.name)
        slug = slug or new_slug(text.title, otherwise, self._taken, languages)
        self._taken.add(slug)
        return slug

    def _kind(self, text: FoundText, about: tuple[str, ...]) -> str:
        kind = self._choices.kind or text.kind or ("paper" if about else "essay")
        return "essay" if kind == "paper" and not about else kind

    def _take(self, text: FoundText, about: tuple[str, ...], turned: Turned) -> None:
        self.intake.remarks += [Remark(text.place, remark) for remark in dict.fromkeys(turned.remarks)]
        topics, tags = self._sorted(text, about)
        left = [(name, value) for name, value in text.left if value and name not in NO_HOLD_IN_TEXT]
        if tags:
            left.append(("tags", ", ".join(tags)))
        # What a text says of a work that is here already; a collection's stays in its body.
        if text.work and not text.titles and not (about and self.works.is_new(about[0])):
            left += [(name, value) for name, value in text.work.fields.items() if name != "title"]
            left += [("author", str(who)) for who in text.work.authors]
        body = turned.text if turned.text.strip() else text.title
        aliases = [name for name in dict.fromkeys(text.aliases) if name.casefold() not in self._names]
        self._names |= {text.title.casefold(), *(name.casefold() for name in aliases)}
        created = min(text.created or today(), text.updated or today())
        draft = Draft(
            self._kind(text, about),
            text.title,
            turned.slug,
            about,
            topics,
            summary=text.summary,
            aliases=tuple(name for name in aliases if name.casefold() != text.title.casefold()),
            created=created,
            updated=max(text.updated or created, created),
            redirects=self._redirects(text.redirects, turned.slug),
            series=text.series if self._kind(text, about) == "digest" else None,
            body=body,
            rest=self._rest(tuple(left)),
        )
        self._add(draft, text.place)
        for asset, file in turned.pictures.items():
            self.pictures[self.desk.config.notes / "assets" / asset] = file

    def _add(self, draft: Draft, place: str) -> None:
        self.drafts.append(draft)
        self.intake.notes.append((place, draft.path))

    def _redirects(self, paths: tuple[str, ...], slug: str) -> tuple[str, ...]:
        kept = [path.strip("/").removesuffix(".html") for path in paths if "://" not in path and ".." not in path]
        return tuple(path for path in dict.fromkeys(kept) if path and path != slug and path.lower() not in self._taken)

    def _sorted(self, text: FoundText, about: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
        """The topics of a text, and its tags that are none."""
        topics, rest = list(self._choices.topics), list[str]()
        for tag in text.tags:
            names = (tag, tag.rpartition("/")[2], tag.replace("-", " "), tag.replace("_", " "), slug_of(tag))
            topic = next((self._topics[name.casefold()] for name in names if name.casefold() in self._topics), None)
            if topic:
                topics.append(topic)
            else:
                rest.append(tag)
        if not topics:
            topics += self._suggested(text.title, about)
        return tuple(dict.fromkeys(topics)), rest

    def skeleton(self, entry: Entry, place: str, left: Left) -> None:
        """A note for an entry, as `papernotes new` makes it, with what a source says of the work besides."""
        library, graph = self.desk.library, self.desk.graph
        slug = new_slug(entry.title, entry.citekey, self._taken, self.desk.config.languages)
        self._taken.add(slug)
        topics = self._choices.topics or self._suggested(entry.title, [entry.citekey])
        kind = self._choices.kind or "paper"
        draft = paper_draft(library, graph, entry, kind=kind, slug=slug, topics=topics)
        aliases = tuple(name for name in draft.aliases if name.casefold() not in self._names)
        self._names |= {draft.title.casefold(), *(name.casefold() for name in aliases)}
        self._add(replace(draft, aliases=aliases, rest=self._rest(left)), place)

    def _suggested(self, title: str, about: Sequence[str]) -> tuple[str, ...]:
        cites = [key for paper in about for key in self.works.entries[paper].cites or ()]
        found = suggest_topics(self.desk.library, self.desk.graph, title, cites, about[0] if about else "")
        return tuple(item.topic for item in found) or (UNSORTED,)

    def _rest(self, left: Left) -> str:
        """What has no field, as a block of code below the note: whatever it holds, it is text."""
        if not left:
            return ""
        heading = LEFT_HEADING.get(self.desk.config.language, LEFT_HEADING["en"])
        return f"\n## {heading}\n\n{left_block(left)}\n"


def _stem(name: str) -> str:
    """The slug that a file's name makes, unless it is a part of a file, a date, or a number that means nothing."""
    stem = "" if "#" in name else slug_of(posixpath.basename(name))
    meaningless = re.match(r"\d{4}-\d{2}-\d{2}-", stem) or re.search(
        r"\d{6}|(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-f0-9]{10}", stem
    )
    return "" if meaningless else stem
