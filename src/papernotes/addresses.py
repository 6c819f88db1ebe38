"""The addresses inside the site that no note may take, since the site or its theme makes a page or folder there."""

from __future__ import annotations

from collections.abc import Collection

OWN = frozenset(
    """404 all assets authors bibliography cards compare contribute corrections digests gaps graph new pagefind papers
    questions rules search sitemap stylesheets timeline topics venues""".split()
)
# A file of this name becomes the page of its folder, whoever builds it.
FOLDER_PAGES = ("index", "readme")


def is_own(address: str, languages: Collection[str]) -> bool:
    """Whether the site makes the page at this address itself. Languages have folders of their own."""
    name = address.strip("/").casefold()
    return name in OWN or name in languages or name.rpartition("/")[2] in FOLDER_PAGES
