"""Objects that no other goroutine can see yet: made in this function, and not handed on so far.

RacerD's ownership: an access of an owned object needs no lock.
"""

from __future__ import annotations

from collections.abc import Iterable

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.definitions import Definitions, returned
from maplint.model.handed import Chain, Handed
from maplint.model.publications import Publications
from maplint.model.repeats import loops_over
from maplint.model.universe import Universe

_CLONES = frozenset(("maps.Clone", "maps.Collect", "golang.org/x/exp/maps.Clone"))
"""Functions of libraries that give back a new map."""


class Ownership:
    """Which values are owned where they are used."""

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        graph: CallGraph,
        handed: Handed,
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._definitions = definitions
        self._graph = graph
        self._handed = handed
        self._owned: dict[ir.Var, frozenset[str] | None] = {}
        """By parameter: the fields that others have of what all callers hand over; None where one does not own it."""
        self._returns_fresh: dict[tuple[str, int], bool] = {}
        functions = list(functions)
        self._by_symbol = {function.symbol: function for function in functions}
        self._published = Publications(universe, definitions, graph, self)
        self._published.collect(functions)
        self._returns_fresh.clear()

    def captured(self, literal: str) -> set[ir.Var]:
        """The variables of enclosing functions that a function literal uses."""
        return self._published.captured(literal)

    def is_shown(self, var: ir.Var, pos: int) -> bool:
        """Whether others may see a variable's object, or parts of it, at a place of the function that declares it."""
        return self._published.before(var, pos) != frozenset()

    def function(self, symbol: str) -> ir.Function | None:
        return self._by_symbol.get(symbol)

    def is_struct(self, kind: t.Type) -> bool:
        """Whether values of a type are structs, of which each variable has one of its own."""
        return isinstance(self._universe.underlying(kind), t.Struct)

    def base(self, value: ir.Value) -> ir.Var | None:
        """The variable that an access path begins with; locals that only name a path are followed."""
        return self.beginning(value)[0]

    def beginning(self, value: ir.Value) -> tuple[ir.Var | None, str]:
        """The same, with the symbol of the first field on the way from there; empty where there is none."""
        field = ""
        for _ in range(50):
            if isinstance(value, ir.FieldOf):
                field, value = value.field.symbol, value.base
            elif isinstance(value, (ir.ElemOf, ir.Sliced)):
                value = value.base
            elif isinstance(value, ir.Converted):
                value = value.operand
            elif isinstance(value, ir.Ref):
                single = self._definitions.single(value.var)
                named = ir.unconverted(single) if single is not None else None
                if (
                    single is None
                    or not isinstance(named, (ir.Ref, ir.FieldOf, ir.ElemOf))
                    or self._is_fresh(single)
                ):
                    return value.var, field
                value = single
            else:
                return (self._given_back(value) if isinstance(value, ir.Result) else None), field
        return None, field

    def _given_back(self, result: ir.Result) -> ir.Var | None:
        """The captured variable that a local literal gives back whenever it is called."""
        called = result.call.callee.value if isinstance(result.call.callee, ir.Dynamic) else None
        literal = self._definitions.root(called) if called is not None else None
        function = self._by_symbol.get(literal.symbol) if isinstance(literal, ir.FuncValue) else None
        values = returned(function, result.index) if function is not None else []
        found = {value.var if isinstance(value, ir.Ref) else None for value in values}
        var = next(iter(found)) if len(found) == 1 else None
        return var if function is not None and var is not None and var.function == function.parent else None

    def is_owned(self, value: ir.Value, function: ir.Function, pos: int, further: str = "") -> bool:
        """Whether what an access path begins with was made in the function and is not visible elsewhere at
        `pos`, the part that the path leads to neither; it goes on with the field `further`.
        """
        lent = self._lent(value, function, pos)
        return lent is not None and self._is_kept(value, lent, further)

    def _is_kept(self, value: ir.Value, lent: frozenset[str], further: str = "") -> bool:
        """Whether an access path leads to a part of an object other than those that others have."""
        return not lent or (self.beginning(value)[1] or further) not in ("", *lent)

    def _lent(self, value: ir.Value, function: ir.Function, pos: int) -> frozenset[str] | None:
        """The fields that others have of an object which is owned otherwise; None where it is not."""
        base = self.base(value)
        if base is None:
            root = self._definitions.root(value)
            made = isinstance(root, ir.Made) and root.how != "make"
            is_own = made or (isinstance(root, (ir.Composed, ir.Result)) and self._is_fresh(root))
            return frozenset() if is_own else None
        if base.function != function.symbol:
            return frozenset() if self._is_owned_outside(base, function) else None
        lent = self._published.before(base, pos)
        if lent is None:
            return None
        if base.kind in ("parameter", "receiver"):
            handed = self._handed_over(base, function)
            return None if handed is None else handed | lent
        return lent if self._is_fresh_at(base, function, pos) else None

    def is_being_made(self, value: ir.Value, function: ir.Function, pos: int) -> bool:
        """Whether the function has made the object and has not started anything with it before `pos`.

        It may have been given to other objects that the function sets up.
        """
        base = self.base(value)
        if base is None or base.function != function.symbol or base.kind in ("parameter", "receiver"):
            return False
        lent = self._published.shown_before(base, pos)
        return lent is not None and self._is_kept(value, lent) and self._is_fresh_at(base, function, pos)

    def is_made_here(self, value: ir.Value, function: ir.Function) -> bool:
        """Whether what an access path begins with was made in the function, seen by others since or not."""
        base = self.base(value)
        if base is None:
            return isinstance(self._definitions.root(value), ir.Composed)
        return (
            base.function == function.symbol
            and base.kind not in ("parameter", "receiver")
            and self.is_fresh_var(base)
        )

    def is_made_in(self, value: ir.Value, function: ir.Function) -> bool:
        """Whether what an access path begins with was made in the function, whoever knows it by now."""
        base = self.base(value)
        return base is not None and base.function == function.symbol and self.is_fresh_var(base)

    def is_new(self, value: ir.Value) -> bool:
        """Whether a value is an object that has just been made, by a literal or by a constructor; nil is none."""
        if isinstance(value, ir.Ref):
            single = self._definitions.single(value.var)
            value = single if single is not None else value
        return not (isinstance(value, ir.Const) or ir.is_nil(value)) and self._is_fresh(value)

    def _is_owned_outside(self, var: ir.Var, function: ir.Function) -> bool:
        """The same for a captured variable, where the literal runs before the function that declares it goes on."""
        edges = self._graph.callers.get(function, ()) if function.parent else ()
        ways = [way for edge in edges for way in self._handed.get((edge.call, function), [(edge,)])]
        return bool(ways) and all(self._is_owned_on(var, way) for way in ways)

    def _is_owned_on(self, var: ir.Var, way: Chain) -> bool:
        """Whether a way that leads to a literal begins where a variable is declared, and owned, or was handed in."""
        first = way[0]
        if any(edge.mode not in ("call", "now", "action") for edge in way):
            return False
        given: ir.Value | None = ir.Ref(var.type, var)
        if first.caller.symbol != var.function:
            maker = self._by_symbol.get(var.function)
            given = self._definitions.given_to_maker(first.call, maker, var) if maker is not None else None
        return given is not None and self.is_owned(given, first.caller, first.call.pos)

    def _is_fresh_at(self, var: ir.Var, function: ir.Function, pos: int) -> bool:
        if self.is_fresh_var(var):
            return True
        value = self._definitions.reaching(var, function, pos)
        return value is not None and self._is_fresh(value)

    def is_fresh_var(self, var: ir.Var) -> bool:
        """Whether whatever a local is assigned has just been made, by a literal or by a constructor."""
        values = self._definitions.values(var)
        if not values and var.kind == "result":
            return self.is_struct(var.type)
        return bool(values) and all(self._is_fresh(value) for value in values)

    def _is_fresh(self, value: ir.Value) -> bool:
        while isinstance(value, ir.Converted) and value.how != "*":
            value = value.operand
        if isinstance(value, ir.Const):
            return value.text == "nil"
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.Static):
            return self._returns_own(value.call.callee.symbol, value.index)
        if isinstance(value, ir.Result):
            return isinstance(value.call.callee, ir.External) and value.call.callee.symbol in _CLONES
        return isinstance(value, (ir.Composed, ir.Made))

    def _returns_own(self, symbol: str, index: int) -> bool:
        """Whether a function returns an object that it has made and shown to nobody else, as a constructor does."""
        known = self._returns_fresh.get((symbol, index))
        if known is not None:
            return known
        self._returns_fresh[symbol, index] = False
        function = self._by_symbol.get(symbol)
        made = returned(function, index) if function is not None else []
        own = [self.is_own(value, function) for value in made if function and not ir.is_nil(value)]
        self._returns_fresh[symbol, index] = bool(own) and all(own)
        return self._returns_fresh[symbol, index]

    def is_own(self, value: ir.Value, function: ir.Function) -> bool:
        """Whether what a function returns is an object that it has made and shown to nobody else."""
        while isinstance(value, ir.Converted) and value.how != "*":
            value = value.operand
        if isinstance(value, ir.Ref):
            own = value.var.function == function.symbol and value.var.kind in ("local", "result")
            return own and not self._published.is_published(value.var) and self.is_fresh_var(value.var)
        return self._is_fresh(value)

    def _handed_over(self, var: ir.Var, function: ir.Function) -> frozenset[str] | None:
        """The fields that others have of an object that every caller hands over; None where one does not own it.

        What a loop has handed over may be seen by then.
        """
        if var in self._owned:
            return self._owned[var]
        self._owned[var] = None
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        if self._published.is_published(var) and any(self._is_again(edge, var) for edge in edges):
            return None
        lent: frozenset[str] = frozenset()
        for edge in edges:
            handed = self._hands_over(edge, var)
            if handed is None:
                return None
            lent |= handed
        self._owned[var] = lent if edges else None
        return self._owned[var]

    def _is_again(self, edge: Edge, var: ir.Var) -> bool:
        """Whether a loop hands over one object again and again, and not one that each round makes."""
        bases = [self.base(given) for given in handed_to(edge.call, edge.callee, var)]
        return any(one is not None and loops_over(edge.conditions, edge.caller, one) for one in bases)

    def _hands_over(self, edge: Edge, var: ir.Var) -> frozenset[str] | None:
        """The fields that others have of what a caller hands over; None where it does not own that."""
        through_interface = isinstance(edge.call.callee, ir.Abstract)
        if not (edge.direct or through_interface) or edge.mode not in ("call", "defer"):
            return None
        arg = next(handed_to(edge.call, edge.callee, var), None)
        if arg is None:
            return None
        pos = edge.caller.end if edge.mode == "defer" else edge.call.pos
        lent = self._lent(arg, edge.caller, pos)
        if lent is not None and not self.beginning(arg)[1]:
            return lent
        is_kept = (lent is not None and self._is_kept(arg, lent)) or self._is_just_made(edge, arg)
        return frozenset() if is_kept else None

    def _is_just_made(self, edge: Edge, arg: ir.Value) -> bool:
        """Whether the caller hands over what it has put into an object that it makes, and not named since."""
        if edge.mode != "call" or not isinstance(arg, ir.FieldOf) or not self.is_made_in(arg, edge.caller):
            return False
        since = self._definitions.just_made(edge.caller, arg, edge.call.pos, edge.conditions)
        path = self._definitions.path(arg)
        return since is not None and not any(
            isinstance(part, ir.FieldOf) and self._definitions.path(part) == path
            for found in edge.caller.of(ir.Call)
            if since < found.instruction.pos < edge.call.pos
            for part in found.values
        )
