"""Writes a sound vault of any size for measurements: the same seed gives the same bytes.

A vault of N notes has 3 N entries, about sqrt(N) topics, and citations by preferential attachment, so that the graph has
a few works that everybody cites, as real ones have.
"""

from __future__ import annotations

import random
from pathlib import Path

WORDS = (
    "the model of attention is trained with data and loss while each layer reads tokens from context under scale for "
    "reward policy image text video graph sparse dense expert token query value key optimiser gradient batch noise "
    "decoder encoder prompt task benchmark result ablation width depth head cache memory compute"
).split()
CHINESE = "模型训练数据注意力损失上下文规模奖励策略图像文本视频稀疏专家优化梯度批次噪声解码编码提示任务结果消融宽度深度缓存内存计算"
SECTIONS = ("Problem", "Method", "Results", "Why it matters", "Limits and open questions", "Connections")


def write_vault(folder: Path, notes: int, seed: int = 1) -> None:
    """Write a vault of so many notes into an empty folder."""
    rng = random.Random(seed)
    topics = [f"topic-{number}" for number in range(max(2, round(notes**0.5)))]
    keys = [f"author{number}year{2000 + number * 25 // (3 * notes)}" for number in range(3 * notes)]
    noted = set(rng.sample(range(1, 3 * notes), notes))
    cites: dict[int, list[int]] = {}
    cited: list[int] = [0]
    for number in sorted(noted):
        wanted = min(number, max(1, round(rng.lognormvariate(2.3, 0.5))))
        chosen = {rng.choice(cited) if rng.random() < 0.6 else rng.randrange(number) for _ in range(wanted)}
        cites[number] = sorted(other for other in chosen if other < number)
        cited += cites[number]
    (folder / "notes" / "topics").mkdir(parents=True)
    for topic in topics:
        (folder / "notes" / "topics" / f"{topic}.md").write_text(_topic(topic), encoding="utf-8")
    slugs = [keys[number] for number in sorted(noted)]
    for number in sorted(noted):
        text = _note(rng, keys, number, cites[number], topics, slugs)
        (folder / "notes" / f"{keys[number]}.md").write_text(text, encoding="utf-8")
    entries = (_entry(rng, keys, number, cites.get(number)) for number in range(3 * notes))
    (folder / "papers.bib").write_text("\n".join(entries), encoding="utf-8")


def _topic(topic: str) -> str:
    front = f"title: {topic.title()}\nkind: topic\nsummary: What {topic} is about.\nstatus: final"
    return f"---\n{front}\ncreated: 2026-01-01\nupdated: 2026-01-01\n---\n\nWhat {topic} is about.\n"


def _sentence(rng: random.Random) -> str:
    if rng.random() < 0.25:
        return "".join(rng.choices(CHINESE, k=rng.randint(14, 30))) + "。"
    return " ".join(rng.choices(WORDS, k=rng.randint(8, 20))).capitalize() + "."


def _note(
    rng: random.Random, keys: list[str], number: int, cites: list[int], topics: list[str], slugs: list[str]
) -> str:
    own = sorted(set(rng.choices(topics, k=2)))
    lines = [
        "---",
        f'title: "Work {number}: {" ".join(rng.choices(WORDS, k=6))}"',
        "kind: paper",
        f"papers: [{keys[number]}]",
        f"topics: [{', '.join(own)}]",
        f'summary: "On work {number}: {" ".join(rng.choices(WORDS, k=12))}."',
        "status: final",
        "basis: secondary",
        "created: 2026-01-01",
        "updated: 2026-01-01",
        "---",
        "",
        _sentence(rng),
    ]
    rest = [f"[@{keys[other]}, §{rng.randint(1, 9)}]" for other in cites]
    for section in SECTIONS:
        lines += ["", f"## {section}", "", " ".join(_sentence(rng) for _ in range(rng.randint(3, 7)))]
        share, rest = rest[: len(rest) // 2 + 1], rest[len(rest) // 2 + 1 :]
        lines += [f"Built on {citation} for a reason." for citation in share]
        if section == "Method":
            lines += ["", "$$", f"L(\\theta) = \\sum_{{i=1}}^{{{number}}} \\log p_\\theta(x_i)", "$$", ""]
            lines += ["```python", f"step(x, lr={rng.random():.3f})  # [@nobody1900] is text here", "```"]
        if section == "Results":
            lines += ["", "| model | score |", "| --- | ---: |"]
            lines += [f"| {rng.choice(WORDS)} | {rng.random():.3f} |" for _ in range(5)]
        if section == "Connections":
            lines += ["", *(f"- See [{slug}]({slug}.md#method) and [[{slug}]]." for slug in rng.choices(slugs, k=2))]
    return "\n".join(lines) + "\n"


def _entry(rng: random.Random, keys: list[str], number: int, cites: list[int] | None) -> str:
    year = keys[number][-4:]
    rows = [
        f"  author = {{Author, {chr(65 + number % 26)}. and Other, {chr(65 + number % 7)}.}}",
        f"  title = {{Work {number} on {' '.join(rng.choices(WORDS, k=5))}}}",
        "  booktitle = {Proceedings of the Conference}",
        f"  year = {{{year}}}",
        f"  pages = {{{number}--{number + 9}}}",
        f"  doi = {{10.{1000 + number % 9000}/{number}}}",
    ]
    if cites is not None:
        rows.append(f"  cites = {{{', '.join(sorted(keys[other] for other in cites))}}}")
    return f"@inproceedings{{{keys[number]},\n" + ",\n".join(rows) + "\n}\n"
