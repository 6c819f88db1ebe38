"""`papernotes import`: bibliographies and whole vaults of other tools into this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from papernotes.adding import Desk
from papernotes.additions import require_readable_bibliography
from papernotes.commands.asking import client_of
from papernotes.commands.new import KINDS
from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of
from papernotes.config import Config, ConfigError
from papernotes.fetching import FetchError
from papernotes.importers import FORMATS, Format
from papernotes.importers.folder import Inbox, collect
from papernotes.importers.found import Found, FoundText, Remark
from papernotes.importing import merged, take_in
from papernotes.importing.intake import Choices, Intake
from papernotes.importing.report import counted, report
from papernotes.library import load
from papernotes.lookup import look_up
from papernotes.record import clean_text
from papernotes.sameness import KnownWorks
from papernotes.scaffold import today
from papernotes.staging import only_writer, write_together
from papernotes.text import Source

REPORT = "import-report.md"
MOST_TOLD = 12


def add(commands: Commands) -> None:
    command = commands.add(
        "import",
        run,
        "take in a bibliography, a file of notes, or a whole vault of another tool",
        "import library.bib --dry-run",
        "import zotero.json --notes --topic alignment",
        "import ~/Obsidian/Papers",
        "import reading-notes.md --from collection --fetch",
        "import --list-formats",
    )
    command.add_argument("path", nargs="?", type=Path, metavar="FILE|DIR", help="what to import")
    command.add_argument(
        "--from", dest="format", choices=[known.name for known in FORMATS], help="the format (default: recognised)"
    )
    command.add_argument("--dry-run", action="store_true", help="print the report, and write nothing")
    command.add_argument("--notes", action="store_true", help="a note's skeleton for every work of a bibliography too")
    command.add_argument("--topic", action="append", default=[], metavar="T", help="a topic of every note; may repeat")
    command.add_argument(
        "--kind", choices=[k for k in KINDS if k != "topic"], default="", help="the kind of every note"
    )
    command.add_argument("--fetch", action="store_true", help="ask the services for works that notes only identify")
    command.add_argument("--list-formats", action="store_true", help="say which formats there are")


def run(options: Namespace) -> int:
    if options.list_formats:
        print("\n".join(f"{known.name:<14} {known.says}" for known in FORMATS))
        return CLEAN
    if options.path is None:
        raise ConfigError("import: name a file or folder (`papernotes import --list-formats` says of which kinds)")
    config = config_of(options)
    try:
        return _import(config, options)
    except OSError as error:
        raise ConfigError(f"{error.filename or options.path}: {error.strerror}") from None


def _import(config: Config, options: Namespace) -> int:
    inbox = collect(options.path)
    found = merged([Found(remarks=inbox.remarks), *_all_found(inbox, options)])
    if not found.works and not found.texts and not found.remarks:
        raise ConfigError(f"{options.path}: nothing in it is of a format that is read (`--list-formats` says which)")
    if options.fetch:
        found = _fetched(_desk(config, options), found, options)
    bars = bars_of(options)
    choices = Choices(tuple(dict.fromkeys(options.topic)), options.kind, options.notes)
    if options.dry_run:
        intake = take_in(_desk(config, options), found, inbox.pictures, choices, bars)
        print(report(intake, options.path.name, today()), end="")
    else:
        with only_writer(config.root):
            # What others wrote meanwhile is there to be met.
            intake = take_in(_desk(config, options), found, inbox.pictures, choices, bars)
            for path in intake.files:
                if path.exists() and path != config.bibliography:
                    raise ConfigError(f"{path.relative_to(config.root).as_posix()} is in the way, and cannot be read")
            files = {**intake.files, config.root / REPORT: _reported(config, intake, options)}
            write_together(config.root, files, progress=bars("writing files"))
        if not options.quiet:
            _tell(intake)
    return FINDINGS if any(remark.lost for remark in intake.remarks) else CLEAN


def _desk(config: Config, options: Namespace) -> Desk:
    library, faults = load(config, bars_of(options)("reading notes"))
    require_readable_bibliography(faults)
    for topic in options.topic:
        if topic not in library.topic_by_slug:
            known = ", ".join(sorted(library.topic_by_slug)) or "none yet"
            raise ConfigError(f"--topic {topic}: there is no such topic; there are: {known}")
    return Desk(config, library)


def _all_found(inbox: Inbox, options: Namespace) -> Iterator[Found]:
    step = bars_of(options)("reading files")
    for number, source in enumerate(inbox.sources, 1):
        yield _found(inbox, source, options.format)
        step(number, len(inbox.sources))


def _found(inbox: Inbox, source: Source, wanted: str | None) -> Found:
    """What one file holds. Markdown of a vault is of the vault's format; other files show what they are."""
    chosen = next((known for known in FORMATS if known.name == wanted), None) or _recognised(inbox, source)
    if chosen is None:
        return Found(remarks=(Remark(source.path, "of no format that is read", lost=True),))
    return chosen.read(source)


