"""Pages to be made → shares of them, for copies of this process; their anchors and logs → one build again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from papernotes.copies import LostCopyError, Team, team
from papernotes.site_files import GeneratedFile

# A copy must have so many pages to make that it is worth it.
WORTH_COPY = 50
LOGS = ("mkdocs", "papernotes")


class Anchors(NamedTuple):
    """The anchors that a page has, and those that it leads to: by file, the anchor and the link as written."""

    present: set[str]
    wanted: Mapping[str, dict[str, str]]


class Report(NamedTuple):
    """What a copy tells the first process of its share; `error` says why it gave up."""

    anchors: Mapping[str, Anchors]
    logged: Sequence[tuple[str, int, str]]
    error: str = ""


class _Log(logging.Handler):
    """Keeps what is logged: warnings must count in the first process."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.name, record.levelno, record.getMessage()))


class Shares:
    """The processes that make the pages of one build. Until it divides them, it is this one alone."""

    def __init__(self) -> None:
        self._team, self._log, self._files = Team(0, 1, ()), _Log(), Files([])
        self._anchors: dict[str, Anchors] = {}

    @property
    def leads(self) -> bool:
        """Whether this is the process that was there first."""
        return self._team.leads

    def divide(self, files: Files) -> int:
        """From here to `join` there may be several of this process; returns how many pages are this one's."""
        changed = [file for file in files if isinstance(file, GeneratedFile) and file.changed]
        self._team = team(len(changed) // WORTH_COPY)
        if not self.leads:
            for name in LOGS:
                logging.getLogger(name).handlers[:] = [self._log]
        own = set(self._team.share(changed))
        for file in changed:
            file.changed = file in own
        return len(own)

    def rendered(self, files: Files, config: MkDocsConfig) -> None:
        """Take the anchors of the pages that this process rendered; leave a copy nothing but those to write."""
        if self._team.size == 1:
            return
        self._files = files
        for file in files:
            if file.page is not None and file.page.present_anchor_ids is not None:
                wanted = {to.src_uri: links for to, links in (file.page.links_to_anchors or {}).items()}
                self._anchors[file.src_uri] = Anchors(file.page.present_anchor_ids, wanted)
                # MkDocs would look for them among the pages of this process alone.
                file.page.links_to_anchors = None
        if not self.leads:
            config.theme.static_templates.clear()
            for file in list(files):
                if not isinstance(file, GeneratedFile):
                    files.remove(file)

    def join(self, config: MkDocsConfig) -> None:
        """End the copies, log what they logged, and check every link to an anchor. Raises PluginError if one failed."""
        if not self.leads:
            self._team.report(Report(self._anchors, self._log.kept))
        try:
            reports: list[Report] = self._team.reports()
        except LostCopyError as error:
            raise PluginError(str(error)) from error
        for report in reports:
            for name, level, message in report.logged:
                logging.getLogger(name).log(level, "%s", message)
            if report.error:
                raise PluginError(report.error)
            self._anchors.update(report.anchors)
        self._check_anchors(config)

    def give_up(self, error: Exception) -> None:
        """End a copy that failed, or all copies if the first process did."""
        if not self.leads:
            self._team.report(Report({}, self._log.kept, str(error) or type(error).__name__))
        self._team.dismiss()

    def _check_anchors(self, config: MkDocsConfig) -> None:
        pages = {file.src_uri: file.page for file in self._files if file.page is not None}
        for path, anchors in self._anchors.items():
            pages[path].present_anchor_ids = anchors.present
        for path, page in pages.items():
            if path in self._anchors:
                wanted = self._anchors[path].wanted.items()
                page.links_to_anchors = {pages[to].file: links for to, links in wanted if to in pages}
                page.validate_anchor_links(files=self._files, log_level=config.validation.links.anchors)
