"""The rules: one file each, listed here in the order of their codes."""

from collections.abc import Callable, Iterable

from papernotes.diagnostics import Diagnostic, Rule
from papernotes.inspection import Inspection
from papernotes.rules import (
    bad_slug,
    broken_bib_block,
    broken_front_matter,
    broken_note_link,
    byte_order_mark,
    clashing_alias,
    contradicting_result,
    control_character,
    duplicate_note,
    duplicate_slug,
    empty_topic,
    fact_without_locator,
    foreign_fact,
    ill_typed_field,
    missing_field,
    not_utf_8,
    orphan_note,
    redirect_loop,
    repeated_key,
    shadowing_redirect,
    slug_case_clash,
    uncited_relation,
    unknown_citekey,
    unknown_field,
    unknown_paper,
    unknown_relation_target,
    unknown_topic,
    unreadable_file,
    unreadable_markdown,
    unrecorded_citation,
    unused_ignore,
    updated_before_created,
    windows_line_ends,
)

MODULES = (
    unreadable_file,
    not_utf_8,
    broken_front_matter,
    unreadable_markdown,
    broken_bib_block,
    byte_order_mark,
    windows_line_ends,
    control_character,
    missing_field,
    unknown_field,
    ill_typed_field,
    repeated_key,
    unknown_paper,
    duplicate_note,
    duplicate_slug,
    slug_case_clash,
    bad_slug,
    shadowing_redirect,
    redirect_loop,
    fact_without_locator,
    contradicting_result,
    foreign_fact,
    updated_before_created,
    clashing_alias,
    unused_ignore,
    unknown_citekey,
    broken_note_link,
    unknown_topic,
    orphan_note,
    empty_topic,
    uncited_relation,
    unrecorded_citation,
    unknown_relation_target,
)

Check = Callable[[Inspection], Iterable[Diagnostic]]
CHECKS: tuple[tuple[Rule, Check], ...] = tuple((module.RULE, module.check) for module in MODULES)
RULES: tuple[Rule, ...] = tuple(rule for rule, _ in CHECKS)


def find_rule(name: str) -> Rule | None:
    """The rule of this code or name."""
    return next((rule for rule in RULES if name.upper() == rule.code or name.lower() == rule.name), None)
