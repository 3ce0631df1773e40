"""A map guarded by a lock elsewhere is written without that lock.

## What it finds

A map guarded by a lock elsewhere is written without that lock.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML402 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "inconsistent")


RULE = Rule("ML402", "inconsistent-lock", "race", Level.ERROR, __doc__, check)
