"""`papernotes new`: a note's skeleton, and the entry of its work, from an identifier."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import get_args

from papernotes.adding import Desk, Plan, RefusedError, Wish, plan_title, plan_work
from papernotes.additions import require_readable_bibliography
from papernotes.commands.asking import client_of
from papernotes.commands.parser import CLEAN, FINDINGS, Commands, Namespace, bars_of, config_of
from papernotes.config import Config, ConfigError
from papernotes.entries import Entry
from papernotes.fetching import FetchError
from papernotes.identifiers import Scheme, parse_identifier
from papernotes.importers import bibtex
from papernotes.library import Library, load
from papernotes.lookup import Finding, look_up, search
from papernotes.matter import Kind
from papernotes.model import Note
from papernotes.record import Record, clean_text, identifiers_in
from papernotes.scaffold import translation_path, translation_text
from papernotes.staging import only_writer, write_together
from papernotes.text import Source

KINDS = tuple(kind for kind in get_args(Kind) if kind != "home")
# A title of these kinds is no question to the services.
OWN_WORDS = ("concept", "survey", "essay", "digest", "topic", "model", "system")


def add(commands: Commands) -> None:
    command = commands.add(
        "new",
        run,
        "add a note: its skeleton, and the entry of its work in papers.bib",
        "new 2305.18290",
        "new 10.1038/s41586-021-03819-2 --topic science",
        "new https://aclanthology.org/2020.acl-main.703/",
        "new attention is all you need",
        "new vaswani2017attention                 an entry that has no note yet; needs no network",
        "new --offline --bib paper.bib            without the network, from a file (or - for standard input)",
        'new --kind concept "KV cache"',
        'new --kind topic "Interpretability"',
        "new --lang zh dpo                        the translation of a note",
    )
    command.add_argument(
        "what", nargs="*", metavar="WHAT", help="an arXiv id, a DOI, an address, a citekey, or words of a title"
    )
    command.add_argument("--kind", choices=KINDS, default="paper", help="what the note is (default: paper)")
    command.add_argument("--topic", action="append", default=[], metavar="T", help="a topic of it; may be repeated")
    command.add_argument("--slug", default="", help="its path (default: made from the title)")
    command.add_argument("--citekey", default="", metavar="KEY", help="its citekey (default: lastnameYEARword)")
    command.add_argument("--lang", metavar="LANG", help="translate the note WHAT (its slug) into this language")
    command.add_argument("--bib", metavar="FILE", help="take the entry from a BibTeX file instead of the network")
    heeded = "otherwise PAPERNOTES_TIMEOUT, PAPERNOTES_MAILTO, S2_API_KEY and OPENALEX_API_KEY are heeded"
    command.add_argument("--offline", action="store_true", help=f"ask no service; {heeded}")
    command.add_argument("--no-edit", action="store_true", help="do not open $EDITOR")
    command.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def run(options: Namespace) -> int:
    config = config_of(options)
    try:
        if options.lang and options.lang != config.language:
            return _translate(config, options)
        return _note(config, options)
    except RefusedError as refusal:
        print(f"papernotes: {refusal}", file=sys.stderr)
        return FINDINGS
    except FetchError as error:
        raise ConfigError(str(error)) from None
    except OSError as error:
        raise ConfigError(f"{error.filename or config.root}: {error.strerror}; nothing was written") from None


def _note(config: Config, options: Namespace) -> int:
    library = _loaded(config, options)
    wish = Wish(options.kind, options.slug, options.citekey, tuple(dict.fromkeys(options.topic)))
    subject = _subject(Desk(config, library), options)
    if options.dry_run:
        _show(config, _plan(Desk(config, library), subject, wish))
        return CLEAN
    # Who cannot add the note should hear it before the lock is taken, and before the vault is read again.
    _plan(Desk(config, library), subject, wish)
    with only_writer(config.root):
        plan = _plan(Desk(config, library), subject, wish)
        if not _is_current(config, library) or _in_the_way(config, plan):
            plan = _plan(Desk(config, _loaded(config, options)), subject, wish)
        if found := _in_the_way(config, plan):
            raise RefusedError(f"{found} exists already")
        write_together(config.root, plan.files)
    if not options.quiet:
        _report(config, plan, subject)
    _edit(config.root / plan.draft.path, options)
    return CLEAN


def _loaded(config: Config, options: Namespace) -> Library:
    library, faults = load(config, bars_of(options)("reading notes"))
    require_readable_bibliography(faults)
    return library


def _is_current(config: Config, library: Library) -> bool:
    """Is papers.bib what it was when we read the vault? Asking the services takes seconds."""
    read = library.bibliography.text.encode("utf-8", "surrogatepass")
    return config.bibliography.is_file() and config.bibliography.read_bytes() == read


def _plan(desk: Desk, subject: Entry | Finding | str, wish: Wish) -> Plan:
    return plan_title(desk, subject, wish) if isinstance(subject, str) else plan_work(desk, subject, wish)


def _in_the_way(config: Config, plan: Plan) -> str:
    """A file that the plan would write over: one that was not there when the vault was read, or that could not be."""
    found = (path for path in plan.files if path.exists() and path != config.bibliography)
    return next((path.relative_to(config.root).as_posix() for path in found), "")


def _subject(desk: Desk, options: Namespace) -> Entry | Finding | str:
    """What the note shall be about: an entry we have, a work that somebody describes, or only a title."""
    words = clean_text(" ".join(options.what))
    if options.bib:
        return Finding(_from_file(options.bib, words))
    if not words:
        raise ConfigError("new: say what to add: an arXiv id, a DOI, an address, a citekey, or words of a title")
    identifier = parse_identifier(words)
    if entry := desk.entry_for(words, identifier):
        return entry
    if identifier.scheme is Scheme.WORDS and options.kind in OWN_WORDS:
        return words
    if options.offline:
        raise ConfigError(
            f"{words}: papers.bib does not hold it, and --offline asks nobody; give --bib FILE, or leave --offline out"
        )
    client = client_of(options)
    if identifier.scheme is Scheme.WORDS:
        chosen = _chosen(search(client, words), words)
        names = identifiers_in(chosen.fields)
        return (desk.known.by_identifier.get(names[0]) or look_up(client, names[0])) if names else Finding(chosen)
    return look_up(client, identifier)


def _from_file(name: str, words: str) -> Record:
    """The record in a BibTeX file: the only one, or the one that the words choose."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"--bib {name}: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}") from None
    found = [work.record for work in bibtex.read(Source(name, text)).works]
    wanted = parse_identifier(words)
    if words:
        found = [
            record
            for record in found
            if words == record.citekey
            or wanted in identifiers_in(record.fields)
            or (wanted.scheme is Scheme.WORDS and words.casefold() in record.title.casefold())
        ]
    if len(found) != 1:
        keys = ", ".join(record.citekey or record.title for record in found[:10])
        which = (
            f"choose one by its citekey: {keys}" if found else "it holds no entry" + (" of that name" if words else "")
        )
        raise ConfigError(f"--bib {name}: {which}")
    if not found[0].title:
        raise ConfigError(f"--bib {name}: its entry has no title")
    return found[0]


