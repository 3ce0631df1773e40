"""A map is written while only the read lock is held.

## What it finds

An insert, a delete or another write of a map between `RLock` and `RUnlock` of the `sync.RWMutex` that
guards it, also in a helper whose callers hold only the read lock, and with the `sync.Locker` that `RLocker`
returns.

## Why it matters

Any number of goroutines hold a read lock at the same time. Two of them that write make the map inconsistent
or end the process with `fatal error: concurrent map writes`. It often hides in code that looks like a read:
counting hits, filling a cache on a miss, deleting what has expired.

## Example

From `corpus/ml403/bad_count`:

```go
func (s *Stats) Answered(status int) {
    s.mu.RLock()
    s.answers[class(status/100)]++ // ML403
    s.mu.RUnlock()
}
```

Its twin `corpus/ml403/good_count`:

```go
func (s *Stats) Answered(status int) {
    s.mu.Lock()
    s.answers[class(status/100)]++
    s.mu.Unlock()
}
```

## How to fix

Take `Lock`. To keep reads cheap, read under `RLock`, release it, take `Lock`, look again, and write; a lock
cannot be upgraded in place. Counters can be atomic values that the map points to.

## What it cannot see

Writes of what an entry points to, which the read lock does not protect either. Locks of kinds it does not
know: it knows those of `sync` and of some well-known modules, and types that embed or wrap them.

## How to silence

Write `//maplint:ignore ML403 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "read-lock")


RULE = Rule("ML403", "write-under-read-lock", "race", Level.ERROR, __doc__, check)
