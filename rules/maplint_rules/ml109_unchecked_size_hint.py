"""A map is made for as many entries as somebody outside the program says.

## What it finds

`make(map[K]V, n)` where `n` comes from outside and is not compared with anything but zero or one before: a
number parsed from a request, decoded from bytes (`binary.Uvarint`, `ByteOrder.Uint32`, `binary.Read`), or a
field of a struct that a request is decoded into. It is followed through locals, parameters, results, fields
and arithmetic. `min`, a mask, a remainder, a type of at most 16 bits and a function that compares what it is
given all bound it.

## Why it matters

The size is no promise but an order: `make` sets up the whole table before the first entry is read. Twelve
bytes that say "two hundred million entries follow" cost the server gigabytes, and do so for everybody who can
send them.

## Example

From `corpus/ml109/bad_form_value`, which believes the request:

```go
if err != nil || size < 0 {
    http.Error(w, "how many?", http.StatusBadRequest)
    return
}
results := make(map[string]int, size) // ML109
```

Its twin `corpus/ml109/good_form_value`:

```go
if err != nil || size < 0 || size > 1000 {
    http.Error(w, "how many?", http.StatusBadRequest)
    return
}
results := make(map[string]int, size)
```

## How to fix

Refuse the number beyond a limit, take `min(n, limit)`, bound it by the bytes that are left to read, or leave
the size out: a map grows by itself at little cost.

## What it cannot see

A comparison of the number anywhere before the `make` counts as a limit, whatever it says. A bound that
follows from the length of a buffer which was read in full is not understood. Numbers from files look like
those from the network.

## How to silence

Write `//maplint:ignore ML109 reason` on the line or on the line above.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplint.finding import Fix, Level
from maplint.model.naming import short
from maplint.rule import Draft, Pass, Rule
from maplint_rules.leak_report import note

if TYPE_CHECKING:
    from maplint.model.program import Program
    from maplint.model.size_hints import Hint


def check(scope: Pass) -> Iterator[Draft]:
    """The maps made for as many entries as a stranger says."""
    for found in scope.program.leaks.size_hints.of(scope.package.import_path):
        yield _draft(scope.program, found)


def _draft(program: Program, found: Hint) -> Draft:
    made = note(program, found.function, found.made.pos, found.made.pos + len("make"), "made here")
    return Draft(
        place=made.place,
        symbol=found.symbol,
        message=f"{short(found.function.symbol)} makes a map for as many entries as {found.what} says.",
        confidence=found.confidence,
        evidence=found.reasons,
        fixes=(Fix("Refuse or cut down a number beyond a limit before the make, or leave the size out."),),
    )


RULE = Rule("ML109", "unchecked-size-hint", "growth", Level.WARNING, __doc__, check)
