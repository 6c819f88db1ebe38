"""An identifier → the record of the work and what it refers to, asked of several services in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from papernotes.fetching import ARXIV, CROSSREF, DATACITE, OPENALEX, SEMANTIC_SCHOLAR, Client, FetchError, Service
from papernotes.identifiers import Identifier, Scheme
from papernotes.metadata import atom, crossref, datacite, highwire, openalex, semantic_scholar
from papernotes.metadata.tree import Tree, UnreadableError, parse_json
from papernotes.record import Record, identifiers_in

Parsed = TypeVar("Parsed")
CANDIDATES = 5
BATCH, MOST_REFERENCES = 50, 300
PREPRINT_FIELDS = ("eprint", "archiveprefix", "primaryclass")


@dataclass(frozen=True)
class Finding:
    """What the services say of a work. `hints` are sentences for the reader: what to look at, what could not be had."""

    record: Record
    references: tuple[Identifier, ...] = ()
    titles: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def look_up(client: Client, identifier: Identifier) -> Finding:
    """Everything about one work. Raises FetchError if no service can describe it."""
    if identifier.scheme is Scheme.ARXIV:
        finding = _preprint(client, identifier.value)
    elif identifier.scheme is Scheme.DOI:
        finding = Finding(_by_doi(client, identifier.value))
    else:
        return _by_page(client, identifier.value)
    return _with_surroundings(client, finding)


def search(client: Client, words: str) -> tuple[Record, ...]:
    """The likeliest works for some words of a title. Raises FetchError if no service answers."""
    fields = semantic_scholar.FIELDS
    try:
        found = _json(client, SEMANTIC_SCHOLAR, "paper/search", query=words, limit=str(CANDIDATES), fields=fields)
        records = [semantic_scholar.parse_paper(item) for item in found["data"]] if found else []
    except FetchError:
        found = _json(client, OPENALEX, "works", search=words, **{"per-page": str(CANDIDATES)})
        records = [openalex.parse_work(item) for item in found["results"]] if found else []
    return tuple(record for record in records if record)


def _ask(client: Client, service: Service, path: str, parse: Callable[[bytes], Parsed], **asked: str) -> Parsed | None:
    data = client.ask(service, path, **asked)
    try:
        return None if data is None else parse(data)
    except UnreadableError as error:
        raise FetchError(f"{service.name}'s answer cannot be read: {error}") from None


def _json(client: Client, service: Service, path: str, **asked: str) -> Tree | None:
    return _ask(client, service, path, parse_json, **asked)


def _preprint(client: Client, arxiv_id: str) -> Finding:
    hints: tuple[str, ...] = ()
    try:
        records = _ask(client, ARXIV, "query", atom.parse_feed, id_list=arxiv_id, max_results="1") or ()
        record = next(iter(records), None)
    except FetchError as error:
        # arXiv registers its papers with DataCite, which knows all but their category.
        record = _second_opinion(error, lambda: _datacite(client, f"10.48550/arXiv.{arxiv_id}"))
        hints = (f"{error}; the record is DataCite's",)
    if record is None:
        raise FetchError(f"arXiv has no paper {arxiv_id}")
    told = {name: text for name, text in record.left if name in ("comment", "journal_ref")}
    hints += tuple(f"arXiv says: {' '.join(text.split())}" for text in told.values())
    doi = next((found.value for found in identifiers_in(record.fields) if found.scheme is Scheme.DOI), "")
    published = _quietly(lambda: _crossref(client, doi)) if doi else None
    return Finding(_merged(record, published) if published else record, hints=hints)


def _merged(preprint: Record, published: Record) -> Record:
    """One work: venue and year of the publication, the identifiers of both."""
    kept = {name: preprint.fields[name] for name in PREPRINT_FIELDS if name in preprint.fields}
    authors = max(preprint.authors, published.authors, key=len)
    left = tuple(dict.fromkeys((*preprint.left, *published.left)))
    return replace(published, fields={**published.fields, **kept}, authors=authors, left=left)


def _by_doi(client: Client, doi: str) -> Record:
    try:
        record = _crossref(client, doi) or _datacite(client, doi)
    except FetchError as error:
        record = _second_opinion(error, lambda: _openalex(client, doi))
    if record is None:
        raise FetchError(f"neither Crossref nor DataCite has the DOI {doi}")
    return record


def _second_opinion(error: FetchError, ask: Callable[[], Record | None]) -> Record:
    """What another service says; if that is nothing, the first one's error stands."""
    found = _quietly(ask)
    if found is None:
        raise error
    return found