def _chosen(candidates: tuple[Record, ...], words: str) -> Record:
    """The candidate that a person picks; without a person there is nobody to be sure."""
    if not candidates:
        raise ConfigError(f"no service knows a work by these words: {words}")
    lines = [_described(number, record) for number, record in enumerate(candidates, 1)]
    if sys.stdin.isatty() and sys.stdout.isatty():
        print("\n".join(lines))
        answer = input(f"which one? [1-{len(candidates)}, nothing for none] ").strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(candidates):
            return candidates[int(answer) - 1]
        raise RefusedError("nothing chosen, nothing written")
    raise RefusedError("\n".join(["which one? Call `papernotes new` with its identifier:", *lines]))


def _described(number: int, record: Record) -> str:
    first = record.authors[0].family if record.authors else "anonymous"
    others = " et al." if len(record.authors) > 1 else ""
    names = identifiers_in(record.fields)
    name = f"  {names[0].value}" if names else ""
    return f"  {number}  {record.title} ({first}{others}, {record.fields.get('year', 'n.d.')}){name}"


def _show(config: Config, plan: Plan) -> None:
    if plan.entry:
        print(f"papers.bib would gain:\n\n{plan.entry.text}\n")
    for path, data in plan.files.items():
        if path != config.bibliography:
            print(f"{path.relative_to(config.root).as_posix()} would be:\n\n{data.decode()}")


def _report(config: Config, plan: Plan, subject: Entry | Finding | str) -> None:
    if plan.entry:
        print(f"papers.bib: {plan.entry.entry.citekey} added: {plan.entry.entry.title}")
    for path in plan.files:
        if path != config.bibliography:
            print(f"{path.relative_to(config.root).as_posix()}: written, a draft")
    for reason in (*plan.reasons, *(subject.hints if isinstance(subject, Finding) else ())):
        print(f"  {reason}")
    print(f"next: write it, then `papernotes check {plan.draft.path}`")


def _edit(path: Path, options: Namespace) -> None:
    """Open the note in the author's editor, if there is an author at a terminal."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if options.no_edit or not editor or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        print(f"papernotes: $EDITOR ({editor}) does not start: {error}", file=sys.stderr)


def _translate(config: Config, options: Namespace) -> int:
    """The skeleton of a translation."""
    if options.lang not in config.languages:
        known = ", ".join(config.languages)
        raise ConfigError(f"--lang {options.lang}: the vault's languages are {known} (`languages` in its settings)")
    library = _loaded(config, options)
    name = " ".join(options.what)
    note: Note | None = library.by_slug.get(name) or library.note_by_name.get(name.casefold())
    if name.startswith("topics/"):
        note = library.topic_by_slug.get(name.removeprefix("topics/"))
    elif name == "index":
        note = library.home
    if note is None:
        raise ConfigError(f"{name}: there is no such note to translate; add it first, without --lang")
    target = translation_path(note, options.lang)
    path, text = config.root / target, translation_text(config, note, options.lang)
    if options.dry_run:
        print(f"{target} would be:\n\n{text}")
        return CLEAN
    with only_writer(config.root):
        if path.exists():
            raise RefusedError(f"{target} exists already")
        write_together(config.root, {path: text.encode("utf-8", "surrogatepass")})
    if not options.quiet:
        print(f"{target}: written, with the original's text to write over")
        print(f"next: translate it, then `papernotes translated {name}`")
    _edit(path, options)
    return CLEAN
