"""A map reached from a package variable grows at run time and nothing removes from it.

## What it finds

A map in a package variable, directly or inside a struct, a pointer or another map, that gets new keys while
the program runs, and that no code of the module deletes from, clears, replaces or holds to a length. All
packages of the module are searched, through aliases, parameters, methods and closures.

Inserts at start-up, under keys that the program text decides (constants, enumerations, types), and of keys
that the map has already are not growth. The confidence rises with what the key is (a request, an address, a
counter), with who reaches the insert, and with signs that a removal was meant.

## Why it matters

A package variable lives as long as the process, and a map keeps every key and value until it is deleted.
Memory rises with the traffic until the process is killed. The garbage collector cannot help: everything is
reachable.

`delete` makes a key and its value collectable, and its slot is used again; it does not shrink the table
itself. A map from which as much is deleted as inserted is steady.

## Example

From `corpus/ml101/bad_inc_dec`, which counts uploads by client and keeps clients that have none left:

```go
var (
    mu       sync.Mutex
    inFlight = map[string]int{} // ML101
)

func leave(client string) {
    mu.Lock()
    defer mu.Unlock()
    inFlight[client]--
}
```

Its twin `corpus/ml101/good_inc_dec`:

```go
func leave(client string) {
    mu.Lock()
    defer mu.Unlock()
    inFlight[client]--
    if inFlight[client] == 0 {
        delete(inFlight, client)
    }
}
```

## How to fix

Delete the entry where what it stands for ends: the request, the connection, the job. Where nothing ends, as
in a cache, bound the map: refuse or evict at a size, or replace the map from time to time.

## What it cannot see

A removal anywhere in the module counts, even if it never runs or misses keys. A comparison of `len` with a
limit before the insert counts as a cap. Removals by reflection, by `unsafe`, or in another module that was
handed the map are not seen; the last two make a finding wrong.

Keys are followed back through parameters, fields and results for some steps, then they are unknown. A set
of keys that only the deployment closes, such as the hosts in a configuration, can be reported.

## How to silence

Write `//maplint:ignore ML101 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import unbounded


def check(scope: Pass) -> Iterator[Draft]:
    """The unbounded sites of this kind."""
    yield from unbounded(scope, kind="package-var", sync_map=False)


RULE = Rule("ML101", "unbounded-package-map", "growth", Level.WARNING, __doc__, check)
