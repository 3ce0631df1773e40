"""Entries leave by age alone, so traffic decides how many there are.

## What it finds

A long-lived map that gets keys from outside, from which every removal asks for the age of an entry or is made
by a timer, and in which no insert or removal asks how many entries there are.

The rule is off unless selected: for most services, what arrives within one lifetime of an entry is bounded
well enough.

## Why it matters

The map holds all that came within the time to live. Where a key costs the sender nothing, such as an address,
a nonce or a session that nobody has logged in to, whoever wants to can fill the memory within that time.

## Example

From `corpus/ml110/bad_nonces`, which remembers nonces for an hour:

```go
expires map[string]int64 // ML110
n.expires[nonce] = time.Now().Add(time.Hour).Unix()
```

Its twin `corpus/ml110/good_nonces`:

```go
if len(n.expires) >= 1000 {
    return errBusy
}
n.expires[nonce] = time.Now().Add(time.Hour).Unix()
```

## How to fix

Refuse or evict at a number of entries as well, or use a cache with both a size and an expiry.

## What it cannot see

Whether something in front of the map, such as a rate limit, bounds what arrives. An age that is compared
through helpers is told by names such as `expired` or `ttl`.

## How to silence

Write `//maplint:ignore ML110 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe
from maplint_rules.leak_report import declared, of_use, related

if TYPE_CHECKING:
    from maplint.model.aging import Aging
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The maps that time alone empties."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.leaks.aging_maps.of(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: Aging) -> Draft:
    site = found.site
    here = declared(program, site)
    removals = [of_use(program, use, "removed by age here") for use in found.removals]
    fills = [of_use(program, use, "inserted here") for use in found.fills]
    who = short(found.removals[0].function.symbol)
    return Draft(
        place=here.place,
        symbol=site.symbol,
        message=f"{describe(site)} loses entries by age alone, in {who}, and nothing bounds how many there are.",
        confidence=found.confidence,
        related=related(here, (*removals, *fills)),
        evidence=found.reasons,
        fixes=(Fix("Refuse or evict at a number of entries as well."),),
    )


RULE = Rule("ML110", "age-only-eviction", "growth", Level.NOTE, __doc__, check, default=False)
