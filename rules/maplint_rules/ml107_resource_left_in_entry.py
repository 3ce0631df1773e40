"""An entry is removed while its value still holds something to stop, cancel or close.

## What it finds

A `delete` from a long-lived map whose values are, or directly hold, a timer, a ticker, a cancel function, a
connection, a file, a channel that the program closes, or a type of the analysed code with a method such as
`Close` or `Stop`, where nothing around the removal ends the value or hands it to somebody who may. If the
program ends entries of the map elsewhere, at a shutdown for instance, it is sure enough to be shown.

The rule is off unless selected: who owns a value is often settled by convention.

## Why it matters

The map no longer leaks, what the entry stood for does. A timer keeps its function and all that this captures
until it fires, a context stays a child of its parent, a goroutine waits on a channel that nobody closes.

## Example

From `corpus/ml107/bad_cancel`, where a search ends:

```go
delete(s.searches, id) // ML107
```

Its twin `corpus/ml107/good_cancel`:

```go
s.searches[id]()
delete(s.searches, id)
```

## How to fix

Stop, cancel or close the value before the entry goes, in one helper that does both, so that every removal
does. A cancel function may be called twice.

## What it cannot see

A value that is ended by whoever made it, through another variable and in another function, looks left. Only
the function of the removal, its callers and what it calls are searched.

## How to silence

Write `//maplint:ignore ML107 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe
from maplint_rules.leak_report import declared, note, of_use, related

if TYPE_CHECKING:
    from maplint.model.left_in import Left
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The removals that leave something running."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.leaks.left_resources.of(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: Left) -> Draft:
    removal = of_use(program, found.removal, "removed here")
    ended = []
    evidence = found.reasons
    if found.elsewhere is not None:
        function, call = found.elsewhere
        ended = [note(program, function, call.pos, call.end, "an entry is ended here")]
        evidence = (*evidence, f"{short(function.symbol)} does end entries of it")
    who = short(found.removal.function.symbol)
    return Draft(
        place=removal.place,
        symbol=found.site.symbol,
        message=f"{who} removes an entry of {describe(found.site)} without ending what it holds.",
        confidence=found.confidence,
        related=related(removal, (*ended, declared(program, found.site))),
        evidence=evidence,
        fixes=(Fix(f"End it before the entry goes: {found.ended_by}."),),
    )


RULE = Rule("ML107", "resource-left-in-entry", "growth", Level.NOTE, __doc__, check, default=False)
