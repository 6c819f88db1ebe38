"""Pages of ours as files of MkDocs: those to be made, and those of an earlier build where something leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from papernotes.page import Page


class GeneratedFile(File):
    """A page of ours as a file of MkDocs; a dirty build skips it where its text is what it was."""

    changed = True

    def is_modified(self) -> bool:
        return self.changed


class KnownFiles(Files):
    """Files, and the pages of an earlier build, each made a file when something leads to it."""

    def __init__(self, files: Files, known: Mapping[str, Page], config: MkDocsConfig) -> None:
        super().__init__(files)
        self.known, self.config = known, config
        self.found: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        name = PurePath(path).as_posix()
        found = super().get_file_from_path(name) or self.found.get(name)
        if found is None and name in self.known:
            found = self.found[name] = page_file(name, self.config)
            found.inclusion = InclusionLevel.INCLUDED
        return found


def page_file(path: str, config: MkDocsConfig) -> GeneratedFile:
    """The file of the page of this Markdown path."""
    file = GeneratedFile(path, config.docs_dir, config.site_dir, config.use_directory_urls)
    file.generated_by = "papernotes"
    return file
