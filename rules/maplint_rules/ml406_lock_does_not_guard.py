"""The lock held is a copy or a local of each call and guards nothing.

## What it finds

An access of a shared map under a mutex that no other goroutine can hold: the mutex of a value receiver or
of a struct passed, assigned or ranged over by value, a mutex that is a parameter by value, a local of the
function, or made anew by each call.

## Why it matters

A copied mutex is another mutex, while a copied map header is the same map. Each call locks its own copy,
all of them enter at once, and the map is as unprotected as without a lock: `fatal error: concurrent map
writes`. The code reads as if it were safe.

`go vet` reports many of the copies (copylocks), though not locals and mutexes made by each call, and not
which data is left without a guard.

## Example

From `corpus/ml406/bad_value_receiver`:

```go
func (c Counter) Add(o outcome, n int) {
    c.mu.Lock()
    defer c.mu.Unlock()
    c.counts[o] += n // ML406
}
```

Its twin `corpus/ml406/good_value_receiver`:

```go
func (c *Counter) Add(o outcome, n int) {
    c.mu.Lock()
    defer c.mu.Unlock()
    c.counts[o] += n
}
```

## How to fix

Let all users share one mutex: a pointer receiver, a pointer to the struct in maps, slices and parameters,
or a mutex declared beside the map. Never copy a struct that has a mutex after its first use.

## What it cannot see

Copies that another module makes, or that are made by reflection or through an interface. Whether several
goroutines really call the function is not asked: a lock that is taken says that they do.

## How to silence

Write `//maplint:ignore ML406 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "copied-lock")


RULE = Rule("ML406", "lock-does-not-guard", "race", Level.ERROR, __doc__, check)
