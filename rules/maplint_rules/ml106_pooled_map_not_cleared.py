"""An object goes back to a sync.Pool with a map that was not cleared.

## What it finds

A `Put` of a map, or of a pointer to a struct with a map in it, into a `sync.Pool` from which the program also
gets, where the map is filled under keys that the program text does not decide, and where nothing clears or
replaces it: not the function that puts, not the one that gets, not their callers, and nothing that these call.

## Why it matters

The next user of the object finds the entries of the last one. That is a fault of its own, since data of one
request show up in another, and the map grows as long as the object goes round. A pool is emptied by the
garbage collector when it lies idle, so the growth shows under load alone.

## Example

From `corpus/ml106/bad_scratch_struct`, which resets a counter and not the map:

```go
s.total = 0
pool.Put(s) // ML106
```

Its twin `corpus/ml106/good_scratch_struct`:

```go
s.total = 0
clear(s.words)
pool.Put(s)
```

## How to fix

Call `clear(m)` before the `Put`, best in a reset method beside the type. Replace the map, or drop the object,
if one use can make it large: `clear` keeps the table.

## What it cannot see

Any deletion of single keys from the map makes the rule silent, and so does a clear that runs on some ways
only. Pools that are not a `sync.Pool`, and those behind a generic wrapper, are not followed. A cache that is
kept in a pooled object on purpose looks the same.

## How to silence

Write `//maplint:ignore ML106 reason` on the line or on the line above.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.leak_report import declared, note, related

if TYPE_CHECKING:
    from maplint.model.pooled import Pooled
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The objects that are put back with a map that nothing clears."""
    for found in scope.program.leaks.pooled_maps.of(scope.package.import_path):
        yield _draft(scope.program, found)


def _draft(program: Program, found: Pooled) -> Draft:
    put = note(program, found.function, found.call.pos, found.call.end, "put back here")
    fills = [note(program, function, op.pos, op.end, "inserted here") for function, op in found.fills]
    gets = [note(program, function, call.pos, call.end, "got here") for function, call in found.gets]
    where = [declared(program, found.site)] if found.site is not None else []
    who = short(found.function.symbol)
    return Draft(
        place=put.place,
        symbol=found.symbol,
        message=f"{who} puts an object back in a pool with map {found.name} as full as it is.",
        confidence=found.confidence,
        related=related(put, (*where, *fills, *gets)),
        flows=((*fills[:1], put, *gets[:1]),),
        evidence=found.reasons,
        fixes=(Fix(f"Clear the map before it goes back: clear({found.name})."),),
    )


RULE = Rule("ML106", "pooled-map-not-cleared", "growth", Level.WARNING, __doc__, check)
