"""TeX → whether it is so plain that nothing can be wrong, or what is out of balance, and where."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

TOKEN = re.compile(
    r"(?P<comment>%[^\n]*)|\\(?P<word>left|right|begin|end)(?![A-Za-z])(?:\s*\{(?P<name>[^{}]*)\})?|\\(?:[A-Za-z]+|.)|[{}]",
    re.DOTALL,
)
CLOSES = {"}": "{", "right": "left", "end": "begin"}


def _commands(names: str) -> str:
    return rf"\\(?:{'|'.join(names.split())})(?![A-Za-z])"


# Commands that are one character, and may be an index as they stand; the other ones take nothing either.
LETTER = "[A-Za-z0-9]|" + _commands(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell infty partial "
    "nabla top bot star"
)
SIGN = r"[()\[\]+\-*/=<>,.:;!| \n]|\\[,;:!%{}| ]|" + _commands(
    "sum prod log ln exp max min sup inf lim det sin cos tan tanh arg in ni subset subseteq supset cup cap setminus "
    "le leq ge geq ne neq ll gg approx sim simeq equiv propto mid parallel perp cdot cdots ldots times odot oplus "
    "otimes pm to leftarrow rightarrow Rightarrow mapsto forall exists succ prec langle rangle lceil rceil "
    "lfloor rfloor lVert rVert Vert quad qquad"
)
WORDS = r"\\(?:text|mathrm|mathbf|mathbb|mathcal|mathit|mathsf|operatorname)\{[A-Za-z0-9 ,.:\-]*\}"
INSIDE = rf"\{{(?:{LETTER}|{SIGN}|{WORDS})*+\}}"
SCRIPT = rf"(?:{LETTER}|{INSIDE})"
# One index and one exponent, in either order.
SCRIPTS = rf"(?:_{SCRIPT}(?:\^{SCRIPT})?+|\^{SCRIPT}(?:_{SCRIPT})?+)(?!\s*[_^'])"
GROUP = rf"\{{(?:{LETTER}|{SIGN}|{WORDS}|{SCRIPTS})*+\}}"
TAKING = rf"\\t?frac{GROUP}{GROUP}|\\(?:sqrt|hat|bar|tilde|vec){GROUP}"
# KaTeX gives up after a thousand expansions; `\ne` and `\,` take five and three.
LONGEST = 400
PLAIN = rf"(?:{LETTER}|{SIGN}|{WORDS}|{SCRIPTS}|{TAKING}|{GROUP})++"


class Unbalanced(NamedTuple):
    """What is wrong, and at which offset of the TeX."""

    message: str
    at: int


def unbalanced(tex: str) -> Unbalanced | None:
    """The first thing that does not balance, or None. O(length)."""
    waiting: list[tuple[str, str, int]] = []
    for token in TOKEN.finditer(tex):
        sign, name = token["word"] or token[0], (token["name"] or "").strip()
        if sign in ("{", "left", "begin"):
            waiting.append((sign, name, token.start()))
        elif sign in CLOSES:
            if not waiting or waiting[-1][0] != CLOSES[sign]:
                if waiting and sign != "}":
                    return Unbalanced(
                        f"{_shown(*waiting[-1][:2])} is still open at {_shown(sign, name)}", token.start()
                    )
                return Unbalanced(f"nothing opens what {_shown(sign, name)} closes", token.start())
            _, opened, at = waiting.pop()
            if sign == "end" and name != opened:
                return Unbalanced(f"{_shown('begin', opened)} is closed by {_shown('end', name)}", at)
    if waiting:
        sign, name, at = waiting[-1]
        return Unbalanced(f"nothing closes {_shown(sign, name)}", at)
    return None


def _shown(sign: str, name: str) -> str:
    if sign in "{}":
        return sign
    return f"\\{sign}{{{name}}}" if sign in ("begin", "end") else f"\\{sign}"


def is_plain(tex: str) -> bool:
    """Whether nothing in a formula can be wrong, as in most: they need no judge that takes its time. O(length)."""
    return len(tex) <= LONGEST and _plain().fullmatch(tex) is not None


@cache
def _plain() -> re.Pattern[str]:
    """It takes long to compile, and many runs meet no formula."""
    return re.compile(PLAIN)
