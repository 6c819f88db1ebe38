"""The rules of the bibliography: their pages' examples, whatever the fields hold, and how long they take."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papernotes.bibtex import read_bibliography
from papernotes.config import Config
from papernotes.diagnostics import Diagnostic, Rule, Severity
from papernotes.fixing import fix
from papernotes.graph import build_graph
from papernotes.inspection import Inspection
from papernotes.library import Library
from papernotes.rules import CHECKS, Check
from papernotes.text import Source

OURS = [(rule, check) for rule, check in CHECKS if rule.code.startswith("PN3")]
BLOCK = re.compile(r"```bibtex\n(.*?)```", re.DOTALL)


def vault(text: str) -> Inspection:
    """A vault that is nothing but this bibliography."""
    source = Source("papers.bib", text)
    read = read_bibliography(source)
    library = Library((), (), None, (), read.entries, source, {})
    return Inspection(library, build_graph(library), read.faults, Config(Path()))


def found(text: str) -> list[Diagnostic]:
    inspection = vault(text)
    return [diagnostic for _, check in OURS for diagnostic in check(inspection)]


def names(text: str) -> set[str]:
    """The rules that find something here. Nobody uses these entries, so that `unused-entry` says nothing."""
    return {d.rule.name for d in found(text) if d.severity is not Severity.INFO}


@pytest.mark.parametrize("rule", [rule for rule, _ in OURS if rule.name != "unused-entry"], ids=lambda rule: rule.name)
def test_the_page_of_a_rule_shows_its_fault_and_a_sound_text(rule: Rule) -> None:
    bad, good = BLOCK.findall(rule.page)
    assert names(bad) == {rule.name}
    assert names(good) == set()


# --- whatever the fields hold

NASTY = {
    "author": ["A. B.", "Vaswani, Ashish et al.", "a, b, c, d", "and", "and and", "{", "X; Y", "", "{\\'E}", "J{, }K"],
    "title": ["LoRA and {BERT}", "$x$ GPT", "\\LaTeX GPT-4", "", "A", "{{", "注意力 GPT"],
    "year": ["2020", "20", "2020a", "", "٢٠٢٠", "1999"],
    "month": ["jun", "June", "13", "", "jun~1", "Sept."],
    "pages": ["1-2", "1--2", "--", "", "xii-xx", "1 – 2, 3-4", "pp. 1"],
    "doi": [
        "10.1/x",
        "https://doi.org/10.1000/182",
        "10.1000/a\\_b",
        "10.1000/&amp;lt;",
        "",
        "doi:",
        "10.48550/arXiv.1",
    ],
    "eprint": ["2001.08361", "arXiv:2001.08361", "cs/0309041", "x", "", "arxiv:arxiv:", "2001.08361v9"],
    "archiveprefix": ["arXiv", "HAL", ""],
    "isbn": ["978-0-262-03561-3", "1, 2;3", "(", "", "٣", "X"],
    "orcid": ["0000-0002-1825-0097", "x", "", "https://orcid.org/0000-0002-1825-0098"],
    "url": [
        "https://arxiv.org/abs/2001.08362",
        "http://github.com/",
        "javascript:x",
        "",
        "https://[",
        "\\url{x}",
        "a b",
    ],
    "howpublished": ["\\url{x}", "\\url{https://[}", "\\url{", ""],
    "note": ["accepted at ICLR 2022", "published in", "", "\\url{ftp://x}"],
    "journal": ["Nature", "NATURE", "CoRR", "arXiv preprint arXiv:2001.08363", "", "(A) 2020", "the"],
    "booktitle": ["Proceedings of the 1st X (Y)", "X", "", "2020", "Proceedings of the"],
    "venue": ["ICML", "icml", ""],
    "cites": ["a", "b, c", "a b c", "", "{a}", "nobody"],
    "crossref": ["a", "b", "nobody", ""],
    "xdata": ["a,b", "c", ""],
    "file": [":/x:PDF", ""],
}
FIELD = st.sampled_from(sorted(NASTY)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(NASTY[name]) | st.text(max_size=20))
)
MARKS = st.sampled_from([("{", "}"), ('"', '"'), ("", ""), ("{a", '} # "b"')])
ROW = st.tuples(FIELD, MARKS).map(lambda row: f"{row[0][0]} = {row[1][0]}{row[0][1]}{row[1][1]}")
KEY = st.sampled_from(["a", "b", "c", "A", "../x", "a b", "con", "注"])
TYPE = st.sampled_from(["misc", "article", "inproceedings", "online", "article", "nosuch", "string"])
ENTRY = st.tuples(TYPE, KEY, st.lists(ROW, max_size=6)).map(lambda e: f"@{e[0]}{{{e[1]}, {', '.join(e[2])}}}\n")


@settings(max_examples=300)
@given(st.lists(ENTRY, min_size=1, max_size=4).map("".join))
def test_any_bibliography_gets_findings_in_its_own_text(text: str) -> None:
    for diagnostic in found(text):
        for location in (diagnostic.location, *diagnostic.related):
            assert location.source.text == text
            assert 0 <= location.span.start <= location.span.end <= len(text)


@settings(max_examples=150)
@given(st.lists(ENTRY, min_size=1, max_size=3).map("".join), st.booleans())
def test_a_fix_removes_its_finding_and_loses_nothing_and_fixing_ends(text: str, unsafe: bool) -> None:
    for _ in range(10):
        before = found(text)
        fixed = fix(before, unsafe=unsafe)
        if not fixed.applied:
            return
        [changed] = fixed.texts.values()
        assert contents(changed) == contents(text)
        after, gone = said(found(changed)), said(fixed.applied)
        assert all(after[what] <= said(before)[what] - count for what, count in gone.items())
        text = changed
    raise AssertionError(f"no end of fixing {text!r}")


def said(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((diagnostic.rule.name, diagnostic.message) for diagnostic in diagnostics)


def contents(text: str) -> list[tuple[str, list[str]]]:
    """Every entry with the names of its fields."""
    return [(entry.citekey, sorted(entry.fields)) for entry in vault(text).library.entries]


# --- linear time


def entry(name: str, value: str) -> str:
    return f"@misc{{k, year={{2020}}, {name}={{{value}}}}}\n"


HOSTILE: dict[str, Callable[[int], str]] = {
    "people with digits": lambda n: entry("author", " and ".join(f"N{i}, G" for i in range(n))),
    "people in a list": lambda n: entry("author", "A B, " * n),
    "half of et al.": lambda n: entry("author", "et " * n + " " * n + "et"),
    "ands": lambda n: entry("author", "and " * n),
    "braces in names": lambda n: entry("author", "{{a}" * n + "}" * n),
    "dangling": lambda n: entry("cites", ",".join(f"x{i:07}" for i in range(n))),
    "itself": lambda n: entry("cites", "k," * n),
    "capitals": lambda n: entry("title", "aB-" * n + "aB " * n),
    "dollars": lambda n: entry("title", "aB " + "$ " * n),
    "ranges": lambda n: entry("pages", "1-2," * n),
    "hyphens": lambda n: entry("pages", "-" * n + "1" + " " * n + "-2"),
    "books": lambda n: entry("isbn", "1," * n + "(" * n + "1" + " " * n + "1"),
    "entities": lambda n: entry("doi", "10.1000/&" + "amp;" * n),
    "prefixes": lambda n: entry("eprint", "arxiv:" * n),
    "addresses": lambda n: entry("howpublished", "\\url{x}" * n + "\\url " * n),
    "hosts": lambda n: entry("url", "http://" + "a." * n + "-" * n),
    "acceptances": lambda n: entry("eprint", "2001.08361}, note={" + "accepted paper " * n),
    "years": lambda n: entry("booktitle", "2020 (A " * n + " " * n),
    "chain": lambda n: "".join(f"@misc{{k{i}, crossref={{k{i + 1}}}}}\n" for i in range(n)),
    "rings": lambda n: "".join(f"@misc{{k{i}, xdata={{k{(i + 1) % n},k{(i + 2) % n}}}}}\n" for i in range(n)),
    "one title": lambda n: "".join(f"@misc{{k{i}, title={{T}}, year={{2020}}}}\n" for i in range(n)),
    "one DOI": lambda n: "".join(f"@misc{{k{i}, title={{T{i}}}, doi={{10.1000/1}}}}\n" for i in range(n)),
    "one key": lambda n: "@misc{k, title={T}, year={2020}}\n" * n,
    "one venue": lambda n: "".join(f"@misc{{k{i}, venue={{A{'.' * (i % 50)}B}}}}\n" for i in range(n)),
    "long keys": lambda n: f"@misc{{{'ab' * n}}}\n@misc{{b, cites={{{'ab' * n}c}}}}\n",
}


def seconds(check: Check, inspection: Inspection) -> float:
    """Processor time: other programs must not count."""
    start = time.process_time()
    list(check(inspection))
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_fields_are_judged_in_linear_time(name: str) -> None:
    """Four times the text takes about four times as long; quadratic work would take sixteen times."""
    small, large = (vault(HOSTILE[name](n)) for n in (1_000, 4_000))
    for rule, check in OURS:
        assert any(seconds(check, large) < 9 * seconds(check, small) + 0.03 for _ in range(4)), rule.name
