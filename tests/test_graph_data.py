"""What the graph explorer, the timeline and the small graphs are drawn from: graph.json, and a file for every note."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from papernotes.atlas import short_name
from papernotes.checking import check_vault
from papernotes.config import load_config
from papernotes.site import all_pages, data_files, markdown_of

VAULT = Path(__file__).parent / "golden" / "small"
ALIGN = "Neural Machine Translation…"
NOTE = """---
title: {title}
kind: {kind}
{papers}topics: [models]
summary: One.
status: {status}
created: 2026-01-01
updated: 2026-01-01
---

{text}
"""


@cache
def data(path: str) -> Any:
    checked = check_vault(load_config(vault=VAULT))
    files = data_files(checked.library, checked.graph, checked.diagnostics, checked.config)
    return json.loads(next(file.text for file in files if file.path == path))


def column(graph: Any, name: str) -> dict[str, Any]:
    return dict(zip(graph["nodes"]["key"], graph["nodes"][name], strict=True))


def edges(graph: Any, kind: str, size: int = 2) -> set[tuple[Any, ...]]:
    keys, flat = graph["nodes"]["key"], graph[kind]
    rows = [flat[i : i + size] for i in range(0, len(flat), size)]
    return {(keys[row[0]], keys[row[1]], *row[2:]) for row in rows}


def test_every_work_is_a_node_and_leads_to_its_page() -> None:
    path = column(data("graph.json"), "path")
    assert path["vaswani2017attention"] == "transformer/"
    assert path["touvron2023llama"] == path["touvron2023llama2"] == "llama/"
    assert path["bahdanau2014align"] == "papers/bahdanau2014align/"


def test_the_chinese_graph_leads_to_chinese_pages_and_marks_notes_that_have_none() -> None:
    graph = data("zh/graph.json")
    assert column(graph, "path")["vaswani2017attention"] == "zh/transformer/"
    assert column(graph, "title")["vaswani2017attention"] == "Transformer：只用注意力"
    assert column(graph, "path")["touvron2023llama"] == "llama/"
    assert column(graph, "flags")["touvron2023llama"] & 4
    assert not column(graph, "flags")["vaswani2017attention"] & 4


def test_gaps_are_marked() -> None:
    flags = column(data("graph.json"), "flags")
    assert flags["vaswani2017attention"] & 1
    assert not flags["bahdanau2014align"] & 1


def test_the_kinds_of_edge_stay_apart() -> None:
    graph = data("graph.json")
    relations = [name for name, _, _ in graph["relations"]]
    assert ("touvron2023llama", "vaswani2017attention") in edges(graph, "cites")
    assert ("touvron2023llama", "sub:quadratic") not in edges(graph, "cites")
    assert ("touvron2023llama", "sub:quadratic", relations.index("compares")) in edges(graph, "relation", 3)
    assert ("vaswani2017attention", "touvron2023llama") in edges(graph, "mention")


def test_works_without_a_note_stand_in_the_topic_of_the_notes_around_them() -> None:
    graph = data("graph.json")
    topics = [name for name, *_ in graph["topics"]]
    assert topics[column(graph, "topic")["bahdanau2014align"]] == "architectures"


def test_drafts_are_no_nodes_and_draw_no_edges() -> None:
    assert "draft" not in json.dumps(data("graph.json"))
    assert "Not yet" not in json.dumps(data("graph/transformer.json"))


def test_the_small_graph_of_a_note_has_the_note_first_and_what_stands_around_it() -> None:
    graph = data("graph/transformer.json")
    names = [node[0] for node in graph["nodes"]]
    assert names[0] == "Transformer"
    assert set(names[1:]) == {"Llama 1 and 2", ALIGN, "From n2 to n log n"}
    ties = {(names[a], names[b]): reason for a, b, _, reason, _ in graph["edges"]}
    assert ties["Transformer", ALIGN] == "simplifies"
    assert ties["Llama 1 and 2", "Transformer"] == "scales"
    assert [node[4] for node in graph["nodes"]] == [int(name in ("Transformer", "Llama 1 and 2")) for name in names]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Two works without a note, and a note about none of them."""
    (tmp_path / "notes" / "topics").mkdir(parents=True)
    (tmp_path / "papers.bib").write_text(
        "@misc{old2019, title={Old}, author={A, B}, year={2019}}\n"
        "@misc{new2021, title={New}, author={A, B}, year={2021}, month=may, cites={old2019}}\n",
        encoding="utf-8",
    )
    topic = NOTE.format(title="Models", kind="topic", papers="", status="final", text="They grow.")
    (tmp_path / "notes" / "topics" / "models.md").write_text(topic.replace("topics: [models]\n", ""), encoding="utf-8")
    idea = NOTE.format(
        title="An idea", kind="concept", papers="", status="final", text="See [@old2019] and [@new2021]."
    )
    (tmp_path / "notes" / "idea.md").write_text(idea, encoding="utf-8")
    return tmp_path


