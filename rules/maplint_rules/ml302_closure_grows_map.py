"""A closure that outlives its function grows a captured map that nothing bounds.

## What it finds

A closure that outlives its function grows a captured map that nothing bounds.

## Why it matters

TEXT

## Example

TEXT

## How to fix

TEXT

## What it cannot see

TEXT

## How to silence

Write `//maplint:ignore ML302 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.closure_report import grown


def check(scope: Pass) -> Iterator[Draft]:
    """The literals that outlive their function and grow a map they capture."""
    program = scope.program
    for site in program.sites_of(scope.package.import_path):
        found = program.closures.grown(site)
        if found is not None:
            yield grown(program, found)


RULE = Rule("ML302", "closure-grows-map", "closure", Level.WARNING, __doc__, check)