def _quietly(ask: Callable[[], Parsed | None]) -> Parsed | None:
    try:
        return ask()
    except FetchError:
        return None


def _crossref(client: Client, doi: str) -> Record | None:
    found = _json(client, CROSSREF, f"works/{_path(doi)}")
    return crossref.parse_work(found) if found else None


def _datacite(client: Client, doi: str) -> Record | None:
    found = _json(client, DATACITE, f"dois/{_path(doi)}")
    return datacite.parse_doi(found) if found else None


def _openalex(client: Client, doi: str) -> Record | None:
    found = _json(client, OPENALEX, f"works/doi:{_path(doi)}")
    return openalex.parse_work(found) if found else None


def _path(doi: str) -> str:
    return doi.replace("%", "%25").replace("?", "%3F").replace("#", "%23").replace("<", "%3C").replace(">", "%3E")


def _by_page(client: Client, address: str) -> Finding:
    answer = client.page(address)
    if answer is None:
        raise FetchError(f"there is no page at {address}")
    record, identifier = highwire.parse_page(answer.data.decode("utf-8", "replace"), address)
    if identifier is not None:
        return look_up(client, identifier)
    if record is None:
        raise FetchError(f"the page at {address} does not say what it is")
    return Finding(record, hints=("only the page itself was asked: compare the entry with it",))


def _with_surroundings(client: Client, finding: Finding) -> Finding:
    """References and the other identifier of the work, by Semantic Scholar, failing that by OpenAlex."""
    record, hints = finding.record, finding.hints
    named = next(iter(identifiers_in(record.fields)), None)
    if named is None:
        return finding
    is_preprint = named.scheme is Scheme.ARXIV
    name = f"arXiv:{named.value}" if is_preprint else f"DOI:{_path(named.value)}"
    try:
        found = _json(client, SEMANTIC_SCHOLAR, f"paper/{name}", fields=semantic_scholar.REFERENCES)
        around = semantic_scholar.parse_surroundings(found) if found else None
    except FetchError as error:
        around, hints = None, (*hints, str(error))
    references, titles = list(record.references), tuple[str, ...]()
    if around:
        references += around.references
        titles = around.titles
        eprint = next((i.value for i in around.identifiers if i.scheme is Scheme.ARXIV), "")
        if eprint and not is_preprint:
            record = replace(record, fields={**record.fields, "eprint": eprint, "archiveprefix": "arXiv"})
        if around.venue and record.type == "misc":
            hints = (*hints, f"Semantic Scholar says that it appeared at: {around.venue}")
    if not references:
        doi = f"10.48550/arXiv.{named.value}" if is_preprint else named.value
        references += _quietly(lambda: _openalex_references(client, doi)) or ()
    return Finding(record, tuple(dict.fromkeys(references)), titles, hints)


def _openalex_references(client: Client, doi: str) -> tuple[Identifier, ...]:
    work = _json(client, OPENALEX, f"works/doi:{_path(doi)}", select="referenced_works")
    keys = openalex.referenced(work)[:MOST_REFERENCES] if work else ()
    found: list[Identifier] = []
    for start in range(0, len(keys), BATCH):
        wanted = "|".join(keys[start : start + BATCH])
        select, size = "doi,locations", str(BATCH)
        works = _json(client, OPENALEX, "works", filter=f"openalex:{wanted}", select=select, **{"per-page": size})
        found += [
            identifier for item in (works["results"] if works else ()) for identifier in openalex.identifiers_of(item)
        ]
    return tuple(found)
