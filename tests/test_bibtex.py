"""BibTeX text → entries and faults: what is read, what is reported and exactly where, whatever the text."""

from __future__ import annotations

import string
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papernotes.bibsyntax import blocks
from papernotes.bibtex import Bibliography, decode_latex, read_bibliography, read_names, split_names
from papernotes.text import Source

SOUND = "@article{turing1936, author={Turing, Alan M.}, title={On Computable Numbers}, journal={PLMS}, year={1936}}\n"


def read(text: str) -> Bibliography:
    return read_bibliography(Source("papers.bib", text))


def entries(text: str) -> list[str]:
    """Every entry as `type key field=value …`."""
    return [
        " ".join([entry.type, entry.citekey, *(f"{name}={value}" for name, value in entry.fields.items())])
        for entry in read(text).entries
    ]


def faults(text: str) -> list[tuple[str, str]]:
    """Every fault as its rule and the text that it points at."""
    return [(fault.rule, fault.location.text) for fault in read(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("@misc{k, title = {T}, year = 2000}", ["misc k title=T year=2000"], id="braces and a number"),
        pytest.param('@misc{k, title = "T {"} T"}', ['misc k title=T " T'], id="quotes, with a quote in braces"),
        pytest.param("@article(p, title={T (a)}, year=2000)", ["article p title=T (a) year=2000"], id="parentheses"),
        pytest.param("@ Misc { k ,Title={T} , }", ["misc k title=T"], id="space and case everywhere"),
        pytest.param(
            "@misc{k, year={{2000}}, author={{A}}}", ["misc k year=2000 author={A}"], id="two pairs of braces"
        ),
        pytest.param("@misc{k}", ["misc k"], id="a key alone"),
        pytest.param("@misc{k,,,}", ["misc k"], id="commas alone"),
        pytest.param("@misc{k, title={A {B} {C {D {E}}}}}", ["misc k title=A B C D E"], id="nested braces"),
        pytest.param("@misc{k, title={A\n  B}}", ["misc k title=A B"], id="a title in two lines"),
        pytest.param('@misc{k, title = "A" # " and " # {B}}', ["misc k title=A and B"], id="pieces"),
        pytest.param("@string{j = {Nature}} @misc{k, journal=J}", ["misc k journal=Nature"], id="a string"),
        pytest.param(
            "@string(j = {A})@string{k = j # {B}}@misc{k, note=k}", ["misc k note=AB"], id="a string of strings"
        ),
        pytest.param("@misc{k, month=jan}", ["misc k month=jan"], id="a month"),
        pytest.param("@misc{k, title={{\\'E}cole}, author={{\\'E}}}", ["misc k title=École author={\\'E}"], id="LaTeX"),
        pytest.param("@misc{k, title={$x^{2}$ and {B}}}", ["misc k title=$x^{2}$ and B"], id="a formula"),
        pytest.param("@comment{@misc{no, title={T}}} @misc{k}", ["misc k"], id="a comment block"),
        pytest.param("@comment unbalanced { brace\n@misc{k}", ["misc k"], id="a comment without braces"),
        pytest.param("% @misc{no, title={T}}\n@misc{k}", ["misc k"], id="a comment line"),
        pytest.param("mail a@b.com, or @ me\n@misc{k}", ["misc k"], id="text between entries"),
        pytest.param('@preamble{"\\newcommand{\\x}{y}"} @misc{k}', ["misc k"], id="a preamble"),
        pytest.param(
            "@misc{k,\n % title = {Old},\n title = {New}, % so\n}", ["misc k title=New"], id="comments inside"
        ),
        pytest.param("@misc{f, note={see\n@misc{no, title={T}\n}\n}, year=2000}", 1, id="an entry inside a value"),
        pytest.param("\ufeff@misc{k}", ["misc k"], id="a byte order mark"),
        pytest.param("@misc{k,\r\n title={A\r\n B},\r\n}\r\n", ["misc k title=A B"], id="Windows line ends"),
        pytest.param(
            "@misc{k, bdsk-file-1={x}, a+an:orcid={y}}", ["misc k bdsk-file-1=x a+an:orcid=y"], id="odd names"
        ),
        pytest.param("@misc{k}@misc{k}@misc{K}", ["misc k", "misc k", "misc K"], id="the same key again"),
        pytest.param("@misc{a b}@misc{O{\\x}y}@misc{1%}", ["misc a b", "misc O{\\x}y", "misc 1%"], id="odd keys"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_sound_text_is_read_without_a_fault(text: str, expected: list[str] | int) -> None:
    found = [(rule, place) for rule, place in faults(text) if rule != "concatenated-value"]
    assert found == []
    assert (entries(text) if isinstance(expected, list) else len(entries(text))) == expected


@pytest.mark.parametrize(
    ("text", "rule", "place", "kept"),
    [
        pytest.param('@misc{a, title="open, year=2000}', "broken-bib-block", '"open, year=2000}', ["misc a year=2000"]),
        pytest.param("@misc{a, title={T} year=2}", "broken-bib-block", "year=2}", ["misc a title=T year=2"]),
        pytest.param("@misc{a, title {T}, year=2}", "broken-bib-block", "title {T}, year=2}", ["misc a year=2"]),
        pytest.param("@misc{a, edition=, year=2}", "broken-bib-block", ", year=2}", ["misc a year=2"]),
        pytest.param("@misc{title={T}, year=2}", "broken-bib-block", "@misc{title={T}, year=2}", []),
        pytest.param("@misc{,title={T}}", "broken-bib-block", "@misc{,title={T}}", []),
        pytest.param("@misc{a, title={T}}, year={2}}", "broken-bib-block", ", year={2}}", ["misc a title=T"]),
        pytest.param("@misc{a, title={T},\n@", "broken-bib-block", "@misc{a, title={T},", []),
        pytest.param("@misc{", "broken-bib-block", "@misc{", []),
        pytest.param("@misc(a, title={T}", "broken-bib-block", "@misc(a, title={T}", []),
        pytest.param("{}}{ junk", "broken-bib-block", "{}}{ junk", []),
        pytest.param("@misc{a, b={{T}, c=2}\n", "broken-bib-block", "@misc{a, b={{T}, c=2}", []),
        pytest.param("@misc{a, title={A}, Title={B}}", "repeated-bib-field", "Title", ["misc a title=A"]),
        pytest.param("@misc{a, journal=nature}", "undefined-string", "nature", ["misc a journal=nature"]),
        pytest.param("@misc{a, note={x} # nature # {y}}", "undefined-string", "nature", ["misc a note=xnaturey"]),
        pytest.param("@string{a = b}@string{b = a}", "undefined-string", "b", []),
        pytest.param('@misc{a, note = "x" # {y}}', "concatenated-value", '"x" # {y}', ["misc a note=xy"]),
    ],
)
def test_a_fault_is_reported_where_it_is_and_the_rest_is_read(
    text: str, rule: str, place: str, kept: list[str]
) -> None:
    assert (rule, place) in faults(text)
    assert entries(text) == kept


@pytest.mark.parametrize(
    "broken",
    [
        '@article{a1, title="never closed, year=2000}',
        "@article{a1, title={T} year={2000}}",
        "@article{a1, title {T}, year={2000}}",
        "@article{title={T}, year={2000}}\n@misc{,title={Empty 1}}\n@misc{,title={Empty 2}}",
        "@article{a1, title={T}}, year={2000}}\n}}}",
        '@article{a1, journal=nosuchmacro, month=jan # "~1"}',
        "@article{a1, title={T},\n@article{a2, title={U},",
    ],
)
def test_sound_entries_round_a_broken_one_are_kept(broken: str) -> None:
    text = SOUND + broken + "\n\n" + SOUND.replace("turing1936", "shannon1948")
    keys = [entry.citekey for entry in read(text).entries]
    assert keys[0] == "turing1936"
    assert keys[-1] == "shannon1948"
    assert read(text).faults


def test_a_repeated_field_shows_where_the_first_is() -> None:
    [fault] = read("@misc{a, title={A}, TITLE={B}}").faults
    assert [place.text for place in fault.related] == ["title"]


def test_what_has_no_braces_and_can_be_no_string_gets_them_by_the_fix() -> None:
    [fault] = read("@misc{a, pages = 12--34}").faults
    assert fault.fix is not None
    assert fault.fix.safe
    assert [change.edit.replacement for change in fault.fix.edits] == ["{12--34}"]
    [fault] = read("@misc{a, journal = nature}").faults
    assert fault.fix is None


@pytest.mark.parametrize("levels", [6, 30])
def test_strings_cannot_grow_without_bound(levels: int) -> None:
    lines = [
        "@string{b0 = {lol}}",
        *(f"@string{{b{i} = {' # '.join([f'b{i - 1}'] * 8)}}}" for i in range(1, levels + 1)),
    ]
    bomb = read("\n".join([*lines, f"@misc{{a, note = b{levels}}}"]))
    assert [len(entry.fields["note"]) for entry in bomb.entries] == [0]
    assert any("too much text" in fault.message for fault in bomb.faults)


def test_many_strings_together_cannot_grow_without_bound() -> None:
    text = f"@string{{s = {{{'x' * 10_000}}}}}\n" + "".join(f"@misc{{k{i}, note = s # s}}\n" for i in range(3_000))
    assert sum(len(entry.fields["note"]) for entry in read(text).entries) <= 20_000_000


# --- places


def test_every_place_is_exact() -> None:
    text = (
        '@misc{k, title = {  A {B} C },\n year=2000, note="x", month = jun, cites={a, b,\n c}, key = {A} # {B}, '
        "doi={{ 10.1000/x }}}"
    )
    [entry] = read(text).entries
    assert entry.location.text == "k"
    assert text[entry.span.start : entry.span.end] == text
    assert entry.field("title").text == "{  A {B} C }"
    assert entry.part("title", 2, 5).text == "{B}"
    assert entry.part("year", 0, 4).text == "2000"
    assert entry.part("note", 0, 1).text == "x"
    assert entry.part("month", 0, 3).text == "jun"
    assert entry.part("key", 0, 1).text == "{A} # {B}", "the whole value where it is put together"
    assert entry.part("nosuchfield", 0, 1) == entry.location
    assert entry.part("doi", 3, 7).text == "1000"
    assert [(key, place.text) for key, place in entry.cited()] == [("a", "a"), ("b", "b"), ("c", "c")]


def test_cites_are_absent_empty_or_a_list_without_repetition() -> None:
    absent, empty, some = read("@misc{a}@misc{b, cites={}}@misc{c, cites={ a,b;a {c}\n}}").entries
    assert (absent.cites, empty.cites, some.cites) == (None, (), ("a", "b", "c"))


# --- names and LaTeX


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vaswani, Ashish and Noam Shazeer", ["Ashish|Vaswani", "Noam|Shazeer"]),
        ("Ludwig van Beethoven", ["Ludwig|van Beethoven"]),
        ("King, Jr., Martin Luther", ["Martin Luther|King Jr."]),
        ("{Google Research and Friends} and others", ["|Google Research and Friends", "|others"]),
        ("J{\\'e}gou, Herv{\\'e}", ["Hervé|Jégou"]),
        ("A AND B\n  and\tC", ["|A", "|B", "|C"]),
        ("Andy Anderson and Sandy", ["Andy|Anderson", "|Sandy"]),
        ("", []),
    ],
)
def test_names_are_read(text: str, expected: list[str]) -> None:
    assert [f"{person.given}|{person.family}" for person in read_names(text)] == expected


@given(st.text("and ANDx,{}\\\n"))
def test_names_lie_one_after_another_and_lose_no_letter(text: str) -> None:
    spans = list(split_names(text))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert sum(text[slice(*span)].count("x") for span in spans) == text.count("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{BERT}: {\\"U}ber', "BERT: Über"),
        ("100\\% of~it", "100% of it"),
        ("$x_{1}$ in {B}", "$x_{1}$ in B"),
        ("{\\o}re \\& {\\ss}", "øre & ß"),
        ("un{balanced \\'e", "unbalanced é"),
        ("for ``Mind'' and {``}it{''}", "for “Mind” and “it”"),
    ],
)
def test_latex_becomes_text(text: str, expected: str) -> None:
    assert decode_latex(text) == expected


