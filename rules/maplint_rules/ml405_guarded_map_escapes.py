"""A guarded map itself, not a copy, is returned or kept past the critical section.

## What it finds

A function that returns a guarded map, sends it, or stores it somewhere else while the map goes on being
written under its lock. Aliases, structs that carry the map, and iterators over it count. A map that its
owner replaces at the same time is handed over and left alone.

## Why it matters

A map value is a reference: the caller gets the same map. The lock was held while the reference was copied,
and is not held when the caller ranges over it, which then races with every write. The code looks locked, so
reviews miss it.

## Example

From `corpus/ml405/bad_accessor`:

```go
func (b *Broker) Topics() map[string]int {
    b.mu.RLock()
    defer b.mu.RUnlock()
    return b.topics // ML405
}
```

Its twin `corpus/ml405/good_accessor`:

```go
func (b *Broker) Topics() map[string]int {
    b.mu.RLock()
    defer b.mu.RUnlock()
    return maps.Clone(b.topics)
}
```

## How to fix

Return a copy made under the lock (`maps.Clone`, from Go 1.21), or a method that looks up one entry. Where
copies cost too much, never write a map again once it was handed out: build a new one and swap it in.

## What it cannot see

What the receiver does with the map: one that only looks at it before anything else can run is reported too.
A copy is shallow, and the rule is content with it: slices, maps and pointers in the entries are still
shared.

## How to silence

Write `//maplint:ignore ML405 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "escape")


RULE = Rule("ML405", "guarded-map-escapes", "race", Level.WARNING, __doc__, check)
