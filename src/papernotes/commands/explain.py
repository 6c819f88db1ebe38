"""`papernotes explain`: what a rule means."""

from __future__ import annotations

from papernotes.commands.parser import CLEAN, Commands, Namespace
from papernotes.config import ConfigError
from papernotes.rules import RULES, find_rule


def add(commands: Commands) -> None:
    command = commands.add(
        "explain", run, "say what a rule means, or list the rules", "explain", "explain unknown-citekey"
    )
    command.add_argument("rule", nargs="?", metavar="CODE|NAME")


def run(options: Namespace) -> int:
    if options.rule is None:
        for rule in RULES:
            print(f"{rule.code}  {rule.severity:<8} {rule.name}")
        return CLEAN
    rule = find_rule(options.rule)
    if rule is None:
        raise ConfigError(f"there is no rule {options.rule!r} (`papernotes explain` lists them)")
    print(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.page}")
    return CLEAN