def graph_of(vault: Path) -> Any:
    checked = check_vault(load_config(vault=vault))
    files = data_files(checked.library, checked.graph, checked.diagnostics, checked.config)
    return json.loads(next(file.text for file in files if file.path == "graph.json"))


def test_a_note_about_no_work_is_a_node_beside_the_newest_work_that_it_mentions(vault: Path) -> None:
    graph = graph_of(vault)
    assert column(graph, "month")["note,idea"] == column(graph, "month")["new2021"] == 2021 * 12 + 5
    assert edges(graph, "mention") == {("note,idea", "old2019"), ("note,idea", "new2021")}
    assert column(graph, "topic")["old2019"] == column(graph, "topic")["note,idea"]


def test_works_whose_citations_nobody_recorded_are_marked(vault: Path) -> None:
    flags = column(graph_of(vault), "flags")
    assert flags["new2021"] & 2
    assert not flags["old2019"] & 2


def test_a_vault_without_works_has_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "papers.bib").write_text("", encoding="utf-8")
    assert graph_of(tmp_path)["nodes"]["key"] == []


def test_the_lineage_of_a_topic_is_drawn_with_names_escaped_and_links_that_lead_to_notes(tmp_path: Path) -> None:
    (tmp_path / "notes" / "topics").mkdir(parents=True)
    (tmp_path / "papers.bib").write_text(
        "@misc{old2019, title={Old}, author={A, B}, year={2019}, cites={}}\n"
        "@misc{new2021, title={New}, author={A, B}, year={2021}, cites={old2019}}\n",
        encoding="utf-8",
    )
    for slug, title in (("old", "'<b>Old</b> & \"low\"'"), ("newer", "New")):
        text = NOTE.format(title=title, kind="paper", papers=f"papers: [{'old2019' if slug == 'old' else 'new2021'}]\n",
                           status="final", text="It is.")  # fmt: skip
        (tmp_path / "notes" / f"{slug}.md").write_text(text, encoding="utf-8")
    topic = NOTE.format(title="Models", kind="topic", papers="", status="final", text="They grow.")
    (tmp_path / "notes" / "topics" / "models.md").write_text(topic.replace("topics: [models]\n", ""), encoding="utf-8")
    checked = check_vault(load_config(vault=tmp_path))
    pages = all_pages(checked.library, checked.graph, checked.diagnostics, checked.config)
    page = markdown_of(next(page for page in pages if page.path == "topics/models.md"))
    assert '<a href="../../newer/" aria-label="New">' in page
    assert "&lt;b&gt;Old&lt;/b&gt; &amp; " in page
    assert "<b>" not in page
    assert page.count('<path class="pn-line') == 1


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("LLaVA: Visual Instruction Tuning", "LLaVA"),
        ("Transformer：只用注意力", "Transformer"),
        ("奖励黑客（Reward Hacking）", "奖励黑客"),
        ("Word2vec", "Word2vec"),
        ("Deep Residual Learning for Image Recognition", "Deep Residual Learning for…"),
        ("Supercalifragilisticexpialidociousness", "Supercalifragilisticexpial…"),
        ("语言模型即零样本规划器与它的一切后果", "语言模型即零样本规划器与它…"),
    ],
)
def test_short_names(title: str, short: str) -> None:
    assert short_name(title) == short
