"""The rules: one file each, listed here in the order of their codes."""

from collections.abc import Callable, Iterable

from papernotes.diagnostics import Diagnostic, Rule
from papernotes.inspection import Inspection
from papernotes.rules import broken_front_matter, broken_note_link, unknown_citekey

MODULES = (
    broken_front_matter,
    unknown_citekey,
    broken_note_link,
)

Check = Callable[[Inspection], Iterable[Diagnostic]]
CHECKS: tuple[tuple[Rule, Check], ...] = tuple((module.RULE, module.check) for module in MODULES)
RULES: tuple[Rule, ...] = tuple(rule for rule, _ in CHECKS)


def find_rule(name: str) -> Rule | None:
    """The rule of this code or name."""
    return next((rule for rule in RULES if name.upper() == rule.code or name.lower() == rule.name), None)
