"""`papernotes explain`: what a rule means."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, Commands, Namespace
from papernotes.rules import RULES, rules_named


def add(commands: Commands) -> None:
    command = commands.add(
        "explain", run, "say what a rule means, or list the rules", "explain", "explain PN3", "explain unknown-citekey"
    )
    command.add_argument("rule", nargs="?", metavar="CODE|NAME", help="a rule, or a family such as PN2")


def run(options: Namespace) -> int:
    named = set(RULES) if options.rule is None else rules_named(options.rule)
    if len(named) == 1:
        (rule,) = named
        print(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.page}")
        return CLEAN
    for rule in RULES:
        if rule in named:
            print(f"{rule.code}  {rule.severity:<8} {rule.name}")
    return CLEAN
