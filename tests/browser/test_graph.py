"""The graph explorer, the small graph of a note, the timeline, a topic's lineage: mouse, keyboard, touch, no script."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect
from serving import Site

from conftest import PageFactory

STAGE, PANEL = ".pn-graph .pn-stage", ".pn-graph__panel"


def explorer(page: Page, site: Site, state: str = "", lang: str = "") -> None:
    page.goto(site.url(f"{lang}graph/{state}"))
    expect(page.locator(f"{PANEL} h2")).to_be_visible()
    # Let the map come to rest, so that names and edges are drawn.
    page.wait_for_timeout(600)


def answers(page: Page, side: str) -> Locator:
    return page.locator(f".pn-graph__list--{side} > ul > li > a")


def colours(page: Page) -> int:
    """How many different pixels the map has: an empty canvas has one."""
    return page.evaluate(
        """() => {
          const canvas = document.querySelector("canvas");
          const image = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(image.data.buffer)).size;
        }"""
    )


def place(page: Page, citekey: str) -> tuple[float, float]:
    """Where a work is on the screen."""
    box = page.locator("canvas").bounding_box()
    assert box
    x, y = page.evaluate(
        """(key) => {
          const { scene, stage } = document.querySelector(".pn-graph").explorer;
          const node = scene.atlas.index.get(key), { scaleX, scaleY, left, top } = stage.camera;
          return [scene.map.x[node] * scaleX + left, scene.map.y[node] * scaleY + top];
        }""",
        citekey,
    )
    return box["x"] + x, box["y"] + y


def test_the_map_is_drawn_and_says_where_the_gaps_are(page: Page, site: Site) -> None:
    explorer(page, site)
    assert colours(page) > 50
    gaps = page.locator(f"{PANEL} section", has_text="Largest gaps")
    expect(gaps.locator("li").first).to_contain_text("no note yet")
    assert gaps.locator("li").count() > 5


@pytest.mark.parametrize(
    ("work", "kin"),
    [
        ("rafailov2023dpo", ("InstructGPT", "Llama 3", "PaLM")),
        ("liu2023llava", ("CLIP", "LLaVA-1.5", "GPT-4 Technical Report")),
        ("brohan2023rt2", ("RT-1", "CoPa", "PaLI-X")),
    ],
)
def test_the_three_questions_are_answered_beside_the_map(
    page: Page, site: Site, work: str, kin: tuple[str, str, str]
) -> None:
    before, after, gap = kin
    explorer(page, site, f"#work={work}")
    expect(answers(page, "before").get_by_text(before, exact=True)).to_be_visible()
    expect(answers(page, "after").get_by_text(after, exact=True)).to_be_attached()
    expect(answers(page, "gaps").get_by_text(gap, exact=True)).to_be_attached()
    numbers = [int(text) for text in page.locator(".pn-graph__jumps strong").all_text_contents()]
    assert all(number > 2 for number in numbers)


def test_what_a_work_builds_on_is_left_of_it_and_what_came_of_it_right(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    dpo, instruct, llama = (
        place(page, key) for key in ("rafailov2023dpo", "ouyang2022instructgpt", "grattafiori2024llama3")
    )
    assert instruct[0] < dpo[0] < llama[0]


def test_search_finds_a_work_by_alias_author_and_citekey_and_chooses_it(page: Page, site: Site) -> None:
    explorer(page, site)
    field = page.get_by_role("combobox", name="Find a work")
    for query in ("direct preference", "Rafailov", "rafailov2023dpo", "ＤＰＯ"):
        field.fill(query)
        expect(page.get_by_role("option").first).to_contain_text("Direct Preference Optimization")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    field.press("Enter")
    expect(page.locator(f"{PANEL} h2")).to_have_text("DPO: Direct Preference Optimization")
    assert page.url.endswith("#work=rafailov2023dpo")
    page.go_back()
    expect(page.locator(f"{PANEL} h2")).to_have_text("What leads where?")


def test_a_click_chooses_a_work_and_a_double_click_opens_its_note(page: Page, site: Site) -> None:
    explorer(page, site)
    page.mouse.click(*place(page, "radford2021clip"))
    expect(page.locator(f"{PANEL} h2")).to_contain_text("CLIP")
    page.wait_for_timeout(500)
    page.mouse.dblclick(*place(page, "radford2021clip"))
    page.wait_for_url(site.url("clip/"))


def test_hovering_says_which_work_it_is(page: Page, site: Site) -> None:
    explorer(page, site)
    page.mouse.move(*place(page, "he2015resnet"))
    expect(page.locator(".pn-stage__tip")).to_contain_text("Deep Residual Learning for Image Recognition")
    expect(page.locator(".pn-stage__tip")).to_contain_text("no note yet")


def test_the_path_between_two_works(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    page.get_by_role("combobox", name="Path to").fill("word2vec")
    page.get_by_role("combobox", name="Path to").press("Enter")
    steps = page.locator(".pn-graph__path > li")
    expect(steps.first).to_contain_text("DPO")
    expect(steps.last).to_contain_text("Word2vec")
    expect(steps.last).to_contain_text("cites")
    assert "to=mikolov2013word2vec" in page.url


def test_all_of_it_works_by_keyboard(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    page.locator(STAGE).focus()
    page.keyboard.press("ArrowLeft")
    status = page.locator(".pn-graph__status")
    expect(status).not_to_have_text(re.compile("^DPO"))
    reached = status.text_content()
    assert reached
    page.keyboard.press("Enter")
    heading = page.locator(f"{PANEL} h2")
    expect(heading).not_to_have_text(re.compile("^DPO"))
    assert reached.startswith(heading.text_content() or "?")
    opened = page.locator(".pn-graph__open").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(opened or "?")


def test_keys_zoom_move_and_let_go(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    page.locator(STAGE).focus()
    before = place(page, "rafailov2023dpo")
    page.keyboard.press("Shift+ArrowLeft")
    assert place(page, "rafailov2023dpo")[0] > before[0]
    scale = "document.querySelector('.pn-graph').explorer.stage.camera.scaleX"
    near = page.evaluate(scale)
    page.keyboard.press("+")
    assert page.evaluate(scale) > near
    page.keyboard.press("Escape")
    expect(page.locator(f"{PANEL} h2")).to_have_text("What leads where?")
    assert "#" not in page.url


def test_filters_are_in_the_address_and_come_back_with_it(page: Page, site: Site, new_page: PageFactory) -> None:
    explorer(page, site)
    page.get_by_role("combobox", name="Topic").select_option("alignment")
    page.get_by_role("combobox", name="Works").select_option("gap")
    expect(page.locator(f"{PANEL} li a", has_text="Transformer")).to_have_count(0)
    for row in page.locator(f"{PANEL} section").first.locator("li").all():
        expect(row).to_contain_text("no note yet")
    again = new_page()
    again.goto(page.url)
    expect(again.locator(f"{PANEL} h2")).to_be_visible()
    expect(again.get_by_role("combobox", name="Topic")).to_have_value("alignment")
    assert again.locator(f"{PANEL} li").all_text_contents() == page.locator(f"{PANEL} li").all_text_contents()


def test_kinds_of_edge_can_be_switched(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    cited = answers(page, "before").count()
    page.get_by_label("citations").uncheck()
    assert 0 < answers(page, "before").count() < cited
    page.get_by_label("claimed relations").uncheck()
    expect(answers(page, "before")).to_have_count(0)
    page.get_by_label("mentions in notes").check()
    expect(page.locator(f"{PANEL} section", has_text="Mentioned in its note").locator("li").first).to_be_visible()


def test_more_steps_reach_further(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo")
    one = int(page.locator(".pn-graph__jumps strong").first.text_content() or 0)
    page.get_by_role("combobox", name="Steps").select_option("all")
    assert int(page.locator(".pn-graph__jumps strong").first.text_content() or 0) > one


def test_only_a_lineage_is_a_table_of_its_own_with_every_name(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo&only=1")
    shown = page.evaluate("[...document.querySelector('.pn-graph').explorer.shown()].length")
    lists = {side: answers(page, side).count() for side in ("before", "after")}
    more = page.locator(".pn-graph__list--before details li, .pn-graph__list--after details li").count()
    assert shown == 1 + lists["before"] + lists["after"] + more


def test_the_map_fits_a_phone_and_the_page_does_not_scroll_sideways(phone: Page, site: Site) -> None:
    explorer(phone, site, "#work=liu2023llava")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert colours(phone) > 50
    phone.touchscreen.tap(*place(phone, "radford2021clip"))
    expect(phone.locator(f"{PANEL} h2")).to_contain_text("CLIP")


def test_colours_follow_the_scheme(page: Page, site: Site, new_page: PageFactory) -> None:
    explorer(page, site)
    dark = new_page(color_scheme="dark")
    explorer(dark, site)
    corner = "[...document.querySelector('canvas').getContext('2d').getImageData(1, 1, 1, 1).data]"
    assert min(page.evaluate(corner)[:3]) > 240
    assert max(dark.evaluate(corner)[:3]) < 60


def test_the_chinese_graph_speaks_chinese_and_leads_to_chinese_notes(page: Page, site: Site) -> None:
    explorer(page, site, "#work=rafailov2023dpo", "zh/")
    expect(page.locator(f"{PANEL} h3").first).to_contain_text("它承接了什么")
    page.locator(".pn-graph__open").click()
    page.wait_for_url(site.url("zh/dpo/"))


def test_without_scripts_the_same_is_there_as_lists(new_page: PageFactory, site: Site) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site.url("graph/"))
    row = page.locator("tr", has=page.get_by_role("link", name="DPO: Direct Preference Optimization"))
    expect(row.locator("td").nth(1)).to_have_text("2023")
    row.get_by_role("link").click()
    page.wait_for_url(site.url("dpo/"))


def small_graph(page: Page, site: Site, note: str) -> Locator:
    page.goto(site.url(note))
    graph = page.locator(".pn-local-graph")
    graph.scroll_into_view_if_needed()
    expect(graph.locator("svg")).to_be_visible()
    return graph


def test_a_note_has_a_small_graph_with_what_came_before_at_the_left(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "dpo/")
    boxes = [graph.locator("svg a", has_text=name).bounding_box() for name in ("InstructGPT", "From r to Q*")]
    own = graph.locator("text.pn-own").bounding_box()
    assert own
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] < own["x"] < boxes[1]["x"]


def test_the_small_graph_opens_notes_by_mouse_and_keyboard(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "dpo/")
    graph.locator("svg a", has_text="InstructGPT").focus()
    expect(graph.locator(".pn-line--lit")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("instructgpt/"))


def test_the_small_graph_goes_two_steps_and_switches_kinds_of_edge(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "dpo/")
    near = graph.locator("svg a").count()
    graph.get_by_role("button", name="2").click()
    expect(graph.get_by_role("button", name="2")).to_have_attribute("aria-pressed", "true")
    assert graph.locator("svg a").count() > near
    graph.get_by_role("button", name="1").click()
    graph.get_by_label("citations").uncheck()
    assert 0 < graph.locator("svg a").count() < near


def test_the_list_of_the_small_graph_has_what_is_drawn(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "llava/")
    drawn = {link.get_attribute("href") for link in graph.locator("svg a").all()}
    graph.get_by_text("As a list").click()
    listed = {link.get_attribute("href") for link in graph.locator(".pn-local-graph__list a").all()}
    assert drawn == listed
    assert len(drawn) > 20


def test_the_small_graph_leads_to_its_place_in_the_graph_of_everything(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "zh/rt-2/")
    graph.locator(".pn-local-graph__controls a").click()
    page.wait_for_url(site.url("zh/graph/#work=brohan2023rt2"))
    expect(page.locator(f"{PANEL} h2")).to_contain_text("RT-2")


def test_a_note_on_no_work_of_its_own_has_a_small_graph_of_what_it_mentions(page: Page, site: Site) -> None:
    graph = small_graph(page, site, "kv-cache/")
    expect(graph.locator("svg a", has_text="Transformer")).to_be_visible()
    expect(graph.locator(".pn-line--loose").first).to_be_attached()


def test_the_small_graph_fits_a_phone(phone: Page, site: Site) -> None:
    graph = small_graph(phone, site, "dpo/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    width = graph.locator("svg").bounding_box()
    assert width
    assert width["width"] <= 390


def test_the_data_of_a_small_graph_are_fetched_only_near_it(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url("dpo/"))
    page.wait_for_timeout(500)
    assert not [url for url in asked if "/graph" in url]
    page.locator(".pn-local-graph").scroll_into_view_if_needed()
    expect(page.locator(".pn-local-graph svg")).to_be_visible()
    assert [url for url in asked if url.endswith("/graph/dpo.json")]
    assert not [url for url in asked if url.endswith("/graph.json")]


def test_the_timeline_is_drawn_zooms_and_opens_works_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.url("timeline/"))
    stage = page.locator(".pn-timeline .pn-stage")
    expect(stage).to_be_visible()
    page.wait_for_timeout(500)
    assert colours(page) > 50
    stage.focus()
    before = page.locator("canvas").screenshot()
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    assert page.locator("canvas").screenshot() != before
    page.keyboard.press("ArrowRight")
    said = page.locator(".pn-graph__status").text_content() or ""
    assert re.search(r" · \d{4}-\d\d · ", said)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(site.address) + "(?!timeline)"))
    heading = page.locator("h1").text_content() or ""
    assert said.startswith(heading.replace("¶", "").strip()[:12])


def test_the_timeline_without_scripts_is_a_list_by_year(new_page: PageFactory, site: Site) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site.url("timeline/"))
    after = page.locator("h2", has_text="2023").locator("xpath=following-sibling::ul[1]")
    expect(after).to_contain_text("DPO")


def test_the_lineage_of_a_topic_is_drawn_without_scripts_and_its_boxes_lead_to_notes(
    new_page: PageFactory, site: Site
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site.url("topics/embodied-ai/"))
    drawing = page.locator(".pn-lineage svg")
    expect(drawing).to_be_visible()
    assert drawing.locator("path").count() >= 5
    drawing.get_by_role("link", name=re.compile("^RT-2")).click()
    page.wait_for_url(site.url("rt-2/"))


def test_a_work_in_the_address_is_data_and_nothing_else(page: Page, site: Site) -> None:
    hostile = json.dumps("<img src=x onerror=alert(1)>")
    explorer(page, site, f"#work={hostile}&topic={hostile}")
    expect(page.locator(f"{PANEL} h2")).to_have_text("What leads where?")
