"""Accesses that lack their lock, as the rules tell of them: at most one for each function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from maplint.finding import Confidence
from maplint.model.accesses import Access
from maplint.model.belief import Guard
from maplint.model.callgraph import Edge
from maplint.model.locks import Locks

_ORDER = ("copied-lock", "read-lock", "inconsistent", "unlocked-read", "escape", "unguarded")


class Violation(NamedTuple):
    """An access that lacks its lock."""

    kind: str
    """copied-lock, read-lock, inconsistent, unlocked-read, escape or unguarded."""
    access: Access
    other: Access | None
    """The access that it collides with."""
    guard: Guard | None
    held: Locks
    """What is held in place of the guard."""
    confidence: Confidence
    evidence: tuple[str, ...]
    start: Edge | None = None
    """The `go` statement or registration with which the access's goroutine begins, where that is what tells."""
    other_start: Edge | None = None
    """The same of the other access."""


def as_written(access: Access) -> Access:
    """The access at the operation itself, in a callee where it was found at a call."""
    use = access.use
    instruction = use.instruction
    return access._replace(function=use.function, pos=instruction.pos, end=instruction.end, target=use.target)


def opposite(access: Access, others: list[Access]) -> Access | None:
    """The guarded access that an unguarded one collides with: a write before a read, and one elsewhere."""
    return min(
        others, key=lambda other: (not other.is_write, other.function is access.function), default=None
    )


def one_by_function(found: Iterable[Violation]) -> list[Violation]:
    """One violation for each function: the gravest kind, the first of its places."""
    best: dict[str, Violation] = {}
    for violation in found:
        symbol = violation.access.function.symbol
        known = best.get(symbol)
        if known is None or _rank(violation) < _rank(known):
            best[symbol] = violation
    return list(best.values())


def _rank(violation: Violation) -> tuple[int, int, int]:
    return -violation.confidence, _ORDER.index(violation.kind), violation.access.pos
