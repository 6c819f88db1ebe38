"""Every rule's page is true: its *Example* gives this finding and no other, its *Use instead* gives none.

Examples are fragments. Each is put into the vault under tests/examples by what it is: fields into the front matter of
a note, Markdown into its body, entries into papers.bib, names of files into the folder.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from papernotes.checking import check_vault
from papernotes.config import Config
from papernotes.diagnostics import Rule, Severity
from papernotes.diagrams import diagrams_in, drawing_path, is_drawn, refusal
from papernotes.rules import RULES

VAULT = Path(__file__).parent / "examples"
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"^<!-- (notes/\S+) -->\n", re.MULTILINE)
BYTES = re.compile(r"((?:[0-9a-f]{2} )+) *\S")
NAME = re.compile(r"(notes/.+?\.\w+)(?: -> (\S+))?(?: +([\d,]+) KB)?(?: +#.*)?")
SPOKEN_OF = re.compile(r"\bnotes/\S+\.md\b")
FIELDS = {
    "title": "An example",
    "kind": "concept",
    "topics": "[architectures]",
    "summary": "One sentence on it.",
    "status": "final",
    "created": "2026-11-20",
    "updated": "2026-11-20",
}
TRANSLATED = {"title": "例子", "summary": "一句话。"}
# What an example takes for granted, and its page says in words.
GRANTED = {
    "duplicate-note": {"kind": "paper"},
    "foreign-fact": {"kind": "survey"},
    "paper-without-citation": {"kind": "paper", "papers": "[bahdanau2015attention]"},
    "unrecorded-citation": {"kind": "paper", "papers": "[vaswani2017attention]"},
    "unknown-relation-target": {"papers": "[vaswani2017attention]"},
}
# What cannot be shown alone: of two names that differ only in case one is no good slug.
BESIDES = {"slug-case-clash": {"bad-slug"}}
TEXT = "A sentence on the [[transformer]] [@vaswani2017attention].\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>\n'
ABOUT = {"vaswani2017attention": "transformer", "devlin2019bert": "bert"}


class Block(NamedTuple):
    """A piece of a rule's page: the name of its language, and its text."""

    language: str
    text: str


def examples(rule: Rule) -> tuple[Block, Block]:
    """What the page shows as wrong, and what as right."""
    _, _, shown = rule.page.partition("**Example.**")
    wrong, _, right = shown.partition("**Use instead.**")
    found = [[Block(language, text) for _, language, text in BLOCK.findall(part)] for part in (wrong, right)]
    assert [len(blocks) for blocks in found] == [1, 1], f"{rule.name}: one example, and one to use instead"
    return found[0][0], found[1][0]


def note(fields: str, body: str, usual: dict[str, str]) -> str:
    """A note of these fields; those that it lacks are as usual."""
    own = {line.partition(":")[0] for line in fields.splitlines()}
    rest = "".join(f"{name}: {value}\n" for name, value in usual.items() if name not in own)
    return f"---\n{fields}{rest}---\n\n{body}"


