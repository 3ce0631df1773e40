"""Maps that are never changed once others may have them: a new one is put in the place of the old, and then filled.

Who has taken the map from there under the lock may go on with it without.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.model import ir
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, argument
from maplint.model.locks import Locks, LockSets
from maplint.model.ownership import Ownership
from maplint.model.sites import Site, Use
from maplint.model.walk import Condition

_MAX_CALLS = 4


class _Filling(NamedTuple):
    """A place at which a map is filled, or where a call does so."""

    function: ir.Function
    pos: int
    conditions: tuple[Condition, ...]
    base: ir.Var | None
    """What the map is reached by."""


class Refills:
    """Tells such a filling from one of the map that is there."""

    def __init__(self, locks: LockSets, ownership: Ownership, graph: CallGraph) -> None:
        self._locks = locks
        self._ownership = ownership
        self._graph = graph

    def fills_new(self, site: Site, use: Use, locks: Locks) -> bool:
        """Whether a map is filled under the very locks under which a new one has been put in its place.

        The function has done so itself, or all who call it, each for the object that it hands over.
        """
        place = _Filling(use.function, use.instruction.pos, use.conditions, self._ownership.base(use.target))
        return self._comes_behind_reset(site, place, frozenset(held.lock for held in locks), 0)

    def _comes_behind_reset(self, site: Site, place: _Filling, locks: frozenset[str], depth: int) -> bool:
        if any(self._replaces(reset, place, locks) for reset in site.resets):
            return True
        edges = [edge for edge in self._graph.callers.get(place.function, ()) if not edge.caller.is_test]
        param = place.base
        if param is None or depth >= _MAX_CALLS or not edges or param.function != place.function.symbol:
            return False
        given = [(edge, argument(edge, param) if edge.mode in SYNCHRONOUS else None) for edge in edges]
        return all(
            arg is not None and self._comes_behind_reset(site, self._at_edge(edge, arg), locks, depth + 1)
            for edge, arg in given
        )

    def _at_edge(self, edge: Edge, arg: ir.Value) -> _Filling:
        return _Filling(edge.caller, edge.call.pos, edge.conditions, self._ownership.base(arg))

    def _replaces(self, reset: Use, place: _Filling, locks: frozenset[str]) -> bool:
        """Whether a function puts a new map into that object before a place, and keeps the locks until then."""
        function, store = reset.function, reset.instruction
        return (
            function is place.function
            and isinstance(store, ir.Store)
            and store.pos < place.pos
            and place.conditions[: len(reset.conditions)] == reset.conditions
            and self._ownership.base(store.target) is place.base
            and self._ownership.is_new(store.value)
            and locks <= {held.lock for held in self._locks.at(function, store)}
            and not _unlocks_between(function, store.pos, place.pos)
        )


def _unlocks_between(function: ir.Function, since: int, pos: int) -> bool:
    return any(
        since < found.instruction.pos < pos and "unlock" in found.instruction.action
        for found in function.of(ir.LockOp)
        if not found.instruction.deferred
    )
