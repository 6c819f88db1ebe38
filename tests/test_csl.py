"""Entries → CSL-JSON, as reference managers take it."""

from __future__ import annotations

import json

from papernotes.bibtex import read_bibliography
from papernotes.csl import csl, csl_json
from papernotes.references import plain_title
from papernotes.text import Source


def read(text: str) -> list[dict[str, object]]:
    return [csl(entry) for entry in read_bibliography(Source("papers.bib", text)).entries]


def test_a_paper_of_a_conference() -> None:
    (item,) = read(
        "@inproceedings{a, author={Ada, Byron and {The Team} and others}, title={T}, booktitle={Proc}, year={2024},"
        " month=may, pages={1--9}, doi={10.1/x}, eprint={2401.00001}, archiveprefix={arXiv}}"
    )
    assert item["type"] == "paper-conference"
    assert item["author"] == [{"family": "Ada", "given": "Byron"}, {"literal": "The Team"}]
    assert item["container-title"] == "Proc"
    assert item["page"] == "1–9"
    assert item["DOI"] == "10.1/x"
    assert item["issued"] == {"date-parts": [[2024, 1]]}
    assert item["archive_location"] == "arXiv:2401.00001"


def test_a_preprint_that_was_published_in_a_later_year_has_no_month() -> None:
    (item,) = read("@article{a, author={Ada, B}, title={T}, journal={J}, year={2025}, eprint={2401.00001}}")
    assert item["issued"] == {"date-parts": [[2025]]}
    assert item["type"] == "article-journal"


def test_a_preprint_is_an_article_of_arxiv() -> None:
    (item,) = read("@misc{a, author={Ada, B}, title={T}, year={2024}, eprint={2401.00001}, archiveprefix={arXiv}}")
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2401.00001")


def test_several_entries_are_one_document_with_dates_on_a_line() -> None:
    entries = read_bibliography(Source("papers.bib", "@misc{a, title={T}, year={2024}}\n@misc{b, title={U}}")).entries
    text = csl_json(entries)
    assert [item["id"] for item in json.loads(text)] == ["a", "b"]
    assert '"date-parts": [[2024]]' in text


def test_a_title_with_formulas_as_text() -> None:
    text = r"@misc{a, title={From $\mathcal{O}(n^2)$ to $n \log n$: \$5}}"
    (entry,) = read_bibliography(Source("papers.bib", text)).entries
    assert plain_title(entry).startswith("From O(n2) to n log n:")