class Place:
    """A copy of the vault, for one rule. `named` are the files that its example wrote."""

    def __init__(self, root: Path, rule: Rule) -> None:
        self.root, self.rule, self.translated = root, rule, rule.code.startswith("PN5")
        self.named: set[str] = set()
        shutil.copytree(VAULT, root)

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.named.add(path)

    def note(self, fields: str, body: str, path: str = "") -> None:
        granted = GRANTED.get(self.rule.name, {})
        given = fields + "".join(f"{name}: {value}\n" for name, value in granted.items())
        papers = re.search(r"^papers: \[(\w+)", given, re.MULTILINE)
        about = ABOUT.get(papers[1], "example") if papers and self.rule.name != "duplicate-note" else "example"
        path = path or ("notes/zh/dpo.md" if self.translated else f"notes/{about}.md")
        self.write(path, note(fields, body, TRANSLATED if path.startswith("notes/zh/") else FIELDS | granted))

    def put(self, block: Block) -> None:
        """Add an example to the vault. A file that it speaks of is one of its own."""
        self.named.update(SPOKEN_OF.findall(block.text))
        getattr(self, f"put_{block.language}")(block.text)

    def put_yaml(self, text: str) -> None:
        self.note(text, self.original("dpo") if self.translated else TEXT)

    def original(self, slug: str) -> str:
        """The text of a note of the vault, which may stand for its translation."""
        return self.read(f"notes/{slug}.md").split("---\n", 2)[2].lstrip()

    def put_markdown(self, text: str) -> None:
        for diagram in diagrams_in(text, 0):
            if is_drawn(diagram.source) and not refusal(diagram.source):
                self.write(f"notes/{drawing_path(diagram.source)}", DRAWING)
        if self.rule.name != "empty-section":
            # A fragment's headings have something below them.
            text = re.sub(r"^(#+ .*\n)(?=\s*(#|<!--|\Z))", r"\1\n" + TEXT + "\n", text, flags=re.MULTILINE)
        if FILE.match(text):
            parts = FILE.split(text)
            for path, body in zip(parts[1::2], parts[2::2], strict=True):
                self.note("", body.lstrip(), path)
        elif text.startswith("---\n"):
            _, fields, body = text.split("---\n", 2)
            if self.rule.name == "missing-field":
                self.write("notes/transformer.md", text + TEXT)
            elif "kind: topic" in fields:
                self.write("notes/topics/robotics.md", text)
            else:
                self.note(fields, body.lstrip() or TEXT)
        else:
            if self.translated:
                self.note("", "A sentence.\n", "notes/dpo.md")
            self.note("", text)

    def put_bibtex(self, text: str) -> None:
        """A bibliography of its own, in which nothing else can be at fault; or more of an entry that is here."""
        if more := re.fullmatch(r"@\w+(\{\w+,\n)  (cites = .*),\n\}\n", text):
            entries = self.read("papers.bib")
            own = entries.index(more[1])
            at = entries.index("cites = ", own)
            self.write("papers.bib", entries[:at] + more[2] + entries[entries.index("\n", at) :])
            return
        for path in (*self.root.glob("notes/*.md"), *self.root.glob("notes/assets/*")):
            path.unlink()
        self.write("papers.bib", text)

    def put_xml(self, text: str) -> None:
        self.write("notes/assets/example.svg", text)
        self.note("", f"![An example](assets/example.svg)\n\n{TEXT}")

    def put_text(self, text: str) -> None:
        if match := BYTES.match(text):
            written, whole = bytes.fromhex(match[1]), note("", TEXT, FIELDS).encode()
            self.write("notes/example.md", written + whole[3:] if written.endswith(b"---") else whole + written)
        elif "␊" in text:
            text = text.replace("␍␊\n", "\r\n").replace("␊\n", "\n")
            self.write("notes/example.md", note("", f"{TEXT}\n{text}", FIELDS))
        else:
            for line in text.splitlines():
                self.put_file(line)

    def put_file(self, line: str) -> None:
        match = NAME.fullmatch(line)
        assert match, f"{self.rule.name}: {line!r} names no file"
        path, link, size = match.groups()
        self.named.add(path)
        if link:
            (self.root / path).unlink(missing_ok=True)
            (self.root / path).symlink_to(link)
        elif path.endswith(".md"):
            if not (self.root / path).is_file():
                self.note(
                    f"title: Example {len(list(self.root.rglob('*.md')))}\n",
                    self.original("dpo") if self.translated else TEXT,
                    path,
                )
        else:
            self.write(path, DRAWING.ljust(int((size or "0").replace(",", "")) * 1000))
            if "#" not in line:
                self.note("", f"![An example]({path.removeprefix('notes/')})\n\n{TEXT}")

    def found(self) -> tuple[set[str], set[str]]:
        """The rules that find something: in the files of the example, and anywhere if it is more than an info."""
        config = Config(self.root, languages=("en", "zh") if self.translated else ("en",))
        diagnostics = check_vault(config).diagnostics
        heavy = {d.rule.name for d in diagnostics if d.severity is not Severity.INFO}
        return {d.rule.name for d in diagnostics if d.location.source.path in self.named}, heavy


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_is_found_and_what_to_use_instead_is_not(rule: Rule, tmp_path: Path) -> None:
    wrong, right = examples(rule)
    place = Place(tmp_path / "wrong", rule)
    place.put(wrong)
    here, heavy = place.found()
    assert rule.name in here
    assert heavy - BESIDES.get(rule.name, set()) <= {rule.name}, "one fault an example"
    if right.language == wrong.language and not FILE.match(right.text):
        # It stands for the whole; else it is what is to be added.
        place = Place(tmp_path / "right", rule)
    place.put(right)
    here, heavy = place.found()
    assert rule.name not in here
    assert heavy == set()


def test_the_vault_of_the_examples_is_sound(tmp_path: Path) -> None:
    assert Place(tmp_path / "vault", RULES[0]).found() == (set(), set())
