"""Which fences are diagrams, what names their drawings, and what they may not ask for."""

from __future__ import annotations

import pytest

from papernotes.diagrams import diagrams_in, drawing_path, is_drawn, refusal

PLAIN = "flowchart LR\n  A --> B\n"


def test_fences_are_found_where_they_are() -> None:
    text = "Text\n\n```mermaid\nflowchart LR\n  A --> B\n```\n"
    (diagram,) = diagrams_in(text)
    assert diagram.source == PLAIN
    assert text[diagram.span.start : diagram.span.end] == "```mermaid"


@pytest.mark.parametrize(
    "text",
    [
        "- item\n\n    ```mermaid\n    flowchart LR\n      A --> B\n    ```\n",
        "> ```mermaid\n> flowchart LR\n>   A --> B\n> ```\n",
        "~~~~ mermaid\nflowchart LR\n  A --> B\n~~~~\n",
        "``` { .mermaid #x }\nflowchart LR\n  A --> B\n```\n",
        "```python\n```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n",
        "```never closed\n\n~~~mermaid\nflowchart LR\n  A --> B\n~~~\n",
    ],
    ids=["list", "quote", "tildes", "attributes", "after a fence", "after an open fence"],
)
def test_indentation_and_signs_are_no_part_of_the_source(text: str) -> None:
    assert [diagram.source for diagram in diagrams_in(text)] == [PLAIN]


@pytest.mark.parametrize(
    "text",
    [
        "````markdown\n```mermaid\nflowchart LR\n```\n````\n",
        "```mermaid\nflowchart LR\n",
        "```mermaids\nflowchart LR\n```\n",
        "`mermaid`\n",
    ],
    ids=["shown", "open", "other language", "inline"],
)
def test_what_is_no_diagram(text: str) -> None:
    assert diagrams_in(text) == ()


def test_many_open_fences_take_no_time() -> None:
    assert diagrams_in("```x\n~~~~y\n" * 50_000) == ()


def test_a_drawing_follows_the_source_and_not_its_white_space() -> None:
    same = ["\n  flowchart LR  \n    A --> B\n\n", "flowchart LR\n  A --> B", "flowchart LR\n  A --> B\n"]
    assert len({drawing_path(source) for source in same}) == 1
    assert drawing_path(PLAIN) != drawing_path(PLAIN.replace("A", "C"))
    assert drawing_path(PLAIN).startswith("assets/diagrams/")
    assert drawing_path(PLAIN).endswith(".svg")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('%%{init: {"theme": "dark"}}%%\nflowchart LR', "an init directive"),
        ("%%  {init: {}}%%\nflowchart LR", "an init directive"),
        ("---\nconfig: {}\n---\nflowchart LR", "settings of its own"),
        ('flowchart LR\n  click A "x"', "a click handler"),
        ('flowchart LR\n  A["<b>x</b>"]', "HTML"),
        ('flowchart LR\n  A["</code></pre><script>x</script>"]', "HTML"),
        ('flowchart LR\n  A["javascript:x"]', "a script"),
        ('flowchart LR\n  A@{ img: "https://example.org/a.png" }', "a file from elsewhere"),
        ("flowchart LR\n  style A fill:url(x)", "a file from elsewhere"),
        ("flowchart LR\n  classDef x fill:red } body{color:red", "CSS beyond its own shapes"),
        ('flowchart LR\n  A["a<br/>b"] <--> B["x < 3 > y"] -. "click here" .-> C{"p<q"}', None),
        ("flowchart LR\n  classDef x fill:#eee,stroke:#333\n  A:::x --> B", None),
    ],
)
def test_what_a_diagram_may_not_ask_for(source: str, reason: str | None) -> None:
    assert refusal(source) == reason


def test_flowcharts_are_drawn() -> None:
    assert is_drawn(PLAIN)
    assert is_drawn("\n%% a remark\ngraph TD\n A --> B")
    assert not is_drawn("sequenceDiagram\n A->>B: x")
