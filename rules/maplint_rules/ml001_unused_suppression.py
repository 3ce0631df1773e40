"""A comment suppresses a finding that is not there.

## What it finds

A comment that names maplint or one of its rules and hides nothing: no finding of that rule stands on its
line, on the line below, or speaks of the map declared there. Words that maplint does not know as a rule are
named too, and so is a comment that cannot work as it is written, such as a `//lint:ignore` without a
reason.

It speaks only of rules that ran to their end over that package, and never of a bare `//nolint`, which may
be meant for another linter.

## Why it matters

The fault it once excused is gone, or it never worked because of a slip in the id. Either way it tells
readers of a danger that is not there, and it will hide the next real finding on that line.

## Example

```go
package main

import "fmt"

//maplint:ignore ML101 filled from the request until last spring
var codes = map[string]int{"ok": 0, "failed": 1} // ML001: nothing inserts into codes any more

func main() { fmt.Println(codes["ok"]) }
```

## How to fix

Remove the comment, or the word that the message names where the comment speaks of other rules or linters
too. Correct the id where it was a slip.

## What it cannot see

Whether the reason still holds: a comment that hides a finding is taken to be meant. Comments for rules that
were not selected in this run are left alone.

## How to silence

Name the rule on the line above: `//maplint:ignore ML001 reason`. Neither `ALL` nor `//nolint:maplint` hides
it, since every unused comment would then hide its own finding. `--ignore ML001` turns it off.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.finding import Level
from maplint.rule import Draft, Pass, Rule


def check(scope: Pass) -> Iterator[Draft]:
    """Nothing: the engine alone knows what suppressions did."""
    yield from ()


RULE = Rule("ML001", "unused-suppression", "meta", Level.NOTE, __doc__, check)
