"""A loop over one map deletes its keys from another, and nothing deletes from the first.

## What it finds

A `range` over a map that grows while the program runs, or a `Range` over such a `sync.Map`, in which its keys
are deleted from another map of the same struct, or for package variables of the same package, while nothing
in the module deletes from the map that the loop goes over. It is shown where the entry of that map decides on
the deletion.

## Why it matters

The loop reads like a clean-up and was meant as one. It frees the smaller half: the map that it walks keeps
every key for ever, and each round takes longer than the last.

## Example

From `corpus/ml111/bad_expired_sessions`, which ends idle sessions:

```go
for id, used := range s.sessions {
    if time.Since(used) > idle {
        delete(s.carts, id) // ML111
    }
}
```

Its twin `corpus/ml111/good_expired_sessions`:

```go
for id, used := range s.sessions {
    if time.Since(used) > idle {
        delete(s.sessions, id)
        delete(s.carts, id)
    }
}
```

## How to fix

Delete from the map that the loop goes over; Go allows it during the loop. Keep what belongs to one key in one
struct and one map, and there is nothing to forget.

## What it cannot see

Any removal from the walked map in the module makes the rule silent, even if it takes other keys. Keys that
are collected in a slice first and deleted afterwards are not followed.

## How to silence

Write `//maplint:ignore ML111 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe
from maplint_rules.leak_report import declared, deletion, of_use, related

if TYPE_CHECKING:
    from maplint.model.program import Program
    from maplint.model.strayed import Strayed


def check(scope: Pass) -> Iterator[Draft]:
    """The deletions in a loop over one map that go to another."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.leaks.strayed_removals.of(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: Strayed) -> Draft:
    removal = of_use(program, found.removal, f"deletes from {found.other.name}")
    fills = [of_use(program, use, "inserted here") for use in found.fills]
    here = declared(program, found.site)
    who = short(found.removal.function.symbol)
    kept = describe(found.site)
    return Draft(
        place=removal.place,
        symbol=found.site.symbol,
        message=f"{who} walks {kept} and deletes from {found.other.name}; nothing deletes from {found.site.name}.",
        confidence=found.confidence,
        related=related(removal, (here, declared(program, found.other), *fills)),
        flows=((here, *fills[:1], removal),),
        evidence=found.reasons,
        fixes=(Fix(f"Delete from the map that the loop goes over: {deletion(found.site)}."),),
    )


RULE = Rule("ML111", "delete-from-other-map", "growth", Level.WARNING, __doc__, check)
