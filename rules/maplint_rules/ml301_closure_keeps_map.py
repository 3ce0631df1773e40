"""A closure that outlives its function keeps a whole map alive though it needs little of it.

## What it finds

A closure that outlives its function keeps a whole map alive though it needs little of it.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML301 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.closure_report import retained


def check(scope: Pass) -> Iterator[Draft]:
    """The literals that outlive their function and need little of a map they capture."""
    program = scope.program
    for site in program.sites_of(scope.package.import_path):
        for found in program.retentions.retained(site):
            yield retained(program, found)


RULE = Rule("ML301", "closure-keeps-map", "closure", Level.WARNING, __doc__, check)
