"""Rendered HTML → the HTML that we publish. Owns nh3, an HTML5 parser that keeps what html_allowlist lists."""

from __future__ import annotations

import re

import nh3

from papernotes.html_allowlist import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    PREFIXES,
    SCHEMES,
    SWALLOWING,
    TAGS,
    allowed_value,
)

OPENING = re.compile(rf"<(?=(?P<comment>!--)|(?P<tag>{'|'.join(sorted(SWALLOWING))})(?=[\s/>]|$))", re.IGNORECASE)
# The only input that a text needs is the box of a task list.
OTHER_INPUT = re.compile(r'<input(?![^>]* type="checkbox")[^>]*>')
# nh3 writes attributes in double quotes, and neither quotes nor angle brackets inside them.
TAG = re.compile(r"</?[a-z][a-z0-9]*")
MOST_PASSES = 8
OUTSIDE_LINK = re.compile(r'<a(?=[^>]* href="[\s\x00-\x20]*(?:https?:|[/\\]{2}))', re.IGNORECASE)

_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DROPPED_WITH_CONTENT),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    generic_attribute_prefixes=set(PREFIXES),
    attribute_filter=allowed_value,
    set_tag_attribute_values={"input": {"disabled": ""}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def sanitize(html: str) -> str:
    """The allowed part of rendered Markdown, every element closed. Applied twice it gives what it gave once."""
    clean = _once(html)
    # Where a parser moves elements (a list out of a table), what it writes may be read in yet another way.
    for _ in range(MOST_PASSES):
        if TAG.findall(html.lower()) == TAG.findall(clean):
            break
        html, clean = clean, _once(clean)
    return clean


def _once(html: str) -> str:
    clean = OTHER_INPUT.sub("", _cleaner.clean(_without_swallowers(html)))
    # A parser takes a mark at the start for the byte order, and drops it the next time.
    return OUTSIDE_LINK.sub('<a rel="noopener"', clean).lstrip("\ufeff")


def _without_swallowers(html: str) -> str:
    """Opening tags that would swallow the rest of the page become text. O(length)."""
    lower = html.lower()
    # Nothing ends plaintext.
    ends = {tag: lower.rfind(f"</{tag}") for tag in SWALLOWING - {"plaintext"}}
    end_of_comments = lower.rfind("-->")

    def opening(match: re.Match[str]) -> str:
        end = end_of_comments if match["comment"] else ends.get(match["tag"].lower(), -1)
        return "<" if end > match.start() else "&lt;"

    return OPENING.sub(opening, html)
