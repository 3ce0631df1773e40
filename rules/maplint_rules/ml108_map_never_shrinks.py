"""A long-lived map is emptied after a peak and keeps the table that the peak needed.

## What it finds

A long-lived map that gets keys from outside or under names of things that come and go, that is emptied as a
whole, by `clear` or by deleting in a loop over it, and that is never replaced by a new one. Loops that delete
one entry and leave, and maps whose length is compared, are left out.

The rule is off unless selected: a map that is filled to the same size each time does well to keep its table.

## Why it matters

Neither `delete` nor `clear` gives the memory of a map's table back, before Go 1.24 and since. One burst of a
million entries leaves tens of megabytes for good, however few entries there are afterwards. `sync.Map` is
different and gives its nodes back.

## Example

From `corpus/ml108/bad_burst_cleared`, which writes a report:

```go
lines map[string]int // ML108
written := len(r.lines)
clear(r.lines)
```

Its twin `corpus/ml108/good_burst_cleared`:

```go
written := len(r.lines)
r.lines = map[string]int{}
```

## How to fix

Assign a new map where the old one is emptied, perhaps only if it was large. A map of pointers has a smaller
table than one of large values.

## What it cannot see

How large the peak is. A map that slowly loses its entries one by one is not reported, although it keeps its
table as well.

## How to silence

Write `//maplint:ignore ML108 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe
from maplint_rules.leak_report import declared, of_use, related

if TYPE_CHECKING:
    from maplint.model.kept_tables import KeptTable
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The maps that are emptied as a whole and never replaced."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.leaks.kept_tables.of(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: KeptTable) -> Draft:
    site = found.site
    here = declared(program, site)
    emptied = of_use(program, found.emptied, "emptied here")
    fills = [of_use(program, use, "inserted here") for use in found.fills]
    who = short(found.emptied.function.symbol)
    return Draft(
        place=here.place,
        symbol=site.symbol,
        message=f"{describe(site)} keeps the table of its peak: {who} empties it and nothing replaces it.",
        confidence=found.confidence,
        related=related(here, (emptied, *fills)),
        evidence=found.reasons,
        fixes=(Fix(f"Replace it where it is emptied: {site.name} = make(...)."),),
    )


RULE = Rule("ML108", "map-never-shrinks", "growth", Level.NOTE, __doc__, check, default=False)
