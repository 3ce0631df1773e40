"""A map is written while only the read lock is held.

## What it finds

A map is written while only the read lock is held.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML403 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "read-lock")


RULE = Rule("ML403", "write-under-read-lock", "race", Level.ERROR, __doc__, check)
