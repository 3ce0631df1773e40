"""Functions that hand out what others have as well: a singleton, a part of their own object, an element of a map.

So `GetInstance().Send()` is an access of what the package variable holds, and `c.forResource(kind).add()` one of a
part of `c`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.definitions import Definitions, returned
from maplint.model.flows import Flows
from maplint.model.ownership import Ownership

_LOCALS = ("local", "result")
_MAX_CALLS = 3
"""How many getters are gone through, one behind the other."""


class Kept(NamedTuple):
    """By what a caller reaches an object that a getter gives back."""

    var: ir.Var
    """A package variable, or the variable of the caller that it has handed to the getter."""
    is_element: bool
    """Whether it is one of several, in a slice or map."""


class Getters:
    """Answers for the results of calls."""

    def __init__(self, definitions: Definitions, ownership: Ownership, flows: Flows) -> None:
        self._definitions = definitions
        self._ownership = ownership
        self._flows = flows

    def of(self, value: ir.Value, depth: int = 0) -> Kept | None:
        """By what a value is reached that begins with a call; None where it may be made for the caller."""
        root = self._definitions.root(value)
        callee = root.call.callee if isinstance(root, ir.Result) else None
        if not isinstance(root, ir.Result) or not isinstance(callee, ir.Static) or depth >= _MAX_CALLS:
            return None
        getters = self._flows.functions(callee.symbol)
        given = [(getter, value) for getter in getters for value in returned(getter, root.index)]
        if any(self._ownership.is_own(value, getter) for getter, value in given if not ir.is_nil(value)):
            return None
        found = {
            self._reached(root.call, getter, given, depth)
            for getter in getters
            for given in self._given_back(getter, root.index, depth)
        }
        kept = {one.var: one for one in found if one is not None}
        if None in found or len(kept) != 1:
            return None
        var = next(iter(kept))
        return Kept(var, any(one is not None and one.is_element for one in found))

    def is_element(self, value: ir.Value) -> bool:
        """Whether an access path passes an element of a slice or map; locals that name a path are followed."""
        for _ in range(50):
            if isinstance(value, ir.ElemOf):
                return True
            if isinstance(value, (ir.FieldOf, ir.Sliced)):
                value = value.base
            elif isinstance(value, ir.Converted):
                value = value.operand
            elif isinstance(value, ir.Ref) and (single := self._definitions.single(value.var)) is not None:
                value = single
            else:
                return False
        return False

    def _given_back(self, getter: ir.Function, index: int, depth: int) -> Iterator[ir.Value]:
        """What a function returns that it has not made just then, the assignments to its locals followed."""
        for value in map(ir.unconverted, returned(getter, index)):
            local = value.var if isinstance(value, ir.Ref) else None
            is_own = local is not None and local.function == getter.symbol and local.kind in _LOCALS
            values = self._definitions.values(local) if local is not None and is_own else [value]
            for one in map(ir.unconverted, values):
                if not self._is_made(one, depth):
                    yield one

    def _is_made(self, value: ir.Value, depth: int) -> bool:
        """Whether a value is nil or new, made by a constructor that others may know of it already."""
        if ir.is_nil(value) or self._ownership.is_new(value):
            return True
        callee = value.call.callee if isinstance(value, ir.Result) else None
        if not isinstance(value, ir.Result) or not isinstance(callee, ir.Static) or depth >= _MAX_CALLS:
            return False
        makers = self._flows.functions(callee.symbol)
        given = (one for maker in makers for one in self._given_back(maker, value.index, depth + 1))
        return bool(makers) and next(given, None) is None

    def _reached(self, call: ir.Call, getter: ir.Function, value: ir.Value, depth: int) -> Kept | None:
        """By what the caller reaches a value of a getter."""
        base = self._ownership.base(value)
        inner = self.of(value, depth + 1) if base is None else Kept(base, self.is_element(value))
        if inner is None or inner.var.kind == "package-var":
            return inner
        if inner.var not in (*getter.params, getter.receiver):
            return None
        given = next(handed_to(call, getter, inner.var), None)
        var = self._ownership.base(given) if given is not None else None
        outer = Kept(var, False) if var is not None else None
        if outer is None and given is not None:
            outer = self.of(given, depth + 1)
        return Kept(outer.var, outer.is_element or inner.is_element) if outer is not None else None
