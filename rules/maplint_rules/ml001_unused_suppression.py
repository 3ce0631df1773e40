"""A comment suppresses a finding that is not there.

## What it finds

A comment suppresses a finding that is not there.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML001 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule


def check(scope: Pass) -> Iterator[Draft]:
    """Nothing: the engine alone knows what suppressions did."""
    yield from ()


RULE = Rule("ML001", "unused-suppression", "meta", Level.NOTE, __doc__, check)
