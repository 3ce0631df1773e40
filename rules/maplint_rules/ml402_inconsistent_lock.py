"""A map guarded by a lock elsewhere is written without that lock.

## What it finds

A write (an insert, a delete, `clear`, a new map assigned) without the lock that guards the map, or under
another one. A lock guards a map when writes of the map hold it elsewhere; one of the same struct is
believed at the first sight, one from further away when most accesses hold it.

Locks that callers hold count, and so do helpers that lock, deferred unlocks, unlocking on one branch, and
closures that run later without. Writes before the object is shared, in constructors and in set-up, are left
alone.

## Why it matters

A lock works only if everybody takes it. The one write that does not collides with all the others: lost
entries, or `fatal error: concurrent map writes`, which ends the process and cannot be recovered.

## Example

From `corpus/ml402/bad_missing_lock`, where the other methods lock:

```go
func (s *Sessions) Close(user string) {
    delete(s.lastSeen, user) // ML402
}
```

Its twin `corpus/ml402/good_missing_lock`:

```go
func (s *Sessions) Close(user string) {
    s.mu.Lock()
    defer s.mu.Unlock()
    delete(s.lastSeen, user)
}
```

## How to fix

Take the lock around the write, in the caller if the function is a helper of locked code. After looking
something up under `RLock`, take `Lock` and look again before inserting: between the two others may have
written.

## What it cannot see

That an unlocked write can never meet another goroutine for a reason outside the code that was followed: a
channel, a protocol, a start-up phase that callers in other modules keep to. A function whose name or
comment says that the caller holds the lock is believed.

Locks are told apart by where they are declared, and by object as far as variables, parameters and fields
show it; two objects out of one slice or map are taken for the same.

## How to silence

Write `//maplint:ignore ML402 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "inconsistent")


RULE = Rule("ML402", "inconsistent-lock", "race", Level.ERROR, __doc__, check)
