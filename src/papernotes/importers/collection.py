"""One file with a heading a paper → a note a heading."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from papernotes.identifiers import Identifier, Scheme, parse_identifier
from papernotes.importers.dialects import Reading, plain
from papernotes.importers.found import Found, FoundText, Remark
from papernotes.importers.matter import read_front_matter
from papernotes.importers.prose import Section, headings, sections
from papernotes.importers.shape import first_sentence, shaped
from papernotes.metadata.dates import date_text
from papernotes.record import Record, clean_text, person, record_of
from papernotes.text import Source

NAME = "collection"
SAYS = "a collection: one Markdown or text file with a heading a paper"
FEWEST = 3
IDENTIFIED = re.compile(r"<(?:span|a)\s[^<>]*?(?:id|name)\s*=\s*[\"']?([^\"'<>\s]+)[\"']?[^<>]*>", re.IGNORECASE)
# - Google Brain, Google Research, 2017.6
ORIGIN = re.compile(r"[-*+] (?P<place>[^\d\[\]]*?)(?P<dates>(?:[,，]\s*(?:19|20)\d\d(?:[.\-/]\d{1,2})?)+)\s*$")
BULLET = re.compile(r"[-*+] (?:\([^()]{1,20}\)\s*)?(.+)$")
# An address behind `论文地址:`, one whose text says what it is, or one that has a line for itself.
PAPER_LINK = re.compile(
    r"[:：]\s*<?(https?://[^\s()<>]+)"
    r"|\[[^\[\]]{0,20}(?:paper|arxiv|pdf|doi|论文|原文|报告)[^\[\]]{0,20}\]\((https?://[^\s()<>]+)"
    r"|^[-*+ ]*<?(https?://[^\s()<>]+)>?$",
    re.IGNORECASE,
)
HEAD_LINES = 12


def recognises(source: Source) -> bool:
    """Text without front matter whose highest repeated headings are papers: they say where and when, or link one."""
    if not source.path.endswith((".md", ".markdown", ".txt")) or read_front_matter(source).fields:
        return False
    level = _level(source.text)
    found = [section for section in sections(source.text, level) if section.level == level] if level else []
    return len(found) >= FEWEST and sum(_is_paper(section) for section in found) * 3 > len(found)


def read(source: Source) -> Found:
    """A text for every heading. What stands before the first is kept for the report, a table of contents aside."""
    matter = read_front_matter(source)
    level = _level(matter.body) or 2
    texts: list[FoundText] = []
    remarks: list[Remark] = list(matter.remarks)
    rest: list[tuple[str, str]] = []
    for section in sections(matter.body, level):
        place = f"{source.path}:{section.line}"
        if section.level != level:
            before = "\n".join(
                line for line in section.text.splitlines() if not re.match(r"\s*[-*+] \[[^\]]*\]\(#", line)
            )
            if before.strip():
                rest.append((f"{place}, outside the papers' headings", before.strip()))
        elif not re.search(r"\w", section.text):
            remarks.append(Remark(place, f"nothing stands below {_short(section.title)!r}"))
        else:
            texts.append(_text(source, section, place))
    return Found(texts=tuple(texts), remarks=tuple(remarks), rest=tuple(rest))


def _level(text: str) -> int:
    """The highest level at which headings repeat."""
    counts = Counter(level for _, level, _ in headings(text))
    return min((level for level, count in counts.items() if count >= FEWEST), default=0)


def _short(text: str) -> str:
    line = clean_text(text)
    return line if len(line) <= 80 else line[:79] + "…"


def _head(section: Section) -> list[str]:
    return [line.strip() for line in section.text.splitlines() if line.strip()][:HEAD_LINES]


def _is_paper(section: Section) -> bool:
    return any(ORIGIN.match(line) or PAPER_LINK.search(line) for line in _head(section)) or bool(
        IDENTIFIED.search(section.title)
    )


def _text(source: Source, section: Section, place: str) -> FoundText:
    identified = IDENTIFIED.findall(section.title)
    title = clean_text(re.sub(r"<[^<>]*>", " ", section.title))
    _, body = shaped(plain(section.text, Reading()))
    head = _head(section)
    origin = next((match for line in head[:3] if (match := ORIGIN.match(line))), None)
    # The lines below where and when: the titles of the works.
    titles = [clean_text(match[1]) for line in head[1 if origin else 0 :] if (match := BULLET.match(line))]
    text = FoundText(
        place=place,
        name=f"{source.path.rpartition('.')[0]}#{identified[0] if identified else title}",
        title=title,
        body=body,
        kind="",
        summary=first_sentence(body),
        identifiers=tuple(dict.fromkeys(found for line in head for found in _linked(line))),
        redirects=tuple(identified),
        titles=tuple(title for title in titles if len(title) < 200),
    )
    return replace(text, work=_work(origin, text.titles)) if origin else text


def _linked(line: str) -> list[Identifier]:
    found = [parse_identifier(address) for match in PAPER_LINK.findall(line) for address in match if address]
    return [item for item in found if item.scheme in (Scheme.ARXIV, Scheme.DOI)]


def _work(origin: re.Match[str], titles: tuple[str, ...]) -> Record | None:
    """The work of a section that names one institution, one date and a title."""
    dates = re.findall(r"(?:19|20)\d\d(?:[.\-/]\d{1,2})?", origin["dates"])
    if len(dates) != 1 or not titles:
        return None
    fields = {"title": titles[0], **date_text(dates[0])}
    return record_of("misc", fields, authors=[person(origin["place"])])