def test_what_the_decoder_thinks_of_it_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    decode_latex("a command without its argument: \\url")
    assert caplog.records == []


# --- whatever the text

TOKENS = ["@misc", "@string", "@comment", "@article", "{", "}", "(", ")", '"', ",", "=", "#", "%", "\n", " ", "@", "\\"]
WORDS = [
    "key",
    "title",
    "author",
    "cites",
    "month",
    "jan",
    "2000",
    "and",
    "others",
    "et al.",
    "é",
    "注",
    "\x00",
    "\ufeff",
]
TEXTS = st.lists(st.sampled_from(TOKENS + WORDS), max_size=60).map("".join) | st.text(max_size=200)


@settings(max_examples=400)
@given(TEXTS)
@example("@misc{k,a=}}{")
@example('@misc{k, a = "{, b = "{, }}}')
@example("@a{)@a{)@a({)@a({)")
def test_any_text_gives_entries_or_faults(text: str) -> None:
    found = read(text)
    for entry in found.entries:
        assert entry.location.text == entry.citekey
        assert text[entry.span.start] == "@"
        assert set(entry.field_spans) == set(entry.fields) == set(entry.written)
        for name in entry.fields:
            assert entry.span.start < entry.field(name).span.start <= entry.field(name).span.end <= entry.span.end
        for key, place in entry.cited():
            assert key in place.text
    for fault in found.faults:
        assert 0 <= fault.location.span.start <= fault.location.span.end <= len(text)
    assert all(max(one.end, one.content) <= other.start for one, other in pairwise(blocks(text)))


