"""Marked Markdown → what its rendering shows: which marks came out where. Owns markdown and its extensions."""

from papernotes.rendering.anchors import anchor_of
from papernotes.rendering.reader import EXTENSIONS, render
from papernotes.rendering.shortcuts import SHORTCUTS, Shortcuts
from papernotes.rendering.shown import Rendered, Shown

__all__ = ["EXTENSIONS", "SHORTCUTS", "Rendered", "Shortcuts", "Shown", "anchor_of", "render"]
