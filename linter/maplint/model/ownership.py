"""Objects that no other goroutine can see yet: made in this function, and not handed on so far.

RacerD's ownership: an access of an owned object needs no lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callback_modes import is_known
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.definitions import Definitions, returned
from maplint.model.handed import Chain, Handed
from maplint.model.repeats import loops_over
from maplint.model.universe import Universe
from maplint.model.walk import operands, parts

_CLONES = frozenset(("maps.Clone", "maps.Collect", "golang.org/x/exp/maps.Clone"))
"""Functions of libraries that give back a new map."""
_CARRYING = frozenset((ir.Ref, ir.FieldOf, ir.ElemOf, ir.Sliced, ir.Converted, ir.FuncValue))
"""Arguments that may hand an object on."""


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
        self._captures: dict[str, set[ir.Var]] = defaultdict(set)
        self._published: dict[ir.Var, int] = {}
        self._shown: dict[ir.Var, int] = {}
        """Where an object is first given to a goroutine, a callback, a channel or a package variable."""
        self._owned: dict[ir.Var, bool] = {}
        self._returns_fresh: dict[tuple[str, int], bool] = {}
        functions = list(functions)
        self._by_symbol = {function.symbol: function for function in functions}
        for function in functions:
            if function.parent:
                self._capture(function)
        for function in functions:
            self._publications(function)
        self._publish_through_calls(functions)
        self._returns_fresh.clear()

    def _capture(self, function: ir.Function) -> None:
        for found in function.occurrences:
            for part in found.values:
                if isinstance(part, ir.Ref) and part.var.function not in ("", function.symbol):
                    self._captures[function.symbol].add(part.var)
                elif isinstance(part, ir.FuncValue) and part.literal:
                    self._captures[function.symbol] |= {
                        var for var in self._captures[part.symbol] if var.function != function.symbol
                    }

    def captured(self, literal: str) -> set[ir.Var]:
        """The variables of enclosing functions that a function literal uses."""
        return self._captures.get(literal, set())

    def _publications(self, function: ir.Function) -> None:
        """Where a variable's object first becomes visible to other goroutines."""
        for found in function.of(ir.Call, ir.Store, ir.Send):
            instruction = found.instruction
            if isinstance(instruction, ir.Call):
                self._publish_by_call(function, instruction)
            elif isinstance(instruction, ir.Send):
                self._publish_all((instruction.value,), instruction.pos)
            elif isinstance(instruction, ir.Store):
                self._publish_by_store(instruction)

    def _publish_by_store(self, store: ir.Store) -> None:
        if not isinstance(store.target, ir.Ref):
            if not self._is_own_part(store):
                self._publish_all((store.value,), store.pos, False, self.base(store.target))
        elif store.target.var.kind == "package-var":
            self._publish_all((store.value,), store.pos)

    def _publish_by_call(self, function: ir.Function, call: ir.Call) -> None:
        if call.mode == "go":
            self._publish_all(operands(call), call.pos)
        elif isinstance(call.callee, (ir.External, ir.Dynamic)):
            literals = [value for value in call.args if isinstance(value, ir.FuncValue)]
            if literals and not self._runs_at_once(function, call):
                self._publish_all(literals, call.pos, _is_known(call))

    def _runs_at_once(self, function: ir.Function, call: ir.Call) -> bool:
        """Whether what the call is given runs before it returns, and in the same goroutine."""
        modes = {edge.mode for edge in self._graph.callees.get(function, ()) if edge.call is call}
        return bool(modes) and modes <= {"call", "now", "once", "action"}

    def _publish_through_calls(self, functions: Iterable[ir.Function]) -> None:
        """An object handed to a function that publishes its parameter is published by the call."""
        handed = [
            (param, arg, edge.call.pos)
            for function in functions
            for edge in self._graph.callees.get(function, ())
            if edge.direct
            for param, arg in _handed(edge)
            if type(arg) in _CARRYING and not self._is_plain(arg.type)
        ]
        carried: dict[int, tuple[ir.Var, ...]] = {}
        for _ in range(4):
            before = len(self._published) + len(self._shown)
            handed = [
                given
                for given in handed
                if given[0] not in self._published or not self._publish_handed(*given, carried)
            ]
            if len(self._published) + len(self._shown) == before:
                return

    def _publish_handed(
        self, param: ir.Var, arg: ir.Value, pos: int, carried: dict[int, tuple[ir.Var, ...]]
    ) -> bool:
        """Publishes what a published parameter is handed; returns whether no more can follow from that call.

        `carried` remembers the variables whose objects arguments carry, by the identity of the arguments.
        """
        if id(arg) not in carried:
            carried[id(arg)] = tuple(self._handed_on(arg))
        for var in carried[id(arg)]:
            self._publish(var, pos, param in self._shown)
        return not carried[id(arg)] or param in self._shown

    def _handed_on(self, arg: ir.Value) -> Iterable[ir.Var]:
        """The variables whose objects a callee gets with an argument: what it names, or what a literal captures."""
        while isinstance(arg, ir.Converted):
            arg = arg.operand
        if isinstance(arg, ir.FuncValue) and arg.literal:
            return self._captures[arg.symbol]
        base = self.base(arg)
        return () if base is None else (base,)

    def _is_own_part(self, store: ir.Store) -> bool:
        """Whether something is stored into an object that is itself still owned by the function."""
        base = self.base(store.target)
        return base is not None and base.function == _function_of(store.target) and self.is_fresh_var(base)

    def _publish_all(
        self, values: Iterable[ir.Value], pos: int, shown: bool = True, keeper: ir.Var | None = None
    ) -> None:
        """Publishes the objects that values carry; what an object keeps of its own is seen by nobody new."""
        for value in values:
            for part in self._carried(value):
                if isinstance(part, ir.Ref):
                    if part.var is not keeper:
                        self._publish(part.var, pos, shown)
                elif isinstance(part, ir.FuncValue) and part.literal:
                    for var in self._captures[part.symbol]:
                        self._publish(var, pos, shown)

    def _carried(self, value: ir.Value) -> Iterator[ir.Value]:
        """The parts of a value through which objects are handed on."""
        if self._is_plain(value.type):
            return
        if isinstance(value, ir.Composed):
            for _, item in value.elements:
                yield from self._carried(item)
        elif isinstance(value, ir.Converted):
            yield from self._carried(value.operand)
        else:
            yield from parts(value)

    def _is_plain(self, kind: t.Type) -> bool:
        """Whether values of a type are numbers or strings, read from an object and no way to it."""
        return type(kind) is t.Basic or isinstance(self._universe.underlying(kind), t.Basic)

    def is_shown(self, var: ir.Var, pos: int) -> bool:
        """Whether others may see a variable's object at a place of the function that declares it."""
        return pos > self._published.get(var, pos)

    def function(self, symbol: str) -> ir.Function | None:
        return self._by_symbol.get(symbol)

    def is_struct(self, kind: t.Type) -> bool:
        """Whether values of a type are structs, of which each variable has one of its own."""
        return isinstance(self._universe.underlying(kind), t.Struct)

    def _publish(self, var: ir.Var, pos: int, shown: bool) -> None:
        self._published[var] = min(pos, self._published.get(var, pos))
        if shown:
            self._shown[var] = min(pos, self._shown.get(var, pos))

    def base(self, value: ir.Value) -> ir.Var | None:
        """The variable that an access path begins with; locals that only name a path are followed."""
        for _ in range(50):
            if isinstance(value, (ir.FieldOf, ir.ElemOf, ir.Sliced)):
                value = value.base
            elif isinstance(value, ir.Converted):
                value = value.operand
            elif isinstance(value, ir.Ref):
                single = self._definitions.single(value.var)
                if not isinstance(single, (ir.Ref, ir.FieldOf, ir.ElemOf, ir.Converted)) or self._is_fresh(
                    single
                ):
                    return value.var
                value = single
            else:
                return self._given_back(value) if isinstance(value, ir.Result) else None
        return None

    def _given_back(self, result: ir.Result) -> ir.Var | None:
        """The captured variable that a local literal gives back whenever it is called."""
        called = result.call.callee.value if isinstance(result.call.callee, ir.Dynamic) else None
        literal = self._definitions.root(called) if called is not None else None
        function = self._by_symbol.get(literal.symbol) if isinstance(literal, ir.FuncValue) else None
        values = returned(function, result.index) if function is not None else []
        found = {value.var if isinstance(value, ir.Ref) else None for value in values}
        var = next(iter(found)) if len(found) == 1 else None
        return var if function is not None and var is not None and var.function == function.parent else None

    def is_owned(self, value: ir.Value, function: ir.Function, pos: int) -> bool:
        """Whether what an access path begins with was made in the function and is not visible elsewhere at
        `pos`.
        """
        base = self.base(value)
        if base is None:
            root = self._definitions.root(value)
            made = isinstance(root, ir.Made) and root.how != "make"
            return made or (isinstance(root, (ir.Composed, ir.Result)) and self._is_fresh(root))
        if base.function != function.symbol:
            return self._is_owned_outside(base, function)
        if pos > self._published.get(base, pos):
            return False
        if base.kind in ("parameter", "receiver"):
            return self._is_handed_over(base, function)
        return self._is_fresh_at(base, function, pos)

    def is_being_made(self, value: ir.Value, function: ir.Function, pos: int) -> bool:
        """Whether the function has made the object and has not started anything with it before `pos`.

        It may have been given to other objects that the function sets up.
        """
        base = self.base(value)
        if base is None or base.function != function.symbol or base.kind in ("parameter", "receiver"):
            return False
        return pos <= self._shown.get(base, pos) and self._is_fresh_at(base, function, pos)

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
            return own and value.var not in self._published and self.is_fresh_var(value.var)
        return self._is_fresh(value)

    def _is_handed_over(self, var: ir.Var, function: ir.Function) -> bool:
        """Whether every caller hands over an object that it owns; what a loop has handed over may be seen by then."""
        if var in self._owned:
            return self._owned[var]
        self._owned[var] = False
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        is_shown_again = var in self._published and any(self._is_again(edge, var) for edge in edges)
        found = bool(edges) and not is_shown_again and all(self._hands_over(edge, var) for edge in edges)
        self._owned[var] = found
        return found

    def _is_again(self, edge: Edge, var: ir.Var) -> bool:
        """Whether a loop hands over one object again and again, and not one that each round makes."""
        bases = [self.base(given) for given in handed_to(edge.call, edge.callee, var)]
        return any(one is not None and loops_over(edge.conditions, edge.caller, one) for one in bases)

    def _hands_over(self, edge: Edge, var: ir.Var) -> bool:
        through_interface = isinstance(edge.call.callee, ir.Abstract)
        if not (edge.direct or through_interface) or edge.mode not in ("call", "defer"):
            return False
        arg = next(handed_to(edge.call, edge.callee, var), None)
        pos = edge.caller.end if edge.mode == "defer" else edge.call.pos
        return arg is not None and (self.is_owned(arg, edge.caller, pos) or self._is_just_made(edge, arg))

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
