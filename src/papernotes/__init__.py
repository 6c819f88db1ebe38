"""papernotes: a curated knowledge base of paper notes, and the tool that keeps it true."""

__all__ = ["__version__"]
__version__: str


def __getattr__(name: str) -> str:
    """The version, from the metadata of the installed package, which take long to read."""
    if name == "__version__":
        from importlib.metadata import version

        return version("papernotes")
    raise AttributeError(name)
