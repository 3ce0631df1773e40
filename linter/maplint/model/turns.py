"""Accesses that take turns because one goroutine, begun once, does them all.

A goroutine that its starter waits for is part of the starter's, as far as code outside of the starter is concerned.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import RUN_TIME, Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.handed import Handed
from maplint.model.joins import joins

_SYNCHRONOUS = frozenset(("call", "defer", "now", "once"))
_MAX_FUNCTIONS = 300
"""How many functions are looked at on the way back from one."""


class Way(NamedTuple):
    """The ways back from a function to the goroutine that it runs in."""

    start: Edge
    """The one `go` statement behind which alone it runs."""
    passed: frozenset[ir.Function]
    """The functions on the ways, itself included."""
    waiting: frozenset[ir.Function]
    """Those of them that run what is before them in goroutines of its own, and wait for these."""


class Turns:
    """Finds the one goroutine that a function runs in."""

    def __init__(
        self, contexts: Contexts, definitions: Definitions, graph: CallGraph, handed: Handed
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._graph = graph
        self._handed = handed
        self._known: dict[ir.Function, Way | None] = {}

    def share(self, one: ir.Function, other: ir.Function) -> bool:
        """Whether one goroutine alone, that is begun once, runs both functions, and never two at a time."""
        mine, theirs = self._way(one), self._way(other)
        if mine is None or theirs is None or mine.start is not theirs.start:
            return False
        return not (mine.waiting & theirs.passed or theirs.waiting & mine.passed)

    def _way(self, function: ir.Function) -> Way | None:
        """None where there are several goroutines, or they are not known."""
        if function not in self._known:
            self._known[function] = self._search(function)
        return self._known[function]

    def _search(self, function: ir.Function) -> Way | None:
        starts: set[Edge] = set()
        joined: set[ir.Function] = set()
        passed = {function}
        waiting = [function]
        while waiting:
            callee = waiting.pop()
            edges = [edge for edge in self._graph.callers.get(callee, ()) if not edge.caller.is_test]
            if not edges or self._is_root(callee) or len(passed) > _MAX_FUNCTIONS:
                return None
            for edge in edges:
                for chain in self._handed.get((edge.call, edge.callee), ()) or ((edge,),):
                    begun = [one for one in chain if one.mode not in _SYNCHRONOUS]
                    starts |= {one for one in begun if self._is_begun_once(one) or not self._joins(one)}
                    joined |= {one.caller for one in begun}
                    caller = chain[0].caller
                    if caller not in passed and not starts.intersection(begun):
                        waiting.append(caller)
                        passed.add(caller)
        start = starts.pop() if len(starts) == 1 else None
        if start is None or not self._is_begun_once(start):
            return None
        return Way(start, frozenset(passed), frozenset(joined - {start.caller}))

    def _is_root(self, function: ir.Function) -> bool:
        """Whether code that is not analysed may run it."""
        reasons = self._contexts.reasons
        return any(
            reasons.get((function, flag), function) is None
            for flag in (When.API, When.CONCURRENT, When.GOROUTINE)
        )

    def _joins(self, start: Edge) -> bool:
        return joins(self._definitions, start)

    def _is_begun_once(self, start: Edge) -> bool:
        is_repeated = any(condition.kind in ("loop", "range") for condition in start.conditions)
        at_start_up = not self._contexts.when(start.caller) & RUN_TIME
        return start.mode in ("go", "goroutine") and not is_repeated and at_start_up
