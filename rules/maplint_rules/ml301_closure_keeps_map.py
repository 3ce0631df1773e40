"""A closure that outlives its function keeps a whole map alive though it needs little of it.

## What it finds

A func literal that is kept after its function returned (registered as a callback, stored, sent, returned,
started as a goroutine that goes on) and captures a map of which it needs the length or entries under fixed
keys alone. The map may be big, and lives as long as the closure.

Closures that run before the function returns, or that the function waits for, are left alone, and so are
those that look up keys which only they know.

## Why it matters

A closure captures variables, not values. As long as somebody can call it, everything its variables refer to
is reachable: one number read from a map of a million entries keeps them all. In a profile the memory is
booked where the map was filled, so nothing points to the closure.

## Example

From `corpus/ml301/bad_gauges`, where a gauge of a table keeps the table:

```go
func publish(table string, columns map[string]string) {
    expvar.Publish(table, expvar.Func(func() any { // ML301
        return fmt.Sprintf("%d columns, key of type %s", len(columns), columns[keyColumn])
    }))
}
```

Its twin `corpus/ml301/good_gauges` takes the two values first:

```go
func publish(table string, columns map[string]string) {
    width, key := len(columns), columns[keyColumn]
    expvar.Publish(table, expvar.Func(func() any {
        return fmt.Sprintf("%d columns, key of type %s", width, key)
    }))
}
```

## How to fix

Read what the closure needs into variables of its own before the literal, and use these inside it. The
length is then that of the moment; if it has to be the current one, keep a counter.

## What it cannot see

How big the map gets: one that is filled in a loop or under keys that are no constants is taken to be big.
Structs that hold a map beside what the closure needs, and method values, which keep their receiver. Whether
a callback that another module took is ever dropped again is known for the standard library and for
well-known modules alone.

## How to silence

Write `//maplint:ignore ML301 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.closure_report import retained


def check(scope: Pass) -> Iterator[Draft]:
    """The literals that outlive their function and need little of a map they capture."""
    program = scope.program
    for site in program.sites_of(scope.package.import_path):
        for found in program.retentions.retained(site):
            yield retained(program, found)


RULE = Rule("ML301", "closure-keeps-map", "closure", Level.WARNING, __doc__, check)
