"""A long-lived sync.Map is stored into and never cleaned.

## What it finds

A `sync.Map` in a package variable or in a field of a long-lived struct that gets new keys by `Store`,
`LoadOrStore` or `Swap` while the program runs, and on which the module never calls `Delete`,
`LoadAndDelete`, `CompareAndDelete` or `Clear` and which it never replaces. `Range` that deletes inside
counts as a removal; `Range` alone does not.

## Why it matters

The documentation of `sync.Map` recommends it for caches that only grow. That fits a set of keys that ends,
such as types or names in the program. With keys that keep arriving, every entry stays reachable, as in a
plain map, and the memory it takes is that of keys, values and the nodes between them.

It has no `len`, so that nobody notices by a gauge.

## Example

From `corpus/ml201/bad_range_only`, which skips silent listeners while it walks over them:

```go
listeners sync.Map // ML201

func (x *exchange) tell(price int) func(url, l any) bool {
    return func(url, l any) bool {
        if price-l.(listener).joined > patience {
            return true
        }
```

Its twin `corpus/ml201/good_range_only`:

```go
        if price-l.(listener).joined > patience {
            x.listeners.Delete(url)
            return true
        }
```

## How to fix

Call `Delete` where what the key stands for ends, or inside a `Range` that runs from time to time.
`CompareAndDelete` removes an entry only if it is still the one that was seen. Where entries must be counted
or evicted by age, a plain map under a mutex is simpler.

## What it cannot see

Any removal in the module counts, even if it never runs or misses keys. Entries that are emptied through the
pointer they hold are not removals. Maps of other packages that are called like `sync.Map`, sharded or
typed, are seen only where the analysed code declares them around a `sync.Map`.

## How to silence

Write `//maplint:ignore ML201 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import unbounded


def check(scope: Pass) -> Iterator[Draft]:
    """The unbounded sites of this kind."""
    yield from unbounded(scope, kind="", sync_map=True)


RULE = Rule("ML201", "unbounded-sync-map", "sync-map", Level.WARNING, __doc__, check)
