"""The one place that knows both the engine and the built-in rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maplint.rule import Rule


def catalogue() -> tuple[Rule, ...]:
    """Every rule that this installation has, sorted by id."""
    from maplint_rules import RULES

    return tuple(sorted(RULES, key=lambda rule: rule.id))
