"""How a function comes to run beside others: the `go` statement or registration above it, and the calls from there."""

from __future__ import annotations

from typing import NamedTuple

from maplint.model import ir
from maplint.model.callgraph import Edge
from maplint.model.contexts import Contexts, When

_BESIDE = (When.CONCURRENT, When.GOROUTINE)
_MAX_CALLS = 40
_STARTS = frozenset(("go", "goroutine", "concurrent", "parallel", "timer", "later"))


class Beginning(NamedTuple):
    """One way in which a function gets to run at any time."""

    start: Edge | None
    """Where a goroutine, timer or callback begins; None where callers outside the analysed code are the reason."""
    first: ir.Function
    """What runs there first: what is started, registered, or called from outside."""
    calls: tuple[Edge, ...]
    """The calls that lead from there to the function, outermost first."""
    is_concurrent: bool
    """Whether several runs of it overlap."""


def beginning(contexts: Contexts, function: ir.Function) -> Beginning | None:
    """The shortest way in a goroutine, else one from outside; None for what runs at start-up or from main alone."""
    when = contexts.when(function)
    found = [_way(contexts, function, flag) for flag in _BESIDE if when & flag]
    if found:
        return min(found, key=lambda way: len(way.calls))
    return _way(contexts, function, When.API) if when & When.API else None


def _way(contexts: Contexts, function: ir.Function, flag: When) -> Beginning:
    calls: list[Edge] = []
    concurrent = bool(flag & When.CONCURRENT)
    while len(calls) < _MAX_CALLS:
        edge = contexts.reasons.get((function, flag))
        if edge is None:
            return Beginning(None, function, tuple(calls[::-1]), concurrent)
        if edge.mode in _STARTS and flag is not When.API:
            return Beginning(edge, edge.callee, tuple(calls[::-1]), concurrent)
        calls.append(edge)
        function = edge.caller
    return Beginning(None, function, tuple(calls[::-1]), concurrent)
