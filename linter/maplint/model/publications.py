"""Where the objects that variables hold first become visible to other goroutines, whole or in parts.

Who is given `server.queue` sees the queue and not the server, unless the queue is known to know the server.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callback_modes import is_known
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.definitions import Definitions
from maplint.model.universe import Universe
from maplint.model.walk import operands, parts

if TYPE_CHECKING:
    from maplint.model.ownership import Ownership

_CARRYING = frozenset((ir.Ref, ir.FieldOf, ir.ElemOf, ir.Sliced, ir.Converted, ir.FuncValue))
"""Arguments that may hand an object on."""
_WHOLE = ""
"""The part of an object that is all of it; others are named by the symbol of the field that they begin with."""


class Publications:
    """The first place in the function of a variable where others get its object."""

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        graph: CallGraph,
        ownership: Ownership,
    ) -> None:
        self._universe = universe
        self._definitions = definitions
        self._graph = graph
        self._ownership = ownership
        self._captures: dict[str, set[ir.Var]] = defaultdict(set)
        self._places: dict[ir.Var, dict[str, int]] = {}
        """By part: where anybody else gets it."""
        self._shown: dict[ir.Var, dict[str, int]] = {}
        """By part: where it is given to a goroutine, a callback, a channel or a package variable."""
        self._count = 0
        self._knowing: frozenset[str] = frozenset()
        """The fields whose objects are given the object that has the field."""

    def collect(self, functions: list[ir.Function]) -> None:
        """Reads all functions of a program."""
        for function in functions:
            if function.parent:
                self._capture(function)
        self._knowing = frozenset(one for function in functions for one in self._that_know_owner(function))
        for function in functions:
            self._function(function)
        self._through_calls(functions)

    def captured(self, literal: str) -> set[ir.Var]:
        """The variables of enclosing functions that a function literal uses."""
        return self._captures.get(literal, set())

    def is_published(self, var: ir.Var) -> bool:
        """Whether others get a variable's object, or a part of it, at some place of the function."""
        return var in self._places

    def before(self, var: ir.Var, pos: int) -> frozenset[str] | None:
        """The fields whose objects others have before a place; None where they have the whole object."""
        return _before(self._places.get(var, {}), pos)

    def shown_before(self, var: ir.Var, pos: int) -> frozenset[str] | None:
        """The same of what goroutines, callbacks, channels and package variables have been given."""
        return _before(self._shown.get(var, {}), pos)

    def _capture(self, function: ir.Function) -> None:
        for found in function.occurrences:
            for part in found.values:
                if isinstance(part, ir.Ref) and part.var.function not in ("", function.symbol):
                    self._captures[function.symbol].add(part.var)
                elif isinstance(part, ir.FuncValue) and part.literal:
                    self._captures[function.symbol] |= {
                        var for var in self._captures[part.symbol] if var.function != function.symbol
                    }

    def _that_know_owner(self, function: ir.Function) -> Iterator[str]:
        """The fields through whose objects a function lets them know the object that has the field."""
        for stored in function.of(ir.Store):
            value = stored.instruction.value
            local = value.var if isinstance(value, ir.Ref) and value.var.kind == "local" else None
            given = [value, *(self._definitions.values(local) if local is not None else ())]
            yield from self._told(stored.instruction.target, given)
        for called in function.of(ir.Call):
            if called.instruction.receiver is not None:
                yield from self._told(called.instruction.receiver, called.instruction.args)

    def _told(self, place: ir.Value, given: Iterable[ir.Value]) -> Iterator[str]:
        """The field that an access path begins with, where what is given there tells of its object."""
        field = self._ownership.beginning(place)[1] if isinstance(place, ir.FieldOf) else ""
        if field and any(self._tells_of(one, field.rpartition(".")[0]) for one in given):
            yield field

    def _tells_of(self, value: ir.Value, owner: str) -> bool:
        """Whether an object of a type is in a value, or in what the call is given that the value comes from."""
        return any(
            (isinstance(part, ir.Ref) and _is_of(part.var.type, owner))
            or (
                isinstance(part, ir.FuncValue)
                and any(_is_of(var.type, owner) for var in self.captured(part.symbol))
            )
            or (
                isinstance(part, ir.Result) and any(self._tells_of(arg, owner) for arg in operands(part.call))
            )
            for part in parts(value)
        )

    def _function(self, function: ir.Function) -> None:
        for found in function.of(ir.Call, ir.Store, ir.Send):
            instruction = found.instruction
            if isinstance(instruction, ir.Call):
                self._by_call(function, instruction)
            elif isinstance(instruction, ir.Send):
                self._all((instruction.value,), instruction.pos)
            elif isinstance(instruction, ir.Store):
                self._by_store(instruction)

    def _by_store(self, store: ir.Store) -> None:
        if not isinstance(store.target, ir.Ref):
            if not self._is_own_part(store):
                self._all((store.value,), store.pos, False, self._ownership.base(store.target))
        elif store.target.var.kind == "package-var":
            self._all((store.value,), store.pos)

    def _by_call(self, function: ir.Function, call: ir.Call) -> None:
        if call.mode == "go":
            self._all(operands(call), _place(call))
        elif isinstance(call.callee, (ir.External, ir.Dynamic)):
            literals = [value for value in call.args if isinstance(value, ir.FuncValue)]
            if literals and not self._runs_at_once(function, call):
                self._all(literals, _place(call), _is_known(call))

    def _runs_at_once(self, function: ir.Function, call: ir.Call) -> bool:
        """Whether what the call is given runs before it returns, and in the same goroutine."""
        modes = {edge.mode for edge in self._graph.callees.get(function, ()) if edge.call is call}
        return bool(modes) and modes <= {"call", "now", "once", "action"}

    def _is_own_part(self, store: ir.Store) -> bool:
        """Whether something is stored into an object that is itself still owned by the function."""
        base = self._ownership.base(store.target)
        own = base is not None and base.function == _function_of(store.target)
        return own and base is not None and self._ownership.is_fresh_var(base)

    def _all(
        self, values: Iterable[ir.Value], pos: int, shown: bool = True, keeper: ir.Var | None = None
    ) -> None:
        """Publishes the objects that values carry; what an object keeps of its own is seen by nobody new."""
        for value in values:
            for part in self._carried(value):
                for var, field in self._named(part):
                    if var is not keeper:
                        self._add(var, field, pos, shown)

    def _carried(self, value: ir.Value) -> Iterator[ir.Value]:
        """The parts of a value through which objects are handed on."""
        if self._is_plain(value.type):
            return
        if isinstance(value, ir.Composed):
            for _, item in value.elements:
                yield from self._carried(item)
        elif isinstance(value, ir.Converted):
            yield from self._carried(value.operand)
        elif isinstance(value, ir.FieldOf):
            yield value
        elif isinstance(value, ir.FuncValue) and not value.literal and value.receiver is not None:
            yield from self._carried(value.receiver)
        else:
            yield from parts(value)

    def _named(self, value: ir.Value) -> Iterator[tuple[ir.Var, str]]:
        """The variables whose objects a value is a part of, or has captured, with the part."""
        if isinstance(value, ir.FuncValue) and value.literal:
            for var in self._captures[value.symbol]:
                yield var, _WHOLE
        elif isinstance(value, (ir.Ref, ir.FieldOf)):
            named, field = (value.var, _WHOLE) if isinstance(value, ir.Ref) else self._part(value)
            if named is not None:
                yield named, field

    def _part(self, value: ir.Value) -> tuple[ir.Var | None, str]:
        """The variable that an access path begins with, and the part of its object that others get along it."""
        var, field = self._ownership.beginning(value)
        return var, _WHOLE if field in self._knowing else field

    def _is_plain(self, kind: t.Type) -> bool:
        """Whether values of a type are numbers or strings, read from an object and no way to it."""
        return type(kind) is t.Basic or isinstance(self._universe.underlying(kind), t.Basic)

    def _through_calls(self, functions: Iterable[ir.Function]) -> None:
        """An object handed to a function that publishes its parameter is published by the call."""
        handed = [
            (param, arg, _place(edge.call))
            for function in functions
            for edge in self._graph.callees.get(function, ())
            if edge.direct
            for param, arg in _handed(edge)
            if type(arg) in _CARRYING and not self._is_plain(arg.type)
        ]
        carried: dict[int, tuple[tuple[ir.Var, str], ...]] = {}
        for _ in range(4):
            before = self._count
            handed = [
                given for given in handed if given[0] not in self._places or not self._hand(*given, carried)
            ]
            if self._count == before:
                return

    def _hand(
        self, param: ir.Var, arg: ir.Value, pos: int, carried: dict[int, tuple[tuple[ir.Var, str], ...]]
    ) -> bool:
        """Publishes what a published parameter is handed; returns whether no more can follow from that call.

        `carried` remembers the variables whose objects arguments carry, by the identity of the arguments.
        """
        if id(arg) not in carried:
            carried[id(arg)] = tuple(self._handed_on(arg))
        shown = self._shown.get(param, {})
        for var, field in carried[id(arg)]:
            for part in tuple(self._places[param]):
                self._add(var, field or part, pos, part in shown)
        return not carried[id(arg)] or _WHOLE in shown

    def _handed_on(self, arg: ir.Value) -> Iterator[tuple[ir.Var, str]]:
        """The variables whose objects a callee gets with an argument: what it names, or what a literal captures."""
        while isinstance(arg, ir.Converted):
            arg = arg.operand
        if isinstance(arg, ir.FuncValue) and arg.literal:
            yield from self._named(arg)
            return
        var, field = self._part(arg)
        if var is not None:
            yield var, field

    def _add(self, var: ir.Var, part: str, pos: int, shown: bool) -> None:
        for places in (self._places, self._shown) if shown else (self._places,):
            known = places.setdefault(var, {})
            self._count += part not in known
            known[part] = min(pos, known.get(part, pos))


