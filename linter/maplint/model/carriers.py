"""What holds a function value or an object: variables, results of calls, and struct values that have it in a field."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TypeAlias

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callback_modes import callback_mode, is_known
from maplint.model.ownership import Ownership
from maplint.model.universe import Universe
from maplint.model.waits import callee_name

Carrier: TypeAlias = "str | ir.Var | ir.Call | int"
"""The symbol of a function itself, a variable, a call by its result, or the offset where an object is made."""

_WRAPS = re.compile(r"^(?:New|Wrap|Make|Chain|Compose|Instrument|Adapt)|(?:Handler|Func|Middleware)$")
_TAKES_FUNCTIONS = (t.Func, t.Interface, t.TypeParam, t.Slice)


class Carriers:
    """Answers whether a value may hold what some carriers hold."""

    def __init__(self, universe: Universe, ownership: Ownership) -> None:
        self._universe = universe
        self._ownership = ownership

    def carries(self, value: ir.Value | None, carriers: Set[Carrier]) -> bool:
        """Whether the value is one of the carriers, or a conversion, a struct or a slice with one in it."""
        if isinstance(value, ir.FuncValue):
            return value.symbol in carriers or self.carries(value.receiver, carriers)
        if isinstance(value, ir.Ref):
            return value.var in carriers
        if isinstance(value, ir.Result):
            return value.call in carriers
        if isinstance(value, ir.Converted):
            return self.carries(value.operand, carriers)
        if isinstance(value, ir.Composed):
            inside = any(self.carries(item, carriers) for _, item in value.elements)
            return inside or value.pos in carriers
        if isinstance(value, ir.Made):
            return value.pos in carriers
        if isinstance(value, ir.Computed):
            return value.op == "append" and any(self.carries(item, carriers) for item in value.operands)
        if isinstance(value, (ir.FieldOf, ir.ElemOf)):
            return self._is_function(value.type) and self.carries(value.base, carriers)
        return isinstance(value, ir.Sliced) and self.carries(value.base, carriers)

    def _is_function(self, kind: t.Type) -> bool:
        return isinstance(self._universe.underlying(kind), t.Func)

    def stored_in(self, target: ir.Value) -> ir.Var | None:
        """The local that holds a value after it is stored in it, or in an object that the local refers to."""
        base = target.var if isinstance(target, ir.Ref) else self.local(target)
        return base if base is not None and base.kind != "package-var" else None

    def base(self, target: ir.Value) -> ir.Var | None:
        """The variable that a place begins with; locals that only name a path are followed."""
        return target.var if isinstance(target, ir.Ref) else self._ownership.base(target)

    def local(self, value: ir.Value | None) -> ir.Var | None:
        """The local that an access path begins with, where it names an object and no part of the outside."""
        base = self._ownership.base(value) if value is not None else None
        return base if base is not None and base.kind == "local" else None

    def keeps(self, call: ir.Call) -> ir.Var | None:
        """The local whose method, outside the analysed code, may keep what it is given."""
        if not isinstance(call.callee, ir.External) or runs_at_once(call):
            return None
        return self.local(call.receiver)

    def wraps(self, call: ir.Call) -> bool:
        """Whether the result of a call outside the analysed code may be its argument, wrapped."""
        if runs_at_once(call):
            return False
        under = self._universe.underlying(call.type)
        if under is None:
            return bool(_WRAPS.search(callee_name(call)))
        return call.type != t.ERROR and isinstance(under, (t.Func, t.Interface, t.Pointer))

    def fits(self, arg: ir.Value, param: ir.Var) -> bool:
        """Whether the parameter can take the argument: a method may have namesakes of another type."""
        under = self._universe.underlying(param.type)
        return not self._is_function(arg.type) or under is None or isinstance(under, _TAKES_FUNCTIONS)


def runs_at_once(call: ir.Call) -> bool:
    """Whether a function is known to run an argument before it returns: it keeps none, and its result is of the run."""
    return isinstance(call.callee, ir.External) and any(
        is_known(call.callee.symbol, index) and callback_mode(call.callee.symbol, index) == "now"
        for index in range(len(call.args))
    )
