"""A guarded map is read without its lock while others write it.

## What it finds

A read of a map without the lock under which it is written elsewhere: an index, a `range`, `len`, or a copy
of its header that is used after the unlock. Which lock guards the map is found as in ML402. Locks that
callers hold count.

## Why it matters

A read beside a write is a race like any other. The runtime may end the process with `fatal error:
concurrent map read and map write`; an iteration may see entries twice or not at all; a length is that of a
map in the middle of growing. Reads are where locks are forgotten: in a log line, in statistics, in the
first look of a double check.

## Example

From `corpus/ml404/bad_range_unlocked`, a vacuum loop that locks only to delete:

```go
func (c *Cache) Vacuum() {
    for key, expires := range c.items { // ML404
        if time.Now().After(expires) {
            c.drop(key)
        }
    }
}
```

Its twin `corpus/ml404/good_range_unlocked`:

```go
func (c *Cache) Vacuum() {
    c.Lock()
    defer c.Unlock()
    for key, expires := range c.items {
        if time.Now().After(expires) {
            c.drop(key)
        }
    }
}
```

## How to fix

Hold the lock, or its read side, for the whole read: the loop, not only its first line. To do slow work on
the entries, copy what is needed under the lock and let go of it.

## What it cannot see

That a read can never meet a write for a reason outside the code that was followed, such as a start-up phase
or a protocol between goroutines. A function whose name or comment says that the caller holds the lock is
believed. What an entry points to is not looked at.

## How to silence

Write `//maplint:ignore ML404 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "unlocked-read")


RULE = Rule("ML404", "unlocked-map-read", "race", Level.ERROR, __doc__, check)