KEYS = st.text(string.ascii_letters + string.digits + ":_-./+", min_size=1, max_size=12)
NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=8).map("x{}".format)
PLAIN = st.text(string.ascii_letters + " .,:;!?@()%#=é注\n", max_size=30)
VALUES = st.recursive(PLAIN, lambda inner: st.tuples(PLAIN, inner, PLAIN).map(lambda t: f"x{t[0]}{{{t[1]}}}{t[2]}"))
RECORDS = st.lists(st.tuples(KEYS, st.dictionaries(NAMES, VALUES, max_size=4)), max_size=4)
BETWEEN = st.sampled_from(["\n", "\n\n", "\n% a note\n", "\n@comment{a {note}}\n", "\nplain words\n"])


@given(RECORDS, BETWEEN, st.sampled_from(["{}", "()"]), st.booleans())
def test_what_is_written_in_balanced_braces_is_read_back(
    records: list[tuple[str, dict[str, str]]], between: str, marks: str, trailing: bool
) -> None:
    written = [
        f"@misc{marks[0]}{key},"
        + ",".join(f" {name} = {{{value}}}" for name, value in fields.items())
        + ("," if trailing else "")
        + marks[1]
        for key, fields in records
    ]
    found = read(between.join(written))
    assert found.faults == ()
    assert [(entry.citekey, dict(entry.written)) for entry in found.entries] == [
        (key, {name: value.strip() for name, value in fields.items()}) for key, fields in records
    ]


