"""What people paste → what it identifies → what the services say of it, their errors and moods included."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from papernotes.entries import Person
from papernotes.fetching import Client, FetchError
from papernotes.identifiers import Identifier, Scheme, parse_identifier
from papernotes.lookup import look_up, search
from papernotes.metadata.atom import parse_feed, parse_xml
from papernotes.metadata.tree import Tree, UnreadableError, parse_json
from papernotes.record import clean_text
from replay_server import REPLIES, Reply, Services, replayed, serving

DPO = Identifier(Scheme.ARXIV, "2305.18290")
ALPHAFOLD = Identifier(Scheme.DOI, "10.1038/s41586-021-03819-2")
TORTURE = {
    "laughs": '<!DOCTYPE f [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><feed>&b;</feed>',
    "file": '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/hostname">]><feed>&x;</feed>',
}


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with serving() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


class Patient:
    """A client that writes down what it says and how long it would sleep."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.slept: list[float] = []
        self.client = Client(self.said.append, self.slept.append)


@pytest.mark.parametrize(
    ("pasted", "scheme", "value"),
    [
        ("2305.18290", Scheme.ARXIV, "2305.18290"),
        ("arXiv: 2305.18290v2", Scheme.ARXIV, "2305.18290"),
        ("cs/0309041", Scheme.ARXIV, "cs/0309041"),
        ("https://arxiv.org/pdf/2305.18290v3.pdf", Scheme.ARXIV, "2305.18290"),
        ("<http://export.arxiv.org/abs/cs.CL/0309041>", Scheme.ARXIV, "cs/0309041"),
        ("https://huggingface.co/papers/2305.18290", Scheme.ARXIV, "2305.18290"),
        ("arxiv.org/abs/2305.18290", Scheme.ARXIV, "2305.18290"),
        ("https://doi.org/10.48550/arXiv.2305.18290", Scheme.ARXIV, "2305.18290"),
        ("doi:10.1038/S41586-021-03819-2.", Scheme.DOI, "10.1038/s41586-021-03819-2"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", Scheme.DOI, "10.1145/3292500.3330701"),
        ("https://www.nature.com/articles/s41586-021-03819-2", Scheme.DOI, "10.1038/s41586-021-03819-2"),
        ("https://aclanthology.org/2020.acl-main.703.pdf", Scheme.DOI, "10.18653/v1/2020.acl-main.703"),
        (
            "https://www.biorxiv.org/content/10.1101/2021.10.04.463034v2.full.pdf",
            Scheme.DOI,
            "10.1101/2021.10.04.463034",
        ),
        ("10.1016/s0893-6080(05)80023-1", Scheme.DOI, "10.1016/s0893-6080(05)80023-1"),
        ("https://openreview.net/forum?id=abc&utm_source=x#note", Scheme.URL, "https://openreview.net/forum?id=abc"),
        ("attention is  all you need", Scheme.WORDS, "attention is all you need"),
        ("2305.99", Scheme.WORDS, "2305.99"),
        ("2399.18290", Scheme.WORDS, "2399.18290"),
        ("https://[::1", Scheme.WORDS, "https://[::1"),
    ],
)
def test_what_is_pasted(pasted: str, scheme: Scheme, value: str) -> None:
    assert parse_identifier(pasted) == Identifier(scheme, value)


def test_a_preprint(services: Services) -> None:
    finding = look_up(Patient().client, DPO)
    record = finding.record
    assert record.type == "misc"
    assert record.fields == {
        "title": "Direct Preference Optimization: Your Language Model is Secretly a Reward Model",
        "year": "2023",
        "month": "may",
        "eprint": "2305.18290",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.LG",
    }
    assert record.authors[0] == Person("Rafailov", "Rafael")
    assert len(record.authors) == 6
    assert Identifier(Scheme.ARXIV, "2203.02155") in finding.references
    assert "Attention Is All You Need" in finding.titles
    assert finding.hints == (
        "arXiv says: NeurIPS 2023",
        "Semantic Scholar says that it appeared at: Neural Information Processing Systems",
    )


def test_a_published_preprint_has_the_venue_of_one_and_the_number_of_the_other(services: Services) -> None:
    record = look_up(Patient().client, Identifier(Scheme.ARXIV, "2012.13255")).record
    assert record.type == "inproceedings"
    assert (record.fields["year"], record.fields["pages"]) == ("2021", "7319-7328")
    assert (record.fields["eprint"], record.fields["primaryclass"]) == ("2012.13255", "cs.LG")
    assert "month" not in record.fields


def test_an_article_by_its_doi(services: Services) -> None:
    finding = look_up(Patient().client, ALPHAFOLD)
    record = finding.record
    assert record.type == "article"
    assert record.title == "Highly accurate protein structure prediction with AlphaFold"
    assert [record.fields[name] for name in ("journal", "volume", "number", "year")] == [
        "Nature",
        "596",
        "7873",
        "2021",
    ]
    assert record.authors[1:] == (Person("Žídek", "Augustin"), Person("The AlphaFold Consortium"))
    assert finding.references == (Identifier(Scheme.DOI, "10.1038/s41586-019-1923-7"),)


def test_software_by_its_doi(services: Services) -> None:
    finding = look_up(Patient().client, Identifier(Scheme.DOI, "10.5281/zenodo.5297715"))
    assert finding.record.type == "software"
    assert finding.record.fields["publisher"] == "Zenodo"
    assert finding.record.authors == (Person("Black", "Sid"), Person("EleutherAI"))
    assert finding.references == (Identifier(Scheme.ARXIV, "2101.00027"),)


def test_pages_tell_what_they_show(services: Services) -> None:
    paper = look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/pages/scholarly")).record
    assert paper.type == "inproceedings"
    assert paper.authors == (Person("Lovelace", "Ada"), Person("Turing", "Alan M."))
    assert paper.fields["pdf"] == "https://openreview.net/pdf?id=abc"
    post = look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/pages/blog")).record
    assert (post.type, post.authors, post.fields["month"]) == ("online", (Person("kipply's blog"),), "mar")
    known = look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/pages/with-doi")).record
    assert known.fields["journal"] == "Nature"


def test_a_search_asks_a_second_service_if_the_first_is_down(services: Services) -> None:
    assert [record.fields.get("eprint") for record in search(Patient().client, "dpo")] == ["2305.18290", None]
    services.answer("/scholar", Reply(status=500))
    (record,) = search(Patient().client, "alphafold")
    assert record.fields["pages"] == "583-589"


def test_references_come_from_openalex_if_semantic_scholar_is_down(services: Services) -> None:
    services.answer("/scholar", Reply(status=429))
    finding = look_up(Patient().client, DPO)
    assert finding.references == (Identifier(Scheme.ARXIV, "2203.02155"), Identifier(Scheme.ARXIV, "1707.06347"))
    assert any("filter=openalex:W4226278401|W2736601468" in asked for asked in services.asked)


@pytest.mark.parametrize(
    "trouble",
    [
        replayed("arxiv-cut-off.xml"),
        Reply(status=500),
        Reply(status=429),
        Reply(wait=1),
        Reply(b"x" * 100, drip=0.1),
        Reply(),
    ],
    ids=["cut off", "500", "429", "slow", "drip", "empty"],
)
def test_datacite_knows_what_arxiv_does_not_tell(
    services: Services, trouble: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.answer("/arxiv", trouble)
    monkeypatch.setenv("PAPERNOTES_TIMEOUT", "0.4")
    finding = look_up(Patient().client, DPO)
    assert finding.record.authors[0] == Person("Rafailov", "Rafael")
    assert finding.record.fields["month"] == "may"
    assert finding.hints[0].endswith("the record is DataCite's")


def test_a_pause_that_a_service_asks_for_is_kept(services: Services) -> None:
    good = replayed("arxiv-2305.18290.xml")
    soon = formatdate(time.time() + 1.5, usegmt=True)
    services.answer("/arxiv", Reply(status=429, headers={"Retry-After": "1"}), Reply(status=503), good)
    patient = Patient()
    look_up(patient.client, DPO)
    assert patient.slept == [1.0, pytest.approx(0.2)]
    assert patient.said[0] == "arXiv is busy (HTTP 429): trying again in 1.0 s"
    services.seen.clear()
    services.answer("/arxiv", Reply(status=429, headers={"Retry-After": soon}), good)
    patient = Patient()
    look_up(patient.client, DPO)
    assert 0 < patient.slept[0] <= 1.5


def test_a_pause_of_a_day_is_not_slept_through(services: Services) -> None:
    services.answer("/arxiv", Reply(status=429, headers={"Retry-After": "86400"}))
    services.answer("/datacite", Reply(status=404))
    patient = Patient()
    with pytest.raises(FetchError, match=r"arXiv is busy \(HTTP 429\) and asks for a pause of 86400 s"):
        look_up(patient.client, DPO)
    assert patient.slept == []


def test_requests_to_the_services_themselves_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papernotes.fetching._get", lambda *_: (404, None, None))
    patient = Patient()
    from papernotes.fetching import ARXIV

    for _ in range(3):
        patient.client.ask(ARXIV, "query")
    assert [round(pause) for pause in patient.slept] == [3, 6]


def test_what_no_service_knows(services: Services) -> None:
    services.answer("/arxiv/query?id_list=2305.1829", replayed("arxiv-error.xml"))
    with pytest.raises(FetchError, match=r"no paper 2305\.1829$"):
        look_up(Patient().client, Identifier(Scheme.ARXIV, "2305.1829"))
    with pytest.raises(FetchError, match=r"no paper 2305\.00001$"):
        look_up(Patient().client, Identifier(Scheme.ARXIV, "2305.00001"))
    with pytest.raises(FetchError, match=r"neither Crossref nor DataCite has the DOI 10\.1000"):
        look_up(Patient().client, Identifier(Scheme.DOI, "10.1000/none"))
    with pytest.raises(FetchError, match="there is no page at"):
        look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/nowhere"))


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Bad gateway</html>", b'{"message": ', b"[" * 100_000, b'{"message": NaN}', b"\xff\xfe", b"[]", b"3"],
)
def test_answers_that_are_none(services: Services, body: bytes) -> None:
    for place in ("/crossref", "/datacite", "/openalex", "/scholar"):
        services.answer(place, Reply(body))
    with pytest.raises(FetchError, match="Crossref"):
        look_up(Patient().client, ALPHAFOLD)


def test_an_answer_without_end_is_cut_off(services: Services) -> None:
    services.answer("/pages", Reply(b"x" * 9_000_000))
    with pytest.raises(FetchError, match="more than 8 MB"):
        look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/pages/x"))


def test_offline_is_said_in_clear_words(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        for name in services.environment:
            if name.endswith("_URL"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(FetchError, match="arXiv cannot be reached: there seems to be no network"):
            look_up(Patient().client, DPO)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "//[::1", "http://127.0.0.1:1/", "/pages/again"])
def test_redirects_lead_nowhere_bad(services: Services, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    services.answer("/pages", Reply(status=302, headers={"Location": target}))
    # As if the page were on the web: what it leads to is then somebody else's network.
    monkeypatch.setattr("papernotes.fetching._is_inward", lambda address: ":1/" in address)
    with pytest.raises(FetchError, match=r"redirects|address that is none"):
        look_up(Patient().client, Identifier(Scheme.URL, f"{services.address}/pages/x"))
    assert len(services.asked) <= 6


def test_keys_and_addresses_are_sent_where_the_services_want_them(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"S2_API_KEY": "s2", "OPENALEX_API_KEY": "oa", "PAPERNOTES_MAILTO": "a@b.example"}.items():
        monkeypatch.setenv(name, value)
    services.answer("/scholar/paper/arXiv", Reply(status=404))
    look_up(Patient().client, DPO)
    assert any(headers.get("x-api-key") == "s2" for headers in services.headers)
    openalex = [asked for asked in services.asked if asked.startswith("/openalex")]
    assert all("api_key=oa" in asked and "mailto=a@b.example" in asked for asked in openalex)
    assert openalex
    assert not any("api_key" in asked or "mailto" in asked for asked in services.asked if asked.startswith("/arxiv"))


@pytest.mark.parametrize("name", TORTURE)
def test_entities_are_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match="document type or entities"):
        parse_xml(TORTURE[name])


def test_hostile_metadata_is_text() -> None:
    (record,) = parse_feed((REPLIES / "arxiv-hostile.xml").read_bytes())
    assert "\n" not in record.title
    assert "\u202e" not in record.title
    assert "doi" not in record.fields
    assert ("doi", "javascript:alert(1)") in record.left
    assert record.fields["primaryclass"] == "cs.LG}, note={evil"
    assert record.authors == (Person("A: B & - C", "D"),)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("R&amp;D of <i>E.&nbsp;coli</i>", "R&D of E. coli"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math> < y", "x < y"),
        ("a\x00b\u202ec\u200bd\r\ne", "a bcd e"),
        ("e\u0301", "é"),
    ],
)
def test_text_of_others_is_plain(written: str, clean: str) -> None:
    assert clean_text(written) == clean


def test_json_is_walked_without_care() -> None:
    tree = parse_json('{"a": [{"b": 5}], "c": null}')
    assert tree["a"][0]["b"].text == "5"
    assert tree["a"][7]["x"]["y"].text == ""
    assert [item.text for item in tree["c"]] == []
    assert Tree({"n": " 12 "})["n"].number == 12


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "requests", None)
    with pytest.raises(FetchError, match=r"pip install 'papernotes\[fetch\]'"):
        look_up(Patient().client, DPO)
