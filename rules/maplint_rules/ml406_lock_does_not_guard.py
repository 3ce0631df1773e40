"""The lock held is a copy or a local of each call and guards nothing.

## What it finds

The lock held is a copy or a local of each call and guards nothing.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML406 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "copied-lock")


RULE = Rule("ML406", "lock-does-not-guard", "race", Level.ERROR, __doc__, check)
