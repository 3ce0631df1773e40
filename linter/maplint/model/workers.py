"""Functions that run in one goroutine of an object alone: a loop that its maker starts, and what that is sent to do."""

from __future__ import annotations

from maplint.model import ir
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, bound_receiver
from maplint.model.contexts import Contexts, When
from maplint.model.ownership import Ownership

_AT_ANY_TIME = (When.API, When.CONCURRENT, When.GOROUTINE)
_MAX_FUNCTIONS = 200
"""How many functions are looked at on the way back from one."""


class Workers:
    """Tells the functions of which each object has one run at a time."""

    def __init__(self, contexts: Contexts, graph: CallGraph, ownership: Ownership) -> None:
        self._contexts = contexts
        self._graph = graph
        self._ownership = ownership

    def is_of_one(self, function: ir.Function) -> bool:
        """Whether all ways to a function begin at one `go` statement, for an object that is made right there."""
        starts: set[Edge] = set()
        seen = {function}
        waiting = [function]
        while waiting:
            callee = waiting.pop()
            if self._is_run_from_outside(callee) or len(seen) > _MAX_FUNCTIONS:
                return False
            for edge in self._graph.callers.get(callee, ()):
                if edge.mode not in SYNCHRONOUS:
                    starts.add(edge)
                elif edge.caller not in seen and not edge.caller.is_test:
                    seen.add(edge.caller)
                    waiting.append(edge.caller)
        return len({edge.call for edge in starts}) == 1 and all(map(self._is_for_new, starts))

    def _is_run_from_outside(self, function: ir.Function) -> bool:
        """Whether code that is not analysed runs a function, in goroutines that nobody knows."""
        reasons = self._contexts.reasons
        return any(reasons[flag].get(function, function) is None for flag in _AT_ANY_TIME)

    def _is_for_new(self, start: Edge) -> bool:
        """Whether a goroutine is started once for each object, by the function that makes it, and not in a loop."""
        if start.mode != "go" or any(condition.kind in ("loop", "range") for condition in start.conditions):
            return False
        receiver = start.call.receiver or bound_receiver(start, start.call)
        return receiver is not None and self._ownership.is_made_here(receiver, start.caller)
