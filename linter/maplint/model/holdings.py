"""Who makes, holds, uses and starts the objects of each struct type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.definitions import Definitions
from maplint.model.let_go import let_go
from maplint.model.stored import Stored
from maplint.model.universe import Universe
from maplint.model.walk import operands, variables_in

_MAX_DEPTH = 5
_MAX_VALUES = 5
_CALLED_BACK = frozenset(("concurrent", "goroutine", "timer", "later"))


class Holder(NamedTuple):
    """Something that keeps objects of a type."""

    symbol: str
    owner: str
    """Struct type of the holding field; empty for a package variable."""
    element: bool
    """Whether it keeps many, in a map or slice; a channel keeps nothing for long."""
    whole: bool = True
    """Whether the objects are part of it, rather than made apart and pointed to."""


class Holdings:
    """What a program does with the objects of each struct type, by its symbol."""

    def __init__(
        self,
        universe: Universe,
        graph: CallGraph,
        definitions: Definitions,
        stored: Stored,
        functions: Iterable[ir.Function],
        variables: Iterable[ir.Var],
    ) -> None:
        self._universe = universe
        self._graph = graph
        self._definitions = definitions
        self._stored = stored
        self.holders: dict[str, set[Holder]] = defaultdict(set)
        self.made: dict[str, list[tuple[ir.Function, int]]] = defaultdict(list)
        """The places where objects are made, each a function and an offset."""
        self.methods: dict[str, set[str]] = defaultdict(set)
        """Names of the methods with a body."""
        self.goroutines: dict[str, str] = {}
        """For types with goroutines of their own, the function that starts one."""
        self.called_back: dict[str, str] = {}
        """For types with a method that is registered to be called back, the method."""
        self.unnamed: dict[str, t.Struct] = {}
        """The struct types that fields are declared with in place, by the symbol of the field."""
        self.frames: dict[str, set[tuple[ir.Var, ir.Function]]] = defaultdict(set)
        """The locals that hold objects, each with its function."""
        self.handed_on: set[ir.Var] = set()
        """Variables whose object leaves the function."""
        self.handed_down: set[ir.Var] = set()
        """Variables whose object is given to a function that is called: it may keep it, or be done with it."""
        self.let_go: set[str] = set()
        """Slices and containers of libraries from which something is taken out again, by symbol."""
        for var in variables:
            self._hold(Holder(var.symbol, "", False), var.type)
        self._hold_by_fields()
        for function in functions:
            if not function.is_test:
                self._function(function)

    def owners(self, symbol: str) -> set[str]:
        """The struct types whose objects may have one of a type, in a field or behind one."""
        found: set[str] = set()
        waiting = [symbol]
        while waiting:
            fresh = {holder.owner for holder in self.holders.get(waiting.pop(), ())} - found - {""}
            found |= fresh
            waiting += fresh
        return found

    def is_lent(self, field: str) -> bool:
        """Whether a field, by its symbol, is only given what others have: who fills it, or what they hold."""
        given = [value for value in self._stored.fields.get(field, ()) if not ir.is_nil(value)]
        return bool(given) and all(self._is_anothers(value) for value in given)

    def _is_anothers(self, value: ir.Value, depth: int = 0) -> bool:
        value = ir.unconverted(value)
        if isinstance(value, ir.FieldOf) or (isinstance(value, ir.Ref) and value.var.kind == "receiver"):
            return True
        if not isinstance(value, ir.Ref) or depth > _MAX_DEPTH:
            return False
        given = self._stored.arguments(value.var)[:_MAX_VALUES]
        return bool(given) and all(self._is_anothers(one, depth + 1) for one in given)

    def _hold_by_fields(self) -> None:
        for scope in self._universe.packages.values():
            names = [*scope.names, *scope.local_types]
            for name in names:
                struct = self._universe.underlying(t.Named(scope.path, name))
                if isinstance(struct, t.Struct):
                    for item in struct.fields:
                        holder = Holder(f"{struct.owner}.{item.name}", struct.owner, False)
                        self._hold(holder, item.type)

    def _hold(self, holder: Holder, kind: t.Type, depth: int = 0) -> None:
        if depth > 4:
            return
        if isinstance(kind, t.Named):
            if kind.package in self._universe.packages:
                self.holders[kind.symbol].add(holder)
                under = self._universe.underlying(kind)
                if isinstance(under, (t.Map, t.Slice)):
                    self._hold(holder, under, depth + 1)
            for arg in kind.args:
                self._hold(holder._replace(element=True), arg, depth + 1)
        elif isinstance(kind, t.Struct) and kind.owner:
            self.holders[kind.owner].add(holder)
            self.unnamed[kind.owner] = kind
        elif isinstance(kind, t.Pointer):
            self._hold(holder._replace(whole=False), kind.elem, depth + 1)
        elif isinstance(kind, (t.Slice, t.Array)):
            fixed = isinstance(kind, t.Array)
            self._hold(holder if fixed else holder._replace(element=True), kind.elem, depth + 1)
        elif isinstance(kind, t.Map):
            self._hold(holder._replace(element=True), kind.value, depth + 1)
            self._hold(holder._replace(element=True), kind.key, depth + 1)

    def _function(self, function: ir.Function) -> None:
        owner = function.symbol.rpartition(".")[0] if function.receiver is not None else ""
        if owner:
            self.methods[owner].add(function.name)
            if any(
                edge.mode in _CALLED_BACK and not edge.direct
                for edge in self._graph.callers.get(function, ())
            ):
                self.called_back.setdefault(owner, function.name)
        for call in function.of(ir.Call):
            if call.instruction.mode == "go":
                self._starts(call.instruction, owner)
        for store in function.of(ir.Store):
            self._keeps(store.instruction)
            self._frame(store.instruction, function)
        self.let_go.update(let_go(function))
        made = [part for found in function.making for part in found.made]
        for part in made:
            if isinstance(part, (ir.Composed, ir.Made)):
                self._makes(part, function)
        self._hands_on(function, made)
        if function.parent:
            used = [one for found in function.occurrences for one in operands(found.instruction)]
            self.handed_on.update(var for var in variables_in(used) if var.function != function.symbol)

    def _hands_on(self, function: ir.Function, made: list[ir.Value]) -> None:
        """Notes the variables whose object leaves the function."""
        down: list[ir.Value] = []
        away = [
            part.receiver for part in made if isinstance(part, ir.FuncValue) and part.receiver is not None
        ]
        for found in function.of(ir.Call):
            call = found.instruction
            given = [one for one in operands(call) if one is not call.receiver]
            (down if call.mode == "call" else away).extend(given)
        for store in function.of(ir.Store):
            away += _stored_away(store.instruction)
        for op in function.of(ir.MapOp):
            away += [one for one in operands(op.instruction) if one is not op.instruction.target]
        for left in function.of(ir.Return, ir.Send):
            away += operands(left.instruction)
        self.handed_down |= variables_in(down)
        self.handed_on |= variables_in(away)

    def _starts(self, call: ir.Call, owner: str) -> None:
        receiver = struct_symbol(call.receiver.type) if call.receiver is not None else ""
        for symbol in (receiver, owner):
            if symbol:
                self.goroutines.setdefault(symbol, call.function)

    def _frame(self, store: ir.Store, function: ir.Function) -> None:
        if store.define and isinstance(store.target, ir.Ref) and store.target.var.kind == "local":
            symbol = struct_symbol(store.target.type)
            if symbol:
                self.frames[symbol].add((store.target.var, function))

    def _keeps(self, store: ir.Store) -> None:
        """A value kept under an interface type: the declared type of the holder does not name it."""
        if store.define or not self._is_interface(store.target.type):
            return
        holder = _holder_of(store.target)
        if holder is not None:
            for found in self._concrete(store.value):
                self._hold(holder, found)

    def _makes(self, made: ir.Composed | ir.Made, function: ir.Function) -> None:
        symbol = struct_symbol(made.type)
        if symbol and not ir.is_nil(made):
            self.made[symbol].append((function, made.pos))
        if isinstance(made, ir.Composed):
            for key, item in made.elements:
                if isinstance(key, ir.FieldRef) and key.owner and self._is_interface(key.type):
                    for found in self._concrete(item):
                        self._hold(Holder(key.symbol, key.owner, False), found)

    def _is_interface(self, kind: t.Type) -> bool:
        return isinstance(self._universe.underlying(kind), t.Interface)

    def _concrete(self, value: ir.Value, depth: int = 0) -> Iterator[t.Type]:
        """The types that a value may have behind its declared one, through locals, arguments and results."""
        if depth > _MAX_DEPTH or not self._is_interface(value.type):
            yield value.type
            return
        given: Sequence[ir.Value] = ()
        if isinstance(value, ir.Converted):
            given = (value.operand,)
        elif isinstance(value, ir.Ref):
            given = self._definitions.values(value.var) or self._stored.arguments(value.var)
        elif isinstance(value, ir.Result) and isinstance(value.call.callee, ir.Static):
            returned = self._stored.results.get(value.call.callee.symbol, ())
            given = [values[value.index] for values in returned if value.index < len(values)]
        for one in given[:_MAX_VALUES]:
            yield from self._concrete(one, depth + 1)


def struct_symbol(kind: t.Type) -> str:
    """The symbol of the declared type behind a pointer; empty for others."""
    if isinstance(kind, t.Pointer):
        kind = kind.elem
    if isinstance(kind, t.Named):
        return kind.symbol
    return kind.owner if isinstance(kind, t.Struct) else ""


def _stored_away(store: ir.Store) -> tuple[ir.Value, ...]:
    """What a store keeps; a local that only names a new object, or a field, keeps nothing."""
    plain = isinstance(store.target, ir.Ref) and store.target.var.kind != "package-var"
    return () if plain and isinstance(store.value, (ir.Composed, ir.FieldOf)) else (store.value,)


def _holder_of(target: ir.Value) -> Holder | None:
    element = False
    while isinstance(target, (ir.ElemOf, ir.Converted)):
        element = element or isinstance(target, ir.ElemOf)
        target = target.base if isinstance(target, ir.ElemOf) else target.operand
    if isinstance(target, ir.FieldOf) and target.field.owner:
        return Holder(target.field.symbol, target.field.owner, element)
    if isinstance(target, ir.Ref) and target.var.kind == "package-var":
        return Holder(target.var.symbol, "", element)
    return None
