"""TeX → HTML with MathML by KaTeX, or what is wrong with the TeX. Owns the JavaScript engine that KaTeX runs in."""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

KATEX = Path(__file__).parent / "assets" / "katex" / "katex.min.js"
# The longest formula of a paper has a few hundred characters, and its groups are ten deep. Past these bounds the two
# engines would no longer agree: each has its own stack, and one of them takes minutes over a matrix of 20,000 columns.
LONGEST, DEEPEST = 4000, 24
SECONDS, MEGABYTES, STACK = 1.0, 192, 1_000_000
# After so many formulas that ran out of time, somebody wants to waste ours.
MANY_SLOW, SECONDS_THEN = 10, 0.1
# They make links, load images, or write attributes; `\html…` stands for \htmlClass, \htmlData, \htmlId, \htmlStyle.
REFUSED = re.compile(r"\\(?:href|url|includegraphics|html[A-Za-z]*)(?![A-Za-z])")
COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
NESTING = re.compile(
    r"\\[{}]|(?P<open>\{|\\left(?![A-Za-z])|\\begin(?![A-Za-z]))|(?P<close>\}|\\right(?![A-Za-z])|\\end(?![A-Za-z]))"
    # KaTeX reads all that follows one of these, up to the end of its group or cell, as a group.
    r"|(?P<switch>\\(?:(?:display|text|script|scriptscript)style|color|tiny|[a-z]+size|small|[lL]arge|LARGE|[hH]uge"
    r"|rm|bf|it|sf|tt)(?![A-Za-z]))|(?P<cell>&|\\\\)"
)
PROGRAM = """
globalThis.papernotes = (tex, display, draw) => {
    const options = {displayMode: display, output: "htmlAndMathml", throwOnError: true, strict: "ignore",
                     trust: false, maxSize: 40, maxExpand: 1000, macros: {}};
    try {
        return JSON.stringify(draw ? {html: katex.renderToString(tex, options)}
                                   : {html: "", tree: void katex.__parse(tex, options)});
    } catch (error) {
        if (error instanceof katex.ParseError) return JSON.stringify({fault: error.rawMessage || error.message});
        throw error;
    }
};
"""

Engine = Callable[[str, float], str]


class Outcome(NamedTuple):
    """What became of a formula: its HTML, or else the fault."""

    html: str
    fault: str | None = None


def is_available() -> bool:
    """Whether a JavaScript engine is installed: the extra `site` brings one."""
    return any(find_spec(name) is not None for name in ("quickjs", "py_mini_racer"))


@cache
def render(tex: str, display: bool) -> str:
    """The formula as HTML with MathML. One that cannot be set is shown as its TeX; never raises for what it says."""
    outcome = _evaluate(tex, display, draw=True)
    if outcome.fault is None:
        return outcome.html
    # A forbidden command is not repeated.
    message = outcome.fault.lstrip("\\")
    shown = message if REFUSED.search(tex) else tex
    return f'<code class="pn-math-fault" title="{html.escape(message)}">{html.escape(shown, quote=False)}</code>'


@cache
def fault(tex: str, display: bool) -> str | None:
    """What is wrong with the formula, in a sentence without a full stop, or None."""
    found = _evaluate(tex, display, draw=False).fault
    if found is None and COMMENT.search(tex):
        return "an unescaped % hides the rest of its line: write \\%"
    return found


def _evaluate(tex: str, display: bool, *, draw: bool) -> Outcome:
    if refused := REFUSED.search(tex):
        return Outcome("", f"{refused[0]} is not allowed in a formula")
    if len(tex) > LONGEST:
        return Outcome("", f"the formula is longer than {LONGEST} characters")
    if _depth(tex) > DEEPEST:
        return Outcome("", f"groups are nested more than {DEEPEST} deep")
    return _engines.evaluate(f"papernotes({json.dumps(tex)}, {json.dumps(display)}, {json.dumps(draw)})")


def _depth(tex: str) -> int:
    """How deep groups are nested."""
    deepest = depth = 0
    switches = [0]
    for match in NESTING.finditer(tex):
        if match["open"]:
            switches.append(0)
            depth += 1
        elif match["switch"]:
            switches[-1] += 1
            depth += 1
        elif not (match["close"] or match["cell"]):
            continue
        elif match["cell"] or len(switches) == 1:
            depth -= switches[-1]
            switches[-1] = 0
        else:
            depth -= 1 + switches.pop()
        deepest = max(deepest, depth)
    return deepest


class _Engines(threading.local):
    """One engine for each thread: neither kind may be shared. An engine that ran into a bound is thrown away."""

    def __init__(self) -> None:
        self.engine: Engine | None = None
        self.slow = 0

    def evaluate(self, call: str) -> Outcome:
        self.engine = self.engine or start()
        try:
            answer: dict[str, str] = json.loads(self.engine(call, SECONDS if self.slow < MANY_SLOW else SECONDS_THEN))
        except EngineError as error:
            self.engine = None
            self.slow += 1
            return Outcome("", str(error))
        return Outcome(answer.get("html", ""), answer.get("fault"))


_engines = _Engines()


class EngineError(Exception):
    """The engine gave up: out of time, of memory, or of stack."""


def start() -> Engine:
    """The engine that is installed, with KaTeX in it. Raises ModuleNotFoundError if there is none."""
    return start_quickjs() if find_spec("quickjs") is not None else start_mini_racer()


def start_quickjs() -> Engine:
    import quickjs as module

    quickjs: Any = module
    context = quickjs.Context()
    context.set_max_stack_size(STACK)
    context.set_memory_limit(MEGABYTES * 1_000_000)
    context.eval(KATEX.read_text(encoding="utf-8"))
    context.eval(PROGRAM)

    def evaluate(call: str, seconds: float) -> str:
        context.set_time_limit(seconds)
        try:
            return context.eval(call)
        except (quickjs.JSException, quickjs.StackOverflow, MemoryError) as error:
            raise EngineError("the formula takes too long or too much memory") from error

    return evaluate


def start_mini_racer() -> Engine:
    import py_mini_racer as module

    py_mini_racer: Any = module
    context = py_mini_racer.MiniRacer()
    context.set_hard_memory_limit(MEGABYTES * 1_000_000)
    context.eval(KATEX.read_text(encoding="utf-8"))
    context.eval(PROGRAM)

    def evaluate(call: str, seconds: float) -> str:
        try:
            return context.eval(call, timeout_sec=seconds)
        except (py_mini_racer.JSEvalException, py_mini_racer.JSTimeoutException) as error:
            raise EngineError("the formula takes too long or too much memory") from error

    return evaluate