def _place(call: ir.Call) -> int:
    """Where what a call is given gets known: at its closing parenthesis, the arguments are worked out before."""
    return call.end - 1


def _before(places: dict[str, int], pos: int) -> frozenset[str] | None:
    found = frozenset(part for part, since in places.items() if since < pos)
    return None if _WHOLE in found else found


def _is_of(kind: t.Type, owner: str) -> bool:
    plain = t.pointed(kind)
    return isinstance(plain, t.Named) and plain.symbol == owner


def _handed(edge: Edge) -> Iterator[tuple[ir.Var, ir.Value]]:
    """The parameters that a call fills, each with what it is given."""
    yield from zip(edge.callee.params, edge.call.args, strict=False)
    if edge.callee.receiver is not None and edge.call.receiver is not None:
        yield edge.callee.receiver, edge.call.receiver


def _is_known(call: ir.Call) -> bool:
    """Whether it is known, and not guessed by a name, that a function from outside runs what it is given."""
    symbol = call.callee.symbol if isinstance(call.callee, ir.External) else ""
    return not symbol or any(is_known(symbol, index) for index in range(len(call.args)))


def _function_of(target: ir.Value) -> str:
    """The function whose variable a target begins with."""
    for part in parts(target):
        if isinstance(part, ir.Ref):
            return part.var.function
    return ""