def _recognised(inbox: Inbox, source: Source) -> Format | None:
    vault = next((known for known in FORMATS if known.markers & inbox.top), None)
    if vault and source.path.endswith((".md", ".markdown")):
        return vault
    return next((known for known in FORMATS if known.recognises(source)), None)


def _fetched(desk: Desk, found: Found, options: Namespace) -> Found:
    """The same texts, with what the services say of the works that they only identify."""
    known = KnownWorks(desk.library.entries)
    client, step = client_of(options), bars_of(options)("asking the services")
    remarks: list[Remark] = []

    def complete(text: FoundText) -> FoundText:
        names = [name for name in text.identifiers if name not in known.by_identifier]
        if len(text.identifiers) != 1 or not names:
            return text
        try:
            return replace(text, work=look_up(client, names[0]).record)
        except FetchError as error:
            remarks.append(Remark(text.place, f"{names[0]} was not looked up: {error}"))
            return text

    texts: list[FoundText] = []
    for number, text in enumerate(found.texts, 1):
        texts.append(complete(text))
        step(number, len(found.texts))
    return replace(found, texts=tuple(texts), remarks=(*found.remarks, *remarks))


def _reported(config: Config, intake: Intake, options: Namespace) -> bytes:
    """The report file with this import below the earlier ones."""
    path = config.root / REPORT
    before = path.read_text(encoding="utf-8", errors="replace").rstrip() if path.is_file() else "# Imports"
    return f"{before}\n\n{report(intake, options.path.name, today())}".encode("utf-8", "surrogatepass")


def _tell(intake: Intake) -> None:
    print("\n".join(_summary(intake)))


def _summary(intake: Intake) -> Iterator[str]:
    for entry in intake.entries[:MOST_TOLD]:
        yield f"papers.bib: {entry.entry.citekey} added"
    if len(intake.entries) > MOST_TOLD:
        yield f"papers.bib: {len(intake.entries) - MOST_TOLD} more added"
    for place, path in intake.notes[:MOST_TOLD]:
        yield f"{path}: written, a draft, from {clean_text(place)}"
    if len(intake.notes) > MOST_TOLD:
        yield f"notes: {len(intake.notes) - MOST_TOLD} more written"
    lost = [remark for remark in intake.remarks if remark.lost]
    for remark in lost[:MOST_TOLD]:
        yield f"not understood: {clean_text(remark.place)}: {clean_text(remark.message)}"
    counts = [
        (len(intake.present), "here already"),
        (len(lost), "not understood"),
        (len(intake.remarks) - len(lost), "to look at"),
        (len(intake.left), "with texts that have no field"),
    ]
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    added = f"{counted(len(intake.entries), 'entry', 'entries')}, {counted(len(intake.notes), 'note', 'notes')} added"
    yield f"{added}{'; ' + told if told else ''}: see {REPORT}"
