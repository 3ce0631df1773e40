"""A guarded map itself, not a copy, is returned.

## What it finds

A guarded map itself, not a copy, is returned.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML405 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "escape")


RULE = Rule("ML405", "guarded-map-escapes", "race", Level.WARNING, __doc__, check)
