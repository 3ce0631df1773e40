"""Keys never equal an earlier one, so their entries are never met again.

## What it finds

A long-lived map or `sync.Map` that gets keys while the program runs of which no two are equal, and from which
nothing that meets them is removed:

- pointers and channels that are made anew for each insert, also inside an interface, and `*http.Request`
- readings of the clock: a `time.Time` with its monotonic part
- floating-point numbers that may be NaN, since they are parsed or computed by functions that give it

A registry that deletes by the very pointer it was given is fine. A deletion under a key that is itself made
anew, such as `delete(m, time.Now().Add(-window))`, meets nothing and does not count.

## Why it matters

Such a map looks like a cache or an index and works as a list that only grows. A pointer key also keeps what
it points to alive: a request with its body, headers and context. NaN is the worst of them, since neither
`delete` nor an assignment can ever reach its entry; only `clear` does.

## Example

From `corpus/ml104/bad_clock_reading`, which wants to forget what is old:

```go
arrivals chan int
sizes    map[time.Time]int // ML104
func (m *meter) forget(old time.Time) {
    delete(m.sizes, old)
}
```

Its twin `corpus/ml104/good_clock_reading`:

```go
func (m *meter) forget(old time.Time) {
    for at := range m.sizes {
        if at.Before(old) {
            delete(m.sizes, at)
        }
    }
}
```

## How to fix

Key by what identifies the thing: its id, its name, a struct of values. For times use `UnixNano()`, or a value
that was cut by `Truncate`. Refuse NaN before the insert. Where the pointer is the right key, delete it when
its time is over.

## What it cannot see

A key is followed through locals and parameters, not through fields, so that a time stored in a struct and
used as a key later is missed. Pointers to pooled objects come again, and are not told from others unless
their type is known. Structs that hold a `time.Time` among other fields are not looked into unless the
literal stands at the insert.

## How to silence

Write `//maplint:ignore ML104 reason` on the line, on the line above, or on the declaration of the map;
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
    from maplint.model.never_equal import Unequal
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The growing maps whose keys never equal each other."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.leaks.unequal_keys.of(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: Unequal) -> Draft:
    site = found.site
    here = declared(program, site)
    insert = of_use(program, found.use, "inserted here")
    removals = [of_use(program, use, "this meets no such key") for use in found.removals]
    who = short(found.use.function.symbol)
    return Draft(
        place=here.place,
        symbol=site.symbol,
        message=f"{describe(site)} gets keys that never equal another: {who} inserts under {found.what}.",
        confidence=found.confidence,
        related=related(here, (insert, *removals)),
        flows=((here, insert),),
        evidence=(*found.reasons, "no removal that such a key can meet was found in the analysed code"),
        fixes=(Fix(_advice(found)),),
    )


def _advice(found: Unequal) -> str:
    if found.is_nan:
        return "Key by the text or by an integer, or refuse NaN before the insert."
    if "clock" in found.what:
        return "Key by an integer such as UnixNano(), and delete what is old."
    return "Key by what identifies the thing, such as its id, or delete the entry when its time is over."


RULE = Rule("ML104", "never-equal-key", "growth", Level.WARNING, __doc__, check)
