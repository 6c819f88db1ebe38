"""papernotes: a curated knowledge base of paper notes, and the tool that keeps it true."""

from importlib.metadata import version

__all__ = ["__version__"]
__version__ = version("papernotes")
