"""Identifiers as people write them: which are sound, what is wrong with the others, what they should read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papernotes.identifier_forms import arxiv_fault, bare_arxiv, doi_fault, isbn_fault, orcid_fault


@pytest.mark.parametrize(
    "text",
    [
        "2305.18290",
        "2305.18290v2",
        "0704.0001",
        "1412.6980",
        "1501.00001",
        "cs/0309041",
        "math.GT/0309136",
        "hep-th/9901001v3",
    ],
)
def test_every_form_of_arxiv_id_is_sound(text: str) -> None:
    assert arxiv_fault(text) is None
    assert bare_arxiv(text) == text.replace(".GT", "").split("v")[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2313.18290", "there is no month 13"),
        ("0703.0001", "begin in April 2007"),
        ("9905.0001", "begin in April 2007"),
        ("1412.06980", "has 4 digits"),
        ("1501.0001", "has 5 digits"),
        ("cs/0704001", "end in March 2007"),
        ("cs/0313001", "there is no month 13"),
        ("ai/0309041", "there was no archive 'ai'"),
        ("2305.18290v0", "should look like"),
        ("", "should look like"),
        ("../../etc", "should look like"),
    ],
)
def test_what_is_no_arxiv_id(text: str, message: str) -> None:
    fault = arxiv_fault(text)
    assert fault is not None
    assert message in fault.message
    assert fault.repaired == bare_arxiv(text) == ""


@pytest.mark.parametrize(
    "text", ["arXiv:2305.18290", "https://arxiv.org/abs/2305.18290", "http://www.arxiv.org/pdf/2305.18290.pdf"]
)
def test_the_id_is_found_in_what_stands_round_it(text: str) -> None:
    fault = arxiv_fault(text)
    assert fault is not None
    assert fault.repaired == bare_arxiv(text) == "2305.18290"


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("10.1038/nature14539", None),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", None),
        ("10.1000.10/注-意", None),
        ("10.1007/a\\_b", "10.1007/a_b"),
        ("10.1007/a.", "10.1007/a"),
        ("10.1007/a&lt;b", "10.1007/a<b"),
        ("10.1007/a b", ""),
        ('10.1007/"><script>', ""),
        ("10.1/a", ""),
        ("10.1007", ""),
        ("10.1007/", ""),
        ("10.1007/&amp;amp;", ""),
        ("to appear", ""),
    ],
)
def test_dois(text: str, repaired: str | None) -> None:
    fault = doi_fault(text)
    assert (fault.repaired if fault else None) == repaired


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("978-0-262-03561-3", True),
        ("9780262035613", True),
        ("0-8044-2957-X", True),
        ("979-10-90636-07-1", True),
        ("978-0-262-03561-4", False),
        ("0-8044-2957-1", False),
        ("030640615", False),
        ("4006381333931", False),
        ("hardcover", False),
        ("", False),
    ],
)
def test_isbns(text: str, sound: bool) -> None:
    assert (isbn_fault(text) is None) == sound


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("0000-0002-1825-0097", None),
        ("0000-0002-1694-233X", None),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1825", ""),
        ("", ""),
    ],
)
def test_orcids(text: str, repaired: str | None) -> None:
    fault = orcid_fault(text)
    assert (fault.repaired if fault else None) == repaired


@given(st.text(max_size=30) | st.text("0123456789Xx.-/arXiv:vcs", max_size=30))
def test_any_text_is_judged_and_a_repair_is_sound(text: str) -> None:
    for judge in (arxiv_fault, doi_fault, isbn_fault, orcid_fault):
        fault = judge(text)
        if fault and fault.repaired:
            assert judge(fault.repaired) is None
