"""Which variable of a constructor stands for the object that a local holds."""

from __future__ import annotations

from collections.abc import Iterator

from maplint.model import ir
from maplint.model.definitions import Definitions, returned
from maplint.model.flows import Flows

_MAX_MAKERS = 3


class Constructed:
    """Answers for locals."""

    def __init__(self, definitions: Definitions, flows: Flows) -> None:
        self._definitions = definitions
        self._flows = flows

    def object(self, var: ir.Var) -> tuple[ir.Var, ir.Var | None]:
        """The constructor's own variable, for a local that holds what it returned, and the local it was returned to.

        Functions that have a constructor make what they return are gone through.
        """
        holder = None
        for _ in range(_MAX_MAKERS):
            made = self._returned_by_maker(var)
            if made is var:
                break
            var, holder = made, var
        return var, holder

    def _returned_by_maker(self, var: ir.Var) -> ir.Var:
        """The variable that a constructor has returned to a local; the local itself for any other one.

        So it is where the local may hold as well what was found in a map or slice: that was made in the same way.
        """
        values = [value for value in self._definitions.values(var) if not isinstance(value, ir.ElemOf)]
        if len(values) != 1 or var.kind != "local":
            return var
        value = values[0]
        if not isinstance(value, ir.Result) or not isinstance(value.call.callee, ir.Static):
            return var
        makers = self._flows.functions(value.call.callee.symbol)
        given = {one for maker in makers for one in _returned(maker, value.index)}
        return given.pop() if len(given) == 1 else var


def _returned(function: ir.Function, index: int) -> Iterator[ir.Var]:
    """The locals that a function returns."""
    for value in map(ir.unconverted, returned(function, index)):
        if isinstance(value, ir.Ref) and value.var.kind == "local":
            yield value.var
