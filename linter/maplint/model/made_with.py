"""What a constructor was given for the object that it makes, and methods that an object keeps of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import Edge
from maplint.model.definitions import Definitions, named_by
from maplint.model.flows import Flows

_MAX_STEPS = 20
_MAX_DEPTH = 3
"""How many constructors, each of which calls the next one, are followed."""


class MadeWith:
    """Answers for objects that are seen to be made."""

    def __init__(
        self, definitions: Definitions, flows: Flows, fields: Mapping[str, Sequence[ir.Value]]
    ) -> None:
        self._definitions = definitions
        self._flows = flows
        self._fields = fields
        """What is stored in each field, by its symbol."""

    def content(self, value: ir.Value, field: ir.FieldRef, depth: int = 0) -> ir.Value | None:
        """What an object has in a field that is set once, where the object is made: as its maker's caller names it.

        None where the value is not what a constructor has just given back, or the field is given something else.
        """
        if len(self._fields.get(field.symbol, ())) != 1:
            return None
        made = self._origin(value)
        if isinstance(made, ir.Composed):
            return next((item for key, item in made.elements if key == field), None)
        if (
            not isinstance(made, ir.Result)
            or not isinstance(made.call.callee, ir.Static)
            or depth > _MAX_DEPTH
        ):
            return None
        makers = self._flows.functions(made.call.callee.symbol)
        given = {self._param(maker, made.index, field, depth) for maker in makers}
        param = given.pop() if len(given) == 1 else None
        return next(handed_to(made.call, makers[0], param), None) if param is not None else None

    def _param(self, maker: ir.Function, index: int, field: ir.FieldRef, depth: int) -> ir.Var | None:
        """The parameter of a constructor that what it returns has in a field."""
        params = set()
        for found in maker.of(ir.Return):
            values = found.instruction.values
            if index < len(values) and not ir.is_nil(values[index]):
                put = self.content(values[index], field, depth + 1)
                put = self._origin(put) if put is not None else None
                params.add(put.var if isinstance(put, ir.Ref) and put.var in maker.params else None)
        return params.pop() if len(params) == 1 else None

    def _origin(self, value: ir.Value) -> ir.Value:
        """Where a value comes from that a local, or a field, is given once."""
        for _ in range(_MAX_STEPS):
            given: ir.Value | None = None
            if isinstance(value, ir.Converted):
                given = value.operand
            elif isinstance(value, ir.Ref):
                given = self._definitions.single(value.var)
            elif isinstance(value, ir.FieldOf):
                stored = self._fields.get(value.field.symbol, ())
                given = stored[0] if len(stored) == 1 else None
            if given is None:
                break
            value = given
        return value

    def owner(self, edge: Edge) -> ir.Value | None:
        """The object whose method a call runs that the object, or a part of it, keeps in a field."""
        callee = edge.call.callee
        field = callee.value if isinstance(callee, ir.Dynamic) else None
        if not isinstance(field, ir.FieldOf):
            return None
        kept = [
            value
            for value in self._fields.get(field.field.symbol, ())
            if isinstance(value, ir.FuncValue) and value.symbol == edge.callee.symbol
        ]
        return field.base if kept and all(self._is_own(value, field.field) for value in kept) else None

    def _is_own(self, method: ir.FuncValue, field: ir.FieldRef) -> bool:
        """Whether a method value is put into a field of the very object that it is bound to."""
        if not isinstance(method.receiver, ir.Ref):
            return False
        var = method.receiver.var
        stores = [
            found.instruction.target
            for function in self._flows.functions(var.function)
            for found in function.of(ir.Store)
            if found.instruction.value == method
        ]
        return bool(stores) and all(
            isinstance(target, ir.FieldOf) and target.field == field and named_by(target) is var
            for target in stores
        )
