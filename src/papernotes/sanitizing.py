"""Rendered HTML → the HTML that we publish. Owns nh3, an HTML5 parser that keeps what html_allowlist lists."""

from __future__ import annotations

import re

import nh3

from papernotes.html_allowlist import ATTRIBUTES, DROPPED_WITH_CONTENT, PREFIXES, SCHEMES, TAGS, allowed_value

# After these a browser takes everything for text, up to the closing tag: without one, the rest of the page.
RAW_TEXT = "script style template textarea title xmp iframe noembed noframes noscript object applet math select".split()
OPENING = re.compile(rf"<(?=(?P<comment>!--)|(?P<tag>{'|'.join(RAW_TEXT)}|plaintext)(?=[\s/>]|$))", re.IGNORECASE)
# The only input that a text needs is the box of a task list.
OTHER_INPUT = re.compile(r'<input(?![^>]* type="checkbox")[^>]*>')
# nh3 writes attributes in double quotes, and neither quotes nor angle brackets inside them.
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
    clean = OTHER_INPUT.sub("", _cleaner.clean(_without_swallowers(html)))
    return OUTSIDE_LINK.sub('<a rel="noopener"', clean)


def _without_swallowers(html: str) -> str:
    """Opening tags that would swallow the rest of the page become text. O(length)."""
    lower = html.lower()
    ends = {tag: lower.rfind(f"</{tag}") for tag in RAW_TEXT}
    end_of_comments = lower.rfind("-->")

    def opening(match: re.Match[str]) -> str:
        end = end_of_comments if match["comment"] else ends.get(match["tag"].lower(), -1)
        return "<" if end > match.start() else "&lt;"

    return OPENING.sub(opening, html)
