"""A map is accessed by code that runs in several goroutines at once, with no lock anywhere.

## What it finds

A map is accessed by code that runs in several goroutines at once, with no lock anywhere.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML401 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "unguarded")


RULE = Rule("ML401", "concurrent-map-access", "race", Level.ERROR, __doc__, check)
