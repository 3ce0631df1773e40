"""How a function comes to run beside others: the `go` statement or registration above it, and the calls from there."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, TypeAlias

from maplint.model import ir
from maplint.model.belief import is_product
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.handed import Handed

_AT_ANY_TIME = When.CONCURRENT | When.GOROUTINE | When.API
_STARTS = frozenset(("go", "goroutine", "concurrent", "parallel", "timer", "later"))
_MAX_FUNCTIONS = 3000
"""How many functions are looked at on the way back from one."""
_ANY_METHOD, _ANY_FUNCTION, _SOME_BUILDS, _NO_PRODUCT, _FROM_OUTSIDE = 3, 8, 4, 20, 50
"""How many plain calls a reader would rather follow than a call that may mean another method or function, one that only
some builds have, one in tests or tools, or a way that begins with callers nobody sees.
"""


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


_Entry: TypeAlias = "tuple[int, int, ir.Function, tuple[Edge, ...], Beginning | None]"
"""How hard a way is to follow, a number of its own, where it has come to, the calls from there, and how it ends."""


class Beginnings:
    """Finds the ways that are easiest to follow."""

    def __init__(self, contexts: Contexts, graph: CallGraph, handed: Handed) -> None:
        self._contexts = contexts
        self._graph = graph
        self._handed = handed

    def of(self, function: ir.Function, start: Edge | None = None) -> Beginning | None:
        """The easiest way, from a `go` statement or registration if one is given; None where none is known.

        So it is for what runs at start-up or from main alone.
        """
        if start is None and not self._contexts.when(function) & _AT_ANY_TIME:
            return None
        order = count()
        waiting: list[_Entry] = [(0, next(order), function, (), None)]
        seen: set[ir.Function] = set()
        while waiting and len(seen) < _MAX_FUNCTIONS:
            cost, _, at, calls, found = heappop(waiting)
            if found is not None:
                return found
            if at in seen:
                continue
            seen.add(at)
            root = self._root(at, calls) if start is None else None
            if root is not None:
                far = _FROM_OUTSIDE if not root.is_concurrent else 0
                heappush(waiting, (cost + far, next(order), at, calls, root))
            for further, chain in self._steps(at):
                begun = next((i for i in reversed(range(len(chain))) if chain[i].mode in _STARTS), None)
                if begun is None:
                    heappush(waiting, (cost + further, next(order), chain[0].caller, (*chain, *calls), None))
                elif start in (None, chain[begun]):
                    way = Beginning(chain[begun], chain[begun].callee, (*chain[begun + 1 :], *calls), False)
                    heappush(waiting, (cost + further, next(order), at, calls, way))
        return None

    def _steps(self, function: ir.Function) -> Iterator[tuple[int, tuple[Edge, ...]]]:
        """The calls back to each caller, for a function that was handed in to who did so, and how hard they are."""
        for edge in self._graph.callers.get(function, ()):
            if edge.caller.is_test:
                continue
            chains = self._handed.get((edge.call, edge.callee), ())
            for chain in chains or ((edge,),):
                caller = chain[0].caller
                cost = len(chain) if chains else self._cost(edge)
                cost += _SOME_BUILDS * (caller.constraint is not None)
                yield cost + _NO_PRODUCT * (not is_product(caller)), chain

    def _cost(self, edge: Edge) -> int:
        if isinstance(edge.call.callee, ir.Abstract):
            return _ANY_METHOD
        several = sum(one.call is edge.call for one in self._graph.callees[edge.caller]) > 1
        return _ANY_FUNCTION if isinstance(edge.call.callee, ir.Dynamic) and several else 1

    def _root(self, function: ir.Function, calls: tuple[Edge, ...]) -> Beginning | None:
        """A function that a library calls back, or that code which is not analysed may call."""
        reasons = self._contexts.reasons
        for flag in (When.CONCURRENT, When.GOROUTINE, When.API):
            if reasons[flag].get(function, function) is None:
                return Beginning(None, function, calls, flag is When.CONCURRENT)
        return None
