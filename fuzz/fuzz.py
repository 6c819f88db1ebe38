"""Coverage-guided fuzzing of `papernotes check`: `python fuzz/fuzz.py notes|bibliographies -runs=50000 -seed=1`.

Seeds are the repository's own vaults. A failure leaves its input in a file `crash-…`, which becomes a test.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["papernotes"]):
    from harness import check_bibliography, check_note

TESTS = Path(__file__).parent.parent / "tests"
LONGEST = 6000
# What texts of this kind are made of; libFuzzer splices these in.
TOKENS = (
    "---\n", "\n---\n", "title:", "papers: [", "topics:", "relations:\n  - {to: x, type: uses}", "models:\n  - {name: a}",
    "[@", "[@turing1936, §3; see @shannon1948]", "@{", "[[", "]]", "](", "![", "#", "$$\n", "$", "```\n", "!!! question", "<!--",
    "\r\n", "\x00", "\ufeff", "\u202e", "\u200b", "\udc80", "中文，", "&#x0;", "@article{", "@string{", "cites = {", " # ", "{{", "}}",
    "month = jan", "crossref = {", "doi = {10.1/x}", "eprint = {2301.00001}", "2026-13-45", "!!python/object:os.system", "&a", "*a",
)  # fmt: skip


def seeds(pattern: str) -> Iterator[bytes]:
    for folder in ("vaults", "torture", "golden"):
        for path in sorted((TESTS / folder).rglob(pattern)):
            if path.is_file() and path.stat().st_size < LONGEST:
                yield path.read_bytes()


def text_of(data: bytes) -> str:
    return data[:LONGEST].decode("utf-8", "surrogateescape")


def mutate(data: bytes, largest: int, seed: int) -> bytes:
    """libFuzzer's mutations, and now and then a token of ours."""
    rng = random.Random(seed)
    if rng.random() < 0.5:
        token = rng.choice(TOKENS).encode("utf-8", "surrogateescape")
        at = rng.randrange(len(data) + 1)
        cut = at + (rng.randrange(12) if rng.random() < 0.5 else 0)
        return (data[:at] + token + data[cut:])[:largest]
    return atheris.Mutate(data, largest)


def main() -> None:
    targets: dict[str, tuple[Callable[[str], None], str]] = {
        "notes": (check_note, "*.md"),
        "bibliographies": (check_bibliography, "*.bib"),
    }
    if len(sys.argv) < 2 or sys.argv[1] not in targets:
        sys.exit(__doc__)
    check, pattern = targets[sys.argv.pop(1)]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(pattern)):
            (Path(corpus) / str(number)).write_bytes(seed)
        options = [*sys.argv, f"-max_len={LONGEST}", "-timeout=25", "-rss_limit_mb=2048", corpus]
        if any(not re.match(r"-|.*fuzz\.py$", option) for option in sys.argv):
            options = sys.argv  # a file to be run again
        atheris.Setup(options, lambda data: check(text_of(data)), custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
