"""Maps that a function puts into its own copy of a struct: the copy is as good as new for what lies in that field.

So methods such as `WithLabel` and `Clone` begin: `out := *s; out.labels = maps.Clone(s.labels)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import SYNCHRONOUS, CallGraph
from maplint.model.definitions import Definitions
from maplint.model.ownership import Ownership
from maplint.model.walk import conditions_at

_MAX_CALLS = 3
"""How many calls an address is handed down through."""


class OwnParts:
    """Answers for the fields of structs that are held by value, and of those that a function has returned."""

    def __init__(self, definitions: Definitions, ownership: Ownership, graph: CallGraph) -> None:
        self._definitions = definitions
        self._ownership = ownership
        self._graph = graph

    def is_of_copy(self, target: ir.Value, function: ir.Function, pos: int, calls: int = 0) -> bool:
        """Whether a field is that of a struct which a function has by value, or the address of one of its callers.

        So options are set: `options := defaults; for _, set := range given { set(&options) }`.
        """
        var = self._named(_held(target.base if isinstance(target, ir.FieldOf) else target))
        if var is None or var.function != function.symbol or calls > _MAX_CALLS:
            return False
        if self._is_own(var, calls):
            return not self._ownership.is_shown(var, pos)
        if var.kind not in ("parameter", "receiver"):
            return False
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        return bool(edges) and all(
            edge.mode in SYNCHRONOUS
            and (given := next(handed_to(edge.call, edge.callee, var), None)) is not None
            and self.is_of_copy(ir.unconverted(given), edge.caller, edge.call.pos, calls + 1)
            for edge in edges
        )

    def holds(self, target: ir.Value, function: ir.Function, pos: int) -> bool:
        """Whether a map is in a copy that the function has, new there, and shown to nobody before a place."""
        if isinstance(target, ir.Ref):
            target = self._definitions.root_field(target)
        return isinstance(target, ir.FieldOf) and self._has_new(target, (), function, pos, 0)

    def _has_new(
        self, held: ir.Value, fields: tuple[ir.FieldRef, ...], function: ir.Function, pos: int, calls: int
    ) -> bool:
        """Whether something that a function holds has a new map in a field, or in a field of a struct within."""
        while isinstance(held, (ir.FieldOf, ir.Converted)):
            if isinstance(held, ir.FieldOf):
                fields = (held.field, *fields)
            held = held.base if isinstance(held, ir.FieldOf) else held.operand
        var = self._named(held.var) if isinstance(held, ir.Ref) else None
        if var is None or var.function != function.symbol or self._ownership.is_shown(var, pos):
            return False
        if self._is_own(var, calls) and self._is_put_in(var, fields, function, pos, calls):
            return True
        values = self._definitions.values(var)
        return bool(values) and all(self._comes_with(value, fields, calls) for value in values)

    def _is_own(self, var: ir.Var, calls: int) -> bool:
        """Whether a variable is a struct, or points to one that the functions called have made for the caller."""
        if self._ownership.is_struct(var.type):
            return True
        values = self._definitions.values(var)
        return bool(values) and all(self._is_returned(value, calls) for value in values)

    def _is_returned(self, value: ir.Value, calls: int) -> bool:
        """Whether a value is what a function returns that has it for itself."""
        given = [(_held(one), maker, pos) for one, maker, pos in self._returned(value, calls)]
        return bool(given) and all(
            var is not None
            and var.function == maker.symbol
            and not self._ownership.is_shown(var, pos)
            and self._is_own(var, calls + 1)
            for var, maker, pos in given
        )

    def _returned(self, value: ir.Value, calls: int) -> Iterator[tuple[ir.Value, ir.Function, int]]:
        """What a function gives back whose result a value is, with the function and the places."""
        while isinstance(value, ir.Converted):
            value = value.operand
        callee = value.call.callee if isinstance(value, ir.Result) else None
        maker = self._ownership.function(callee.symbol) if isinstance(callee, ir.Static) else None
        if maker is None or not isinstance(value, ir.Result) or calls > _MAX_CALLS:
            return
        for found in maker.of(ir.Return):
            if value.index < len(found.instruction.values):
                yield found.instruction.values[value.index], maker, found.instruction.pos

    def _named(self, var: ir.Var | None) -> ir.Var | None:
        """The struct's own variable, where a local only points to it."""
        value = self._definitions.single(var) if var is not None else None
        if isinstance(value, ir.Converted) and value.how == "&" and isinstance(value.operand, ir.Ref):
            return value.operand.var
        return var

    def _is_put_in(
        self, var: ir.Var, fields: tuple[ir.FieldRef, ...], function: ir.Function, pos: int, calls: int
    ) -> bool:
        """Whether the function has put a new map into that field of a struct, on every way to a place."""
        around = conditions_at(function, pos)
        return any(
            found.instruction.pos < pos
            and around[: len(found.conditions)] == found.conditions
            and (within := _within(found.instruction.target, var, fields)) is not None
            and self._comes_with(found.instruction.value, within, calls)
            for found in function.of(ir.Store)
        )

    def _comes_with(self, value: ir.Value, fields: tuple[ir.FieldRef, ...], calls: int) -> bool:
        """Whether a value is a new map, or what a function returns that has put a new one into its field."""
        if not fields:
            return self._ownership.is_new(value)
        given = list(self._returned(value, calls))
        return bool(given) and all(
            self._has_new(one, fields, maker, pos, calls + 1) for one, maker, pos in given
        )


def _within(place: ir.Value, var: ir.Var, fields: tuple[ir.FieldRef, ...]) -> tuple[ir.FieldRef, ...] | None:
    """Which fields are left to go from a place that is on the way to a field of a variable; None where it is not."""
    passed: tuple[ir.FieldRef, ...] = ()
    while isinstance(place, (ir.FieldOf, ir.Converted)):
        if isinstance(place, ir.FieldOf):
            passed = (place.field, *passed)
        place = place.base if isinstance(place, ir.FieldOf) else place.operand
    is_on_way = bool(passed) and isinstance(place, ir.Ref) and place.var is var
    return fields[len(passed) :] if is_on_way and passed == fields[: len(passed)] else None


def _held(value: ir.Value) -> ir.Var | None:
    """The variable that a value is, or is the address of."""
    while isinstance(value, ir.Converted):
        value = value.operand
    return value.var if isinstance(value, ir.Ref) else None
