"""What a call means for every way that leads up through it, from what it runs to its caller.

Thousands of accesses come through the same few calls: each answer is worked out once.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, argument, bound_receiver
from maplint.model.decided import Need, needs_of
from maplint.model.definitions import Definitions
from maplint.model.dynamic_types import DynamicTypes
from maplint.model.getters import Getters, Kept
from maplint.model.joins import calls_wait, joins
from maplint.model.locks import LockSets
from maplint.model.ownership import Ownership


class Method(NamedTuple):
    """A method that an interface has run."""

    name: str
    symbol: str
    """Of the function that has been run."""


class Crossings:
    """The crossings of a call graph."""

    def __init__(
        self,
        definitions: Definitions,
        ownership: Ownership,
        getters: Getters,
        graph: CallGraph,
        locks: LockSets,
        types: DynamicTypes,
    ) -> None:
        self.definitions = definitions
        self.getters = getters
        self.graph = graph
        self.locks = locks
        self.types = types
        self.ownership = ownership
        self._known: dict[Edge, Crossing] = {}

    def of(self, edge: Edge) -> Crossing:
        """What an edge means."""
        known = self._known.get(edge)
        if known is None:
            known = self._known[edge] = Crossing(edge, self)
        return known

    def reached(self, value: ir.Value) -> Kept | None:
        """By what a function reaches a value, through getters too."""
        base = self.ownership.base(value)
        return Kept(base, False) if base is not None else self.getters.of(value)

    def parameter(self, value: ir.Value) -> ir.Var | None:
        """The parameter that a function value is, or is an element of."""
        for _ in range(10):
            root = self.definitions.root(value)
            if not isinstance(root, ir.Ref):
                return None
            if root.var.kind == "parameter":
                return root.var
            values = self.definitions.values(root.var)
            if len(values) != 1:
                return None
            value = values[0]
        return None


class Crossing:
    """One edge, taken upwards."""

    def __init__(self, edge: Edge, known: Crossings) -> None:
        self._edge = edge
        self._crossings = known
        self._outer: dict[ir.Var, Kept | None] = {}
        self._is_on_new: dict[ir.Var, bool] = {}
        self._may_have: dict[tuple[ir.Var, Method], bool] = {}

    def outer(self, var: ir.Var) -> Kept | None:
        """The variable of the caller that stands for the callee's; None where it is made for the call."""
        if var.function != self._edge.callee.symbol:
            return Kept(var, False)
        if var not in self._outer:
            self._outer[var] = self._handed(var)
        return self._outer[var]

    def _handed(self, var: ir.Var) -> Kept | None:
        edge = self._edge
        arg = argument(edge, var)
        if arg is None and var is edge.callee.receiver:
            arg = bound_receiver(edge, edge.call)
        kept = self._crossings.reached(arg) if arg is not None else None
        if arg is None or kept is None:
            return None
        return Kept(kept.var, kept.is_element or self._crossings.getters.is_element(arg))

    def is_on_new(self, var: ir.Var) -> bool:
        """Whether the call is made on what another call has just made, as in `newServer().run()`."""
        if var not in self._is_on_new:
            edge = self._edge
            made = argument(edge, var) if var.function == edge.callee.symbol else None
            root = ir.unconverted(made) if made is not None and edge.mode in SYNCHRONOUS else None
            fresh = isinstance(root, (ir.Result, ir.Composed)) and self._crossings.ownership.is_new(root)
            self._is_on_new[var] = fresh
        return self._is_on_new[var]

    def may_have(self, var: ir.Var, method: Method) -> bool:
        """Whether what the call hands to a parameter may be of a type that has the method; True where that is open."""
        if (var, method) not in self._may_have:
            arg = argument(self._edge, var) if var.function == self._edge.callee.symbol else None
            self._may_have[var, method] = arg is None or self._crossings.types.may_mean(arg, *method)
        return self._may_have[var, method]

    @cached_property
    def locks(self) -> frozenset[str]:
        """The locks that the caller itself has taken there."""
        taken = self._crossings.locks.taken_at(self._edge.caller, self._edge.call)
        return frozenset(held.lock for held in taken)

    @cached_property
    def needs(self) -> frozenset[Need]:
        """What parameters of the caller have to be for the call to be made."""
        return needs_of(self._crossings.definitions, self._edge.conditions)

    @cached_property
    def waits(self) -> bool:
        """Whether the caller calls something that waits, behind the call or when it returns."""
        return calls_wait(self._edge.caller, self._edge.call.pos)

    @cached_property
    def joins(self) -> bool:
        """Whether the caller waits for the goroutine that is started there."""
        return joins(self._crossings.definitions, self._edge)

    @cached_property
    def is_one_of_several(self) -> bool:
        """Whether the call may mean another function as well."""
        alike = (one.call is self._edge.call for one in self._crossings.graph.callees[self._edge.caller])
        return sum(alike) > 1

    @cached_property
    def called_parameter(self) -> ir.Var | None:
        """The caller's parameter that is called there."""
        callee = self._edge.call.callee
        return self._crossings.parameter(callee.value) if isinstance(callee, ir.Dynamic) else None

    def given(self, param: ir.Var) -> tuple[ir.Value, ...]:
        """What the call hands to a parameter of its callee."""
        return tuple(handed_to(self._edge.call, self._edge.callee, param)) if self._edge.direct else ()
