"""Who takes entries out of a map, also through calls: the functions from which a removal is reached."""

from __future__ import annotations

from collections.abc import Iterable

from maplint.model import ir
from maplint.model.bounds import Bounds
from maplint.model.callgraph import CallGraph
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows, node_of
from maplint.model.sites import Site, Use
from maplint.model.walk import operands, parts

_STEPS = 3
"""How many calls may lie between a function and the removal that it is told to bring about."""
_WHOLE = frozenset(("clear", "Clear", "delete-func"))


class Departures:
    """Answers how entries leave the sites of a program."""

    def __init__(self, definitions: Definitions, flows: Flows, graph: CallGraph, bounds: Bounds) -> None:
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._bounds = bounds

    def removals(self, site: Site) -> tuple[Use, ...]:
        """The removals from a site, and the assignments of a new map in its place, those of tests left out."""
        removes = (use for use in site.removes if not use.function.is_test)
        return (*removes, *(use for use in site.resets if self.is_reset(use)))

    def is_reset(self, use: Use) -> bool:
        """Whether an assignment puts a new map in the place of one that was in use."""
        return self._bounds.is_reset(use)

    def is_whole(self, use: Use) -> bool:
        """Whether a removal goes through the whole map: a clear, a new map, or a deletion in a loop over it."""
        if use.op in _WHOLE or isinstance(use.instruction, ir.Store):
            return True
        return self.sweeps(use) is not None

    def sweeps(self, use: Use) -> str | None:
        """The node of the map over whose keys the deletion loops; None for one that deletes a single key."""
        key = use.instruction.key if isinstance(use.instruction, ir.MapOp) else None
        for _ in range(5):
            if isinstance(key, ir.Ref):
                if key.var.kind == "parameter":
                    return self._ranged(use.function, key.var)
                values = self._definitions.values(key.var)
                key = values[0] if len(values) == 1 else None
            elif isinstance(key, ir.Converted):
                key = key.operand
        return node_of(key.base) if isinstance(key, ir.KeyOf) else None

    def _ranged(self, literal: ir.Function, key: ir.Var) -> str | None:
        """The sync.Map whose Range hands its keys to a parameter of a function."""
        if literal.params[:1] != (key,):
            return None
        for edge in self._graph.callers.get(literal, ()):
            if getattr(edge.call.callee, "symbol", "") == "sync.Map.Range" and edge.call.receiver is not None:
                return node_of(edge.call.receiver)
        return None

    def reaching(self, functions: Iterable[ir.Function]) -> frozenset[ir.Function]:
        """The functions themselves, and those that get to one of them by a few calls."""
        found = set(functions)
        edge = set(found)
        for _ in range(_STEPS):
            edge = {
                call.caller for function in edge for call in self._graph.callers.get(function, ())
            } - found
            found |= edge
        return frozenset(found)

    def brings_about(
        self, function: ir.Function, instruction: ir.Instruction, reaching: frozenset[ir.Function]
    ) -> bool:
        """Whether an instruction calls one of those functions, or hands out a literal that is one of them."""
        if isinstance(instruction, ir.Call) and any(
            edge.call is instruction and edge.callee in reaching
            for edge in self._graph.callees.get(function, ())
        ):
            return True
        return any(
            isinstance(part, ir.FuncValue) and any(f in reaching for f in self._flows.functions(part.symbol))
            for operand in operands(instruction)
            for part in parts(operand)
        )
