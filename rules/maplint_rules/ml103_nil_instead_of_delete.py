"""An entry is set to nil or zero in place of being deleted, so its key stays.

## What it finds

An entry is set to nil or zero in place of being deleted, so its key stays.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML103 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule


def check(scope: Pass) -> Iterator[Draft]:
    """Nothing: the engine alone knows what suppressions did."""
    yield from ()


RULE = Rule("ML103", "nil-instead-of-delete", "growth", Level.WARNING, __doc__, check)
