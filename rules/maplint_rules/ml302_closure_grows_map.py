"""A closure that outlives its function grows a captured map that nothing bounds.

## What it finds

A func literal that is kept after its function returned, such as a handler, a middleware, a memoised
function, a callback or a goroutine, and that inserts new keys into a map captured from the enclosing
function. No code that shares the variable deletes from it, clears it, replaces it or holds it to a length.

Only captured locals are its business: a package variable or field that grows inside a closure is ML101 or
ML102.

## Why it matters

A captured map looks local, but it lives as long as the closure, for a handler as long as the server. It has
no name outside the function, so nobody else can ever clean it.

## Example

From `corpus/ml302/bad_middleware`, a rate limiter made of one function:

```go
func limit(next http.Handler) http.Handler {
    var mu sync.Mutex
    seen := make(map[string]int)
    return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // ML302
        mu.Lock()
        seen[r.RemoteAddr]++
        n := seen[r.RemoteAddr]
        mu.Unlock()
```

Its twin `corpus/ml302/good_middleware` starts anew when the map is full:

```go
        mu.Lock()
        if len(seen) >= maxClients {
            clear(seen)
        }
        seen[r.RemoteAddr]++
        n := seen[r.RemoteAddr]
        mu.Unlock()
```

## How to fix

Bound the map inside the closure, by a size or by deleting where the event that an entry waits for happens.
When it needs a clean-up of its own, make it a field of a struct with a method that removes.

## What it cannot see

Whether the closure is really called more than once, where another module keeps it: that is known for the
standard library and for well-known modules alone. Maps that reach the closure inside a struct are judged as
fields of that struct.

## How to silence

Write `//maplint:ignore ML302 reason` on the line, on the line above, or on the declaration of the map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.closure_report import grown


def check(scope: Pass) -> Iterator[Draft]:
    """The literals that outlive their function and grow a map they capture."""
    program = scope.program
    for site in program.sites_of(scope.package.import_path):
        found = program.closures.grown(site)
        if found is not None:
            yield grown(program, found)


RULE = Rule("ML302", "closure-grows-map", "closure", Level.WARNING, __doc__, check)
