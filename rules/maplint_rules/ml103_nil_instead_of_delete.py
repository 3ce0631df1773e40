"""An entry is set to nil or zero in place of being deleted, so its key stays.

## What it finds

An assignment of `nil`, `false`, zero, an empty string, slice, map or struct to an entry of a long-lived map
that gets new keys while the program runs and from which nothing deletes. A zero may also be a first value
or a state like others, so something has to say that the entry is dropped: it was read just before, what was
in it is closed, or the function is called `remove`, `close`, `logout` and the like.

## Why it matters

Assigning nil frees what the value pointed to and nothing else. The key and the slot stay: `len` counts
them, `range` visits them, and `_, ok := m[k]` says yes. With keys that never come back the map grows for
ever, at the rate of keys rather than of values, which is easy to miss in a heap profile.

## Example

From `corpus/ml103/bad_nil_pointer`, where a closed stream is overwritten:

```go
if f.fin {
    s.streams[f.stream] = nil // ML103
}
```

Its twin `corpus/ml103/good_nil_pointer`:

```go
if f.fin {
    delete(s.streams, f.stream)
}
```

## How to fix

Call `delete(m, k)`. If a nil entry means something of its own, such as "seen and closed", keep such marks
apart and bound them by time or number.

## What it cannot see

A zero value that is computed or comes from a call, and one that is written through a pointer kept in the
map. Whether a zero is a mark with a meaning is judged by what else is done to the map, and can be
misjudged. A `delete` of the map anywhere in the module makes the rule silent, even if it takes other keys.

## How to silence

Write `//maplint:ignore ML103 reason` on the line, on the line above, or on the declaration of the map;
`//maplint:bounded reason` on the declaration says why it cannot grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level, Note
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.growth_report import describe

if TYPE_CHECKING:
    from maplint.model.emptied import Emptied
    from maplint.model.program import Program
    from maplint.model.sites import Use

_MAX_RELATED = 20


def check(scope: Pass) -> Iterator[Draft]:
    """The assignments of something empty that stand for a deletion."""
    for site in scope.program.sites_of(scope.package.import_path):
        found = scope.program.emptyings.emptied(site)
        if found is not None:
            yield _draft(scope.program, found)


def _draft(program: Program, found: Emptied) -> Draft:
    site, use = found.site, found.use
    written = _note(program, use, f"{found.value} is written here")
    declared = Note(program.declarations[site.symbol], "declared here")
    fills = [_note(program, fill, "inserted here") for fill in found.fills]
    again = [_note(program, other, "the same here") for other in found.others]
    related = {note.place: note for note in (declared, *again, *fills) if note.place != written.place}
    call = f"{site.name}.Delete(key)" if site.is_sync_map else f"delete({site.name}, key)"
    sets = f"{short(use.function.symbol)} sets an entry of {describe(site)} to {found.value}"
    return Draft(
        place=written.place,
        symbol=site.symbol,
        message=f"{sets}, and nothing deletes the key.",
        confidence=found.confidence,
        related=tuple(related.values())[:_MAX_RELATED],
        flows=((declared, *fills[:1], written),),
        evidence=(*found.reasons, "no delete, clear or replacement of it was found in the analysed code"),
        fixes=(Fix(f"Delete the entry where it is dropped: {call}."),),
    )


def _note(program: Program, use: Use, says: str) -> Note:
    return Note(program.place(use.function.path, use.instruction.pos, use.instruction.end), says)


RULE = Rule("ML103", "nil-instead-of-delete", "growth", Level.WARNING, __doc__, check)
