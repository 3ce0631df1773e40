"""A map is accessed by code that runs in several goroutines at once, with no lock anywhere.

## What it finds

Two accesses of one map, at least one of them a write, that can run at the same time, where no write of
that map holds a lock that would keep others out; where readers hold one it is less sure. Code runs at the
same time in handlers, methods that answer gRPC calls, goroutines started in a loop, in a goroutine beside
the function that started it, and in timers and callbacks. The related places show the other access and the
`go` statement or registration.

Where nobody is seen to call it, a look-up that inserts what is missing counts as concurrent too: of a package
variable of a library and, with low confidence, of a field of a type that has a lock for something else or lives in a
package variable.

## Why it matters

Maps are not safe for concurrent use. The runtime looks for it on a best effort, and when it sees two at
once it ends the process with `fatal error: concurrent map writes` (or `concurrent map read and map write`,
or `concurrent map iteration and map write`), which `recover` cannot stop. When it does not see it, entries
are lost or wrong.

The race detector finds it only in a run in which it happens.

## Example

From `corpus/ml401/bad_handler`; a server calls its handlers in a goroutine for each connection:

```go
var visits = map[string]int{"login": 0, "logout": 0}

func login(w http.ResponseWriter, r *http.Request) {
    visits["login"]++ // ML401
    w.WriteHeader(http.StatusNoContent)
}
```

Its twin `corpus/ml401/good_handler`:

```go
func login(w http.ResponseWriter, r *http.Request) {
    visitsMu.Lock()
    visits["login"]++
    visitsMu.Unlock()
    w.WriteHeader(http.StatusNoContent)
}
```

## How to fix

Put a mutex beside the map and take it at every access, reads too. Or let one goroutine own the map and send
it requests through a channel; or build the map before anything else runs and never write it again.

## What it cannot see

Order that comes from elsewhere: messages on channels, an atomic flag, or a protocol that never lets the
two meet. Waits (`Wait`, a receive) are seen in the function that started the goroutine. How another module
runs a callback is known for the standard library and for well-known modules alone.

Two fields of one type are taken for one map where nothing tells the objects apart. What is in the entries,
such as a struct behind a pointer, is not looked at.

## How to silence

Write `//maplint:ignore ML401 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.race_report import violations


def check(scope: Pass) -> Iterator[Draft]:
    """The accesses of this kind."""
    yield from violations(scope, "unguarded")


RULE = Rule("ML401", "concurrent-map-access", "race", Level.ERROR, __doc__, check)
