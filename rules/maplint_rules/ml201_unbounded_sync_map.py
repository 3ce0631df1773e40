"""A long-lived sync.Map is stored into and never cleaned.

## What it finds

A long-lived sync.Map is stored into and never cleaned.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML201 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import unbounded


def check(scope: Pass) -> Iterator[Draft]:
    """The unbounded sites of this kind."""
    yield from unbounded(scope, kind="", sync_map=True)


RULE = Rule("ML201", "unbounded-sync-map", "sync-map", Level.WARNING, __doc__, check)