# --- linear time

HOSTILE: dict[str, Callable[[int], str]] = {
    "nothing is closed": lambda n: "@misc{k, a={b\n\n" * n,
    "starts after parentheses": lambda n: "@a{)" * n,
    "starts in parentheses": lambda n: "@a({)" * n,
    "starts in one line": lambda n: "@a{" * n,
    "signs": lambda n: "@" * n * 20,
    "quotes that braces keep open": lambda n: "@misc{k," + 'a = "{, ' * n + "}" * n + "}",
    "quotes": lambda n: "@misc{k," + 'a="' * n + "}",
    "deep braces": lambda n: "@misc{k, author={" + "{" * n * 5 + "}" * n * 5 + "}}",
    "flat braces": lambda n: "@misc{k, title={" + "x{y} " * n + "}}",
    "fields": lambda n: "@misc{k," + "a={b}," * n + "}",
    "values that are missing": lambda n: "@misc{k," + "a=," * n + "}",
    "names that are missing": lambda n: "@misc{k," + "={b}," * n + "}",
    "comments": lambda n: "@misc{k," + "a={b}, %x\n" * n + "}",
    "pieces": lambda n: "@misc{k, a=" + "{x}#" * n + "{x}}",
    "spaces in a name": lambda n: "@misc{k, author={A" + " " * n * 20 + "B}}",
    "names": lambda n: "@misc{k, author={" + "A, B and " * n + "C}}",
    "ands": lambda n: "@misc{k, author={" + " and" * n + "}}",
    "accents": lambda n: "@misc{k, author={" + " and ".join(f"{{\\'e}}x{i}" for i in range(n // 5)) + "}}",
    "strays": lambda n: "@misc{k}}\n" * n,
    "a long key": lambda n: "@misc{" + "k" * n + "," + "a={b}," * n + "}",
    "cites": lambda n: "@misc{k, cites={" + "a," * n + "}}",
    "empty lines": lambda n: "\n" * n * 20 + " " * n * 20,
}


def seconds(source: Source) -> float:
    """Processor time to read it and to find its places, as rules do: other programs must not count."""
    start = time.process_time()
    for entry in read_bibliography(source).entries:
        list(entry.field_spans.values())
        list(entry.cited())
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_linear_time(name: str) -> None:
    """Four times the text takes about four times as long; quadratic work would take sixteen times."""
    small, large = (Source("papers.bib", HOSTILE[name](n)) for n in (2_000, 8_000))
    assert any(seconds(large) < 9 * seconds(small) + 0.03 for _ in range(4))
