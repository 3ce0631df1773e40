"""An insert whose removal is skipped on some way out of the function.

## What it finds

A function that puts an entry in a long-lived map and removes the same key again, itself, by a helper or by a
literal inside it, and that has a way out on which the entry stays: a return for an error or a time-out, a
`continue`, a panic, or a `defer` of the removal that stands behind such a return. Either the main way removes
the entry, or other failures do and one of them does not.

Ways on which the entry's own channel was answered, on which a condition says that the key is gone, and on
which a call removes entries of that map are not reported.

## Why it matters

Error paths run rarely, so nobody sees the entry that each of them leaves. It adds up over weeks, and the
stale entry does harm of its own: the next call with that id finds it and believes that work is under way.

## Example

From `corpus/ml105/bad_send_error`, an RPC client:

```go
c.pending[id] = reply // ML105
c.mu.Unlock()
if err := c.send(id); err != nil {
    return "", err
}
```

Its twin `corpus/ml105/good_send_error`:

```go
if err := c.send(id); err != nil {
    c.forget(id)
    return "", err
}
```

## How to fix

Defer the removal right behind the insert. Where the entry has to stay on success, remove it on each failure,
or insert it behind the last step that can fail.

## What it cannot see

The key has to be written the same way, as a variable or field path. Where the removal stands in another
function alone, a failure right behind the insert is reported with low confidence. A call that may remove any
entry of the map counts as the removal. Whether an error can happen at all is not asked.

## How to silence

Write `//maplint:ignore ML105 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level, Note
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe
from maplint_rules.leak_report import declared, deletion, note, of_use, related

if TYPE_CHECKING:
    from maplint.model.exits import Exit
    from maplint.model.missed import Missed
    from maplint.model.program import Program


def check(scope: Pass) -> Iterator[Draft]:
    """The inserts whose removal some way out of the function misses."""
    for site in scope.program.sites_of(scope.package.import_path):
        for found in scope.program.leaks.missed_removals.of(site):
            yield _draft(scope.program, found)


def _draft(program: Program, found: Missed) -> Draft:
    site = found.site
    insert = of_use(program, found.use, "inserted here")
    exits = [_left(program, found, exit) for exit in found.exits]
    function = found.use.function
    removals = [note(program, where, one.pos, one.end, "removed here") for where, one in found.removals]
    line = exits[0].place.line
    who = short(function.symbol)
    how = "fails" if found.exits[0].fails else "leaves"
    return Draft(
        place=insert.place,
        symbol=site.symbol,
        message=f"{who} {how} in line {line} without removing what it put in {describe(site)}.",
        confidence=found.confidence,
        related=related(insert, (*exits, *removals, declared(program, site))),
        flows=((insert, exits[0]),),
        evidence=(*found.reasons, _removed(found, removals[0])),
        fixes=(Fix(f"Remove the entry on this way too, or defer the removal: {deletion(site)}."),),
    )


def _removed(found: Missed, first: Note) -> str:
    if found.is_own:
        return f"another way removes the key in line {first.place.line}"
    return f"{short(found.removals[0][0].symbol)} removes such entries"


def _left(program: Program, found: Missed, exit: Exit) -> Note:
    function = found.use.function
    if exit.instruction is None:
        return note(
            program, function, function.pos, function.end, "leaves at its end with the entry in the map"
        )
    pos = exit.instruction.pos
    return note(program, function, pos, pos + len("return"), "leaves here with the entry in the map")


RULE = Rule("ML105", "missed-removal", "growth", Level.WARNING, __doc__, check)
