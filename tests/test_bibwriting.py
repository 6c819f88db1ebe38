"""BibTeX that we write: it reads back as what it was made from, and stands where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papernotes.bibtex import read_bibliography
from papernotes.bibwriting import Addition, escape_latex, insert_entries, render_entry
from papernotes.entries import Entry, Person
from papernotes.record import clean_text, person
from papernotes.text import Source

HOSTILE = st.sampled_from([*"aAbB \\{}$&%#_^~-`'\"@,=<>!?()[]:\n", "\\input{x}", "}}\n@misc{evil,", " and ", "$x^2$"])
TEXTS = st.lists(st.one_of(HOSTILE, st.characters())).map(lambda parts: clean_text("".join(parts)))
PEOPLE = st.lists(st.builds(person, TEXTS, TEXTS)).map(lambda found: [who for who in found if who])


def read(text: str) -> Entry:
    found = read_bibliography(Source("papers.bib", text))
    assert found.faults == ()
    (entry,) = found.entries
    return entry


@given(TEXTS, TEXTS, PEOPLE)
def test_what_is_written_reads_back(title: str, venue: str, authors: list[Person]) -> None:
    fields = {"title": title, "booktitle": venue, "note": venue}
    entry = read(render_entry("k2020x", "misc", fields, authors=authors))
    assert {name: entry.fields.get(name, "") for name in fields} == fields
    assert list(entry.authors) == authors


@given(TEXTS)
def test_no_value_ends_its_entry(text: str) -> None:
    """Fields that are not LaTeX keep their text as far as braces allow."""
    entry = read(render_entry("k2020x", "misc", {"primaryclass": text, "url": text, "pages": text, "title": "t"}))
    assert set(entry.fields) <= {"primaryclass", "url", "pages", "title"}
    assert entry.title == "t"


def test_the_style_is_that_of_papers_bib() -> None:
    text = render_entry(
        "rafailov2023dpo",
        "misc",
        {
            "eprint": "2305.18290",
            "month": "May",
            "title": "DPO of LLaMA-2 & friends",
            "year": "2023",
            "pages": "12-34",
            "zzz": "last but one",
        },
        authors=[Person("Rafailov", "Rafael"), Person("OpenAI"), Person("others")],
        cites=["schulman2017ppo", "bai2022hh"],
    )
    assert text == (
        "@misc{rafailov2023dpo,\n"
        "  author = {Rafailov, Rafael and {OpenAI} and others},\n"
        "  title = {{DPO} of {LLaMA-2} \\& friends},\n"
        "  year = {2023},\n"
        "  month = may,\n"
        "  pages = {12--34},\n"
        "  eprint = {2305.18290},\n"
        "  zzz = {last but one},\n"
        "  cites = {bai2022hh, schulman2017ppo}\n"
        "}"
    )


@pytest.mark.parametrize(
    ("plain", "latex"),
    [
        ("Fine-Tuning with 16x16 words", "Fine-Tuning with 16x16 words"),
        ("GPT-4's 12B", "{GPT-4}'s {12B}"),
        ("O($n^2$) costs $5", "O($n^2$) costs \\$5"),
        ("a -- b", "a -{}- b"),
        ("{x} \\y", "\\lbrace{}x\\rbrace{} \\textbackslash{}y"),
    ],
)
def test_titles_as_latex(plain: str, latex: str) -> None:
    assert escape_latex(plain, protect=True) == latex


SORTED = "% head\n\n@misc{b1, title={B}}\n\n% about d\n@misc{d1, title={D}}\n"
UNSORTED = "@misc{d1, title={D}}\n@misc{b1, title={B}}\n% tail"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("", ["a"], "@a\n"),
        (SORTED, ["c"], "% head\n\n@misc{b1, title={B}}\n\n@c\n\n% about d\n@misc{d1, title={D}}\n"),
        (SORTED, ["a"], "% head\n\n@a\n\n@misc{b1, title={B}}\n\n% about d\n@misc{d1, title={D}}\n"),
        (SORTED, ["f", "E"], SORTED + "\n@E\n\n@f\n"),
        (UNSORTED, ["c"], UNSORTED + "\n\n@c\n"),
        (SORTED.replace("\n", "\r\n"), ["z"], SORTED.replace("\n", "\r\n") + "\r\n@z\r\n"),
    ],
)
def test_an_entry_goes_where_it_belongs(before: str, keys: list[str], after: str) -> None:
    entries = read_bibliography(Source("papers.bib", before)).entries
    assert insert_entries(before, entries, [Addition(key, f"@{key}") for key in keys]) == after
