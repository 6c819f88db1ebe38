"""What is new: the notes by the day of their last change, as a page and as Atom feeds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from papernotes.model import Note
from papernotes.page import DataFile, Edition, Page, address_of, feed_path, relative
from papernotes.pages.listed import latest, listed

MOST_LISTED, MOST_FED = 100, 30
ATOM = "http://www.w3.org/2005/Atom"


def pages(edition: Edition) -> Iterator[Page]:
    path, title = edition.path("new"), edition.words["whats_new"]
    days: dict[datetime.date, list[object]] = {}
    for note in latest(edition.published.values())[:MOST_LISTED]:
        days.setdefault(note.meta.updated, []).append(listed(edition, note, path))
    feed = relative(_path(edition, ""), path) if edition.config.site_url else ""
    data = {"words": edition.words, "title": title, "days": days, "feed": feed}
    meta, newest = {"kind": "index"}, max(days, default=None)
    yield Page(path, "pages/news.md.jinja", title, data, edition.lang, "new", meta=meta, updated=newest)


def _path(edition: Edition, topic: str) -> str:
    return feed_path(topic, edition.lang, edition.config.language)


def files(edition: Edition) -> Iterator[DataFile]:
    """The feeds. Without a site_url there are none: what a feed says has to name its address."""
    if not edition.config.site_url:
        return
    yield _feed(edition, "", edition.config.site_name or edition.words["home"], edition.published.values())
    for slug, topic in edition.library.topic_by_slug.items():
        yield _feed(edition, slug, edition.title_of(topic), edition.notes_on(slug))


def _feed(edition: Edition, topic: str, title: str, notes: Iterable[Note]) -> DataFile:
    site = edition.config.site_url.rstrip("/")
    path = _path(edition, topic)
    shown = latest(notes)[:MOST_FED]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": edition.lang})
    SubElement(feed, "title").text = title
    SubElement(feed, "id").text = f"{site}/{path}"
    SubElement(feed, "link", rel="self", href=f"{site}/{path}", type="application/atom+xml")
    SubElement(feed, "link", href=f"{site}/{address_of(edition.path(f'topics/{topic}' if topic else ''))}")
    newest = max((note.meta.updated for note in shown), default=datetime.date(1970, 1, 1))
    SubElement(feed, "updated").text = _moment(newest)
    SubElement(SubElement(feed, "author"), "name").text = edition.config.site_name or title
    for note in shown:
        address = f"{site}/{address_of(edition.note_path(note.slug))}"
        item = SubElement(feed, "entry")
        SubElement(item, "title").text = edition.title_of(note)
        SubElement(item, "id").text = address
        SubElement(item, "link", href=address)
        SubElement(item, "published").text = _moment(note.meta.created)
        SubElement(item, "updated").text = _moment(note.meta.updated)
        SubElement(item, "summary").text = edition.summary_of(note)
        for name in note.meta.topics:
            SubElement(item, "category", term=name)
    indent(feed)
    return DataFile(path, '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n")


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
