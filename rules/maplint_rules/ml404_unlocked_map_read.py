"""A guarded map is read without its lock while others write it.

## What it finds

A guarded map is read without its lock while others write it.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML404 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "unlocked-read")


RULE = Rule("ML404", "unlocked-map-read", "race", Level.ERROR, __doc__, check)
