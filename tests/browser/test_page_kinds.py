"""The pages that list and compare, each reached from a note that it concerns; feeds, the site map, wrong addresses."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect
from serving import BASE, Site, serving

from conftest import PageFactory

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def column(table: Locator, name: str) -> list[str]:
    """What stands in a column of a table, from top to bottom."""
    heads = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    number = next(i for i, head in enumerate(heads) if head.startswith(name))
    return [text.strip() for text in table.locator(f"tbody td:nth-child({number + 1})").all_inner_texts()]


class TestComparison:
    @pytest.fixture
    def compare(self, page: Page, site: Site) -> Page:
        page.goto(site.url("llama-1-2-3/"))
        page.locator("article a", has_text="Compare with other models").click()
        page.wait_for_url(site.url("compare/"))
        expect(page.locator(".pn-sort").first).to_be_visible()
        return page

    def test_models_are_sorted_by_any_column_and_nothing_comes_last(self, compare: Page) -> None:
        table = compare.locator(".pn-sortable table").first
        head = table.locator("th", has_text="Parameters")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        sizes = column(table, "Parameters")
        assert sizes[0] == "562B"
        known = [size for size in sizes if size]
        assert sizes[: len(known)] == known
        head.get_by_role("button").press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert column(table, "Parameters")[0].endswith("M")

    def test_a_model_leads_to_its_note_and_says_how_far_it_is_from_chinchilla(self, compare: Page, site: Site) -> None:
        row = compare.locator(".pn-sortable tr", has=compare.get_by_role("link", name="Chinchilla", exact=True)).first
        assert row.locator("td").all_inner_texts()[2:6] == ["70B", "", "1.4T", "20"]
        row.get_by_role("link").click()
        compare.wait_for_url(site.url("chinchilla-law/"))

    def test_the_plot_has_the_line_of_twenty_tokens_and_its_points_lead_to_notes(
        self, compare: Page, site: Site
    ) -> None:
        plot = compare.locator(".pn-scatter svg")
        expect(plot).to_contain_text("20 tokens per parameter")
        line = plot.locator(".pn-scatter__ratio")
        # To the right and up, on two logarithmic axes, by the same number of decades.
        start, end = line.evaluate(
            "line => { const length = line.getTotalLength();"
            " return [0, length].map(at => { const p = line.getPointAtLength(at); return [p.x, p.y]; }); }"
        )
        assert end[0] > start[0]
        assert end[1] < start[1]
        assert plot.locator("a").count() > 10
        plot.locator("a", has_text="Llama 3.1 405B").focus()
        compare.keyboard.press("Enter")
        compare.wait_for_url(site.url("llama-1-2-3/"))

    def test_every_benchmark_has_a_leaderboard_whose_numbers_lead_to_notes(self, compare: Page, site: Site) -> None:
        board = compare.locator("h3#mmlu + .pn-sortable")
        values = [float(value.removesuffix("%").strip()) for value in column(board.locator("table"), "Value")]
        assert values == sorted(values, reverse=True)
        row = board.locator("tr", has_text="LLaMA-65B").first
        expect(row).to_contain_text("63.4")
        expect(row).to_contain_text("Table 9")
        row.get_by_role("link").click()
        compare.wait_for_url(site.url("llama-1-2-3/"))

    def test_works_that_notes_compare_are_listed_with_who_says_so(self, compare: Page, site: Site) -> None:
        item = compare.locator("h2#works ~ ul li", has_text="Rafailov et al., 2023").first
        expect(item).to_contain_text(re.compile("compares with|competes with|refutes"))
        item.locator("small a").click()
        assert compare.url != site.url("compare/")

    def test_the_table_of_models_fits_a_screen_beside_the_contents(self, compare: Page) -> None:
        assert compare.evaluate("document.documentElement.scrollWidth") <= 1280

    def test_chinese_numbers_stay_on_one_line(self, page: Page, site: Site) -> None:
        page.goto(site.url("zh/compare/"))
        cell = page.locator(".pn-sortable td[align=right]", has_text="万亿").first
        line = cell.evaluate("cell => parseFloat(getComputedStyle(cell).lineHeight)")
        inner = cell.evaluate(
            "cell => { const range = document.createRange(); range.selectNodeContents(cell);"
            " return range.getBoundingClientRect().height; }"
        )
        assert inner < 1.5 * line


class TestStatements:
    def test_open_questions_are_found_from_a_note_and_lead_back(self, page: Page, site: Site) -> None:
        page.goto(site.url("instructgpt/"))
        page.get_by_role("link", name="All open questions").click()
        page.wait_for_url(site.url("questions/"))
        headings = page.locator("h2").all_inner_texts()
        assert headings[-1].startswith("Answered questions")
        source = page.locator(".pn-from a", has_text="InstructGPT").first
        # What is asked there is asked here.
        box = source.locator("xpath=ancestor::p/preceding-sibling::*[1]")
        asked = box.locator("p:not(.admonition-title)").first.inner_text()
        source.click()
        page.wait_for_url(re.compile(re.escape(site.url("instructgpt/"))))
        expect(page.locator(".admonition.question", has_text=asked[:60])).to_have_count(1)

    def test_answered_questions_name_the_work_that_answers(self, page: Page, site: Site) -> None:
        page.goto(site.url("questions/"))
        answered = page.locator("h2#answered ~ .admonition.question")
        assert answered.count() > 5
        assert answered.count() == answered.locator(".admonition-title a.pn-cite").count()
        before = page.locator(".admonition.question").count() - answered.count()
        assert before > 20
        expect(page.locator("h2#answered ~ .admonition.question:not(.answered)")).to_have_count(0)

    def test_corrections_are_found_from_a_note_and_lead_back(self, page: Page, site: Site) -> None:
        page.goto(site.url("zh/dpo/"))
        page.get_by_role("link", name="全部更正").click()
        page.wait_for_url(site.url("zh/corrections/"))
        expect(page.locator("h1")).to_have_text(re.compile("更正"))
        assert page.locator(".admonition").count() == page.locator(".admonition.correction").count() > 20
        page.locator(".pn-from a", has_text="DPO").first.click()
        page.wait_for_url(re.compile(re.escape(site.url("zh/dpo/"))))


class TestGapsAndCredits:
    def test_a_gap_leads_to_all_gaps_most_wanted_first(self, page: Page, site: Site) -> None:
        page.goto(site.url("dpo/"))
        page.locator("#cite-stiennon2020summarize-1").click()
        page.wait_for_url(site.url("papers/stiennon2020summarize/"))
        page.locator(".pn-kicker a").click()
        page.wait_for_url(site.url("gaps/"))
        counts = [
            int(text.rsplit("·", 1)[1].strip("× ")) for text in page.locator("ol > li > .pn-kept").all_inner_texts()
        ]
        assert counts == sorted(counts, reverse=True)
        item = page.locator("ol > li", has_text="Learning to summarize").first
        named = item.locator("small").last.locator("a")
        assert named.count() == int(item.locator(".pn-kept").inner_text().rsplit("·", 1)[1].strip("× "))
        named.filter(has_text="DPO").click()
        page.wait_for_url(site.url("dpo/"))

    def test_an_author_of_a_note_has_their_works_newest_first(self, page: Page, site: Site) -> None:
        page.goto(site.url("instructgpt/"))
        page.locator(".pn-facts a", has_text="Long Ouyang").click()
        page.wait_for_url(re.compile("/authors/#ouyang-long$"))
        works = page.locator("details", has=page.locator("#ouyang-long"))
        expect(works.get_by_role("link", name="Training language models to follow")).to_be_visible()
        years = [int(text[-4:]) for text in works.locator("li small").all_inner_texts()]
        assert years == sorted(years, reverse=True)
        # Under the letter of their name.
        assert works.locator("xpath=preceding::h2[1]").inner_text().startswith("O")

    def test_a_venue_of_a_note_has_its_works(self, page: Page, site: Site) -> None:
        page.goto(site.url("dpo/"))
        page.locator(".pn-facts a", has_text="NeurIPS 2023").click()
        page.wait_for_url(re.compile("/venues/#neurips$"))
        works = page.locator("details", has=page.locator("#neurips"))
        link = works.get_by_role("link", name="Direct Preference Optimization")
        expect(link).to_be_visible()
        link.click()
        page.wait_for_url(site.url("dpo/"))

    def test_venues_have_as_many_works_as_they_say(self, page: Page, site: Site) -> None:
        page.goto(site.url("zh/venues/"))
        for venue in page.locator(".pn-credited").all()[:6]:
            assert venue.locator("li").count() == int(venue.locator("summary small").inner_text())


class TestTimeline:
    def test_a_note_leads_over_its_topic_to_the_timeline_which_zooms(self, page: Page, site: Site) -> None:
        page.goto(site.url("dpo/"))
        page.locator(".pn-kicker a").click()
        page.wait_for_url(site.url("topics/alignment/"))
        page.locator(".pn-like a", has_text="Timeline").click()
        page.wait_for_url(site.url("timeline/"))
        stage = page.locator(".pn-timeline .pn-stage canvas")
        expect(stage).to_be_visible()
        whole = stage.screenshot()
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(500)
        near = stage.screenshot()
        assert near != whole
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(500)
        assert stage.screenshot() not in (whole, near)

    def test_the_topic_that_is_chosen_stands_in_the_address(self, page: Page, site: Site) -> None:
        page.goto(site.url("timeline/"))
        page.locator(".pn-timeline select").first.select_option("alignment")
        assert page.url == site.url("timeline/#topic=alignment")
        page.reload()
        expect(page.locator(".pn-timeline select").first).to_have_value("alignment")


def test_a_lineage_is_printed_dark_on_light(new_page: PageFactory, site: Site) -> None:
    page = new_page(color_scheme="dark")
    page.goto(site.url("topics/alignment/"))
    page.emulate_media(media="print", color_scheme="dark")
    box = page.locator(".pn-lineage__box").first
    assert box.evaluate("box => getComputedStyle(box).fill") == "rgb(255, 255, 255)"
    figure, drawing = page.locator(".pn-lineage"), page.locator(".pn-lineage__svg")
    assert drawing.evaluate("svg => svg.getBoundingClientRect().width") <= figure.evaluate("f => f.clientWidth")
    expect(page.locator(".pn-like").first).to_be_hidden()


class TestNews:
    def test_the_day_of_a_note_leads_to_what_is_new(self, page: Page, site: Site) -> None:
        page.goto(site.url("dpo/"))
        page.locator(".pn-facts a", has_text=re.compile(r"^2026-\d\d-\d\d$")).click()
        page.wait_for_url(site.url("new/"))
        days = [text[:10] for text in page.locator("h2").all_inner_texts()]
        assert days == sorted(days, reverse=True)
        feed = page.get_by_role("link", name="Feed of all notes").get_attribute("href") or ""
        assert urljoin(page.url, feed) == site.url("feed.xml")

    @pytest.mark.parametrize(
        ("page_path", "feeds"),
        [
            ("", ["feed.xml"]),
            ("dpo/", ["feed.xml", "topics/alignment/feed.xml"]),
            ("zh/topics/alignment/", ["zh/feed.xml", "zh/topics/alignment/feed.xml"]),
            ("papers/stiennon2020summarize/", ["feed.xml"]),
        ],
    )
    def test_pages_announce_the_feeds_that_concern_them(
        self, page: Page, site: Site, page_path: str, feeds: list[str]
    ) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site.url(page_path), wait_until="networkidle")
        links = page.locator("head link[type='application/atom+xml']")
        assert links.evaluate_all("links => links.map(link => link.href)") == [site.url(feed) for feed in feeds]
        assert all(links.evaluate_all("links => links.map(link => link.relList.contains('alternate') && link.title)"))
        # Material's script would ask for a site map beside every alternate.
        assert not [url for url in asked if url.endswith(".xml")]

    @pytest.mark.parametrize(
        "path", ["feed.xml", "zh/feed.xml", "topics/alignment/feed.xml", "zh/topics/vision-backbones/feed.xml"]
    )
    def test_a_feed_is_atom(self, page: Page, site: Site, path: str) -> None:
        answer = page.request.get(site.url(path))
        assert answer.status == 200
        feed = ElementTree.fromstring(answer.body())
        assert feed.tag == f"{ATOM}feed"
        links = {link.get("rel", "alternate"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        # The address that the site was built for; on loopback its path is the same.
        assert links["self"].endswith(f"/{path}")
        assert feed.findtext(f"{ATOM}id") == links["self"]
        entries = feed.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= 30
        for item in (feed, *entries):
            assert item.findtext(f"{ATOM}title")
            assert datetime.datetime.fromisoformat(item.findtext(f"{ATOM}updated") or "").tzinfo is not None
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert updated == sorted(updated, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == updated[0]
        for entry in entries[:3]:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert entry.findtext(f"{ATOM}summary")
            place = urlsplit(link.get("href", "")).path.removeprefix(BASE).lstrip("/")
            assert page.request.get(site.url(place)).status == 200

    def test_a_feed_of_a_topic_has_its_notes_only_and_speaks_its_language(self, page: Page, site: Site) -> None:
        feed = ElementTree.fromstring(page.request.get(site.url("zh/topics/alignment/feed.xml")).body())
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh"
        assert feed.findtext(f"{ATOM}title") == "对齐"
        for entry in feed.findall(f"{ATOM}entry"):
            assert "alignment" in [category.get("term") for category in entry.findall(f"{ATOM}category")]


def test_contributing_begins_from_any_note(page: Page, site: Site) -> None:
    page.goto(site.url("dpo/"))
    page.locator(".pn-footer a", has_text="Contribute").click()
    page.wait_for_url(site.url("contribute/"))
    expect(page.locator("code", has_text="papernotes new")).to_be_visible()
    rule = page.locator("details", has=page.locator("summary", has_text="fact-without-locator"))
    rule.locator("summary").click()
    expect(rule.locator("li").first).to_be_visible()
    rule.get_by_role("link").first.click()
    page.wait_for_url(site.url("rules/fact-without-locator/"))


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    vault = tmp_path_factory.mktemp("vault")
    (vault / "notes").mkdir()
    (vault / "papers.bib").write_text("", encoding="utf-8")
    for number, day in enumerate(("2026-01-05", "2026-01-12", "2026-01-19"), start=1):
        (vault / "notes" / f"week-{number}.md").write_text(
            f"---\ntitle: Week {number}\nkind: digest\ntopics: []\nsummary: What week {number} brought.\n"
            f"status: final\ncreated: {day}\nupdated: {day}\nseries: {{name: Week, number: {number}}}\n---\n\n"
            'A week.\n\n![A plot](assets/plot.svg "What the week brought")\n',
            encoding="utf-8",
        )
    (vault / "notes" / "assets").mkdir()
    (vault / "notes" / "assets" / "plot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200"/></svg>',
        encoding="utf-8",
    )
    built = tmp_path_factory.mktemp("built")
    shutil.rmtree(built)
    command = [
        sys.executable,
        "-m",
        "papernotes",
        "build",
        "--no-check",
        "--vault",
        str(vault),
        "--site-dir",
        str(built),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    with serving(Path(built)) as site:
        yield site


class TestDigests:
    """This vault has one digest yet; what is before and after one takes several."""

    def test_a_digest_leads_to_those_before_and_after_it(self, page: Page, digests: Site) -> None:
        page.goto(digests.url("week-2/"))
        series = page.locator(".pn-series a")
        expect(series).to_have_text(["Week 1", "Week 3"])
        series.last.click()
        page.wait_for_url(digests.url("week-3/"))
        expect(page.locator(".pn-series a")).to_have_text(["Week 2"])

    def test_all_digests_are_listed_newest_first(self, page: Page, digests: Site) -> None:
        page.goto(digests.url("week-1/"))
        page.locator(".pn-kicker a", has_text="digest").click()
        page.wait_for_url(digests.url("digests/"))
        expect(page.locator("article li > a")).to_have_text(["Week 3", "Week 2", "Week 1"])

    def test_a_figure_has_its_place_before_it_comes(self, page: Page, digests: Site) -> None:
        page.route("**/plot.svg", lambda route: route.abort())
        page.goto(digests.url("week-1/"))
        image = page.locator(".pn-figure img")
        expect(image).to_have_attribute("width", "320")
        expect(image).to_have_attribute("height", "200")
        expect(page.locator("figcaption")).to_have_text("What the week brought")

    def test_a_site_without_an_address_has_no_feeds_and_announces_none(self, page: Page, digests: Site) -> None:
        page.goto(digests.url("week-1/"))
        expect(page.locator("head link[type='application/atom+xml']")).to_have_count(0)
        assert not (digests.folder / "feed.xml").exists()


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, ElementTree.Element]:
    """Every page of the site map by its path inside the site."""
    root = ElementTree.fromstring((site.folder / "sitemap.xml").read_bytes())
    found = [(url.findtext(f"{MAP}loc") or "", url) for url in root.findall(f"{MAP}url")]
    home = found[0][0]
    assert all(address.startswith(home) for address, _ in found)
    places = {address.removeprefix(home): url for address, url in found}
    assert len(places) == len(found)
    return places


class TestSiteMap:
    def test_it_has_every_page_and_nothing_else(self, site: Site, places: dict[str, ElementTree.Element]) -> None:
        for place in places:
            assert (site.folder / place / "index.html").is_file(), place
        built = {path.parent.relative_to(site.folder).as_posix() for path in site.folder.rglob("index.html")}
        # Every other page is a redirect.
        for place in built - {place.rstrip("/") or "." for place in places}:
            text = (site.folder / place / "index.html").read_text("utf-8")
            assert 'http-equiv="refresh"' in text, place
            assert "noindex" in text
        assert not [place for place in places if "404" in place]

    def test_a_note_has_the_day_of_its_last_change(
        self, places: dict[str, ElementTree.Element], page: Page, site: Site
    ) -> None:
        for path in ("dpo/", "zh/dpo/"):
            page.goto(site.url(path))
            day = page.locator(".pn-facts a", has_text=re.compile(r"^2026-\d\d-\d\d$")).inner_text()
            assert places[path].findtext(f"{MAP}lastmod") == day

    def test_pages_name_their_other_language(self, places: dict[str, ElementTree.Element]) -> None:
        def named(place: str) -> dict[str, str]:
            home = (places[""].findtext(f"{MAP}loc")) or ""
            links = places[place].findall(f"{XHTML}link")
            return {link.get("hreflang", ""): link.get("href", "").removeprefix(home) for link in links}

        for english, chinese in (("dpo/", "zh/dpo/"), ("", "zh/"), ("topics/alignment/", "zh/topics/alignment/")):
            expected = {"en": english, "zh": chinese, "x-default": english}
            assert named(english) == named(chinese) == expected
        assert named("rules/unknown-citekey/") == {}


class TestWrongAddresses:
    def test_under_zh_everything_is_chinese(self, page: Page, site: Site) -> None:
        page.goto(site.url("zh/直接偏好/"))
        expect(page.locator("h1")).to_have_text("没有这个页面")
        expect(page).to_have_title(re.compile("^没有这个页面"))
        assert page.evaluate("document.documentElement.lang") == "zh"
        expect(page.locator(".pn-links")).to_contain_text("主题")
        expect(page.locator(".pn-footer nav")).to_contain_text("参与贡献")
        expect(page.locator(".pn-palette label:visible")).to_have_attribute("title", "深色模式")
        expect(page.locator(".pn-hit").first).to_be_visible()
        page.keyboard.press("Escape")
        page.locator(".pn-links a", has_text="主题").click()
        page.wait_for_url(site.url("zh/topics/"))

    def test_the_search_of_its_header_is_chinese_too(self, page: Page, site: Site) -> None:
        page.goto(site.url("zh/nirgends/"))
        expect(page.locator("h1")).to_have_text("没有这个页面")
        page.locator(".pn-search-open").click()
        field = page.get_by_role("dialog").get_by_role("searchbox")
        expect(field).to_have_attribute("placeholder", "搜索笔记和论文")

    def test_elsewhere_it_is_english_and_leads_to_the_other_language(self, page: Page, site: Site) -> None:
        page.goto(site.url("zhou/2020/"))
        expect(page.locator("h1")).to_have_text("There is no such page")
        expect(page.locator(".pn-links")).to_contain_text("Topics")
        page.locator("article a[hreflang=zh]").click()
        page.wait_for_url(site.url("zh/"))

    def test_without_scripts_it_says_so_in_both_languages(self, new_page: PageFactory, site: Site) -> None:
        page = new_page(java_script_enabled=False)
        page.goto(site.url("zh/nirgends/"))
        expect(page.locator("article")).to_contain_text("There is no such page")
        expect(page.locator("article")).to_contain_text("没有这个页面")
        page.locator("article").get_by_role("link", name="首页").click()
        page.wait_for_url(site.url("zh/"))
