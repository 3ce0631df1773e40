"""A map field of a long-lived struct grows at run time and nothing removes from it.

## What it finds

The same as ML101 for a map that is a field of a struct whose objects live long: they are reached from a
package variable or from main, they own goroutines, a listener or a lock, or they serve requests. It says in
its evidence which of these it saw.

Objects that are made for one request or task, builders, and copies are left alone. Where nothing shows how
long an object lives, the confidence is low and the finding is hidden at default settings.

## Why it matters

Most map leaks that maintainers of Go programs fixed stand in struct fields: the table of a server, a hub, a
cache, a client. The map lives as long as its owner, keeps every key and value, and grows with what arrives.

## Example

From `corpus/ml102/bad_sibling`, a member table with two maps by node:

```go
type cluster struct {
    members  map[string]bool
    lastSeen map[string]time.Time // ML102
    news     chan gossip
}

func (c *cluster) remove(node string) {
    delete(c.members, node)
}
```

Its twin `corpus/ml102/good_sibling` deletes from both:

```go
func (c *cluster) remove(node string) {
    delete(c.members, node)
    delete(c.lastSeen, node)
}
```

## How to fix

Delete the entry in the method that ends what it stands for; where a map beside it is cleaned, that is the
place, and the message names it. A cache needs a size or an expiry that something enforces. If the owner
itself is dropped after a task, let nothing long-lived keep it.

## What it cannot see

The field stands for the maps of all objects of its type: a removal from one of them counts for all. It
counts even if it never runs or misses keys. How long an object lives is judged by its type, so one
short-lived use of a long-lived type is judged with the others.

Removals by reflection, by `unsafe`, or in another module that was handed the map are not seen.

## How to silence

Write `//maplint:ignore ML102 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import unbounded


def check(scope: Pass) -> Iterator[Draft]:
    """The unbounded sites of this kind."""
    yield from unbounded(scope, kind="field", sync_map=False)


RULE = Rule("ML102", "unbounded-field-map", "growth", Level.WARNING, __doc__, check)
