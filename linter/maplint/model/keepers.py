"""Who keeps a function literal beyond the run of the function that it is written in, and may call it when.

The literal's value is followed through locals, struct values, arguments and results of the analysed code until it is
started, registered, stored, sent or handed to callers that are not known. What only calls it on the spot keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from maplint.facts import types as t
from maplint.knowledge.callbacks import callbacks
from maplint.model import ir
from maplint.model.callback_modes import callback_mode, field_mode
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.families import Families, variables
from maplint.model.life import Life, Lifetimes
from maplint.model.naming import short
from maplint.model.ownership import Ownership
from maplint.model.universe import Universe
from maplint.model.waits import callee_name
from maplint.model.walk import Condition, Occurrence, occurrences, operands

_MAX_DEPTH = 5
_MAX_CALLERS = 20
_AT_ONCE = frozenset(("now", "once", "parallel"))
_STARTS = re.compile(r"^(?:Go|TryGo|Submit|TrySubmit|Spawn|Async|Background)(?:[A-Z]|$)")
_RUNS_LATER_ONCE = re.compile(r"^(?:AfterFunc|RegisterOnShutdown|Cleanup|AddCleanup|SetFinalizer)$")
_SERVES = re.compile(r"^(?:Serve|ListenAndServe|Listen|Run|Start)")
_STORES = re.compile(r"^(?:Store|Swap|Push|Enqueue|Append|Insert)")
_WRAPS = re.compile(r"^(?:New|Wrap|Make|Chain|Compose|Instrument|Adapt)|(?:Handler|Func|Middleware)$")
_SHORT_USE = re.compile(r"(?:Option|Opt|Modifier|Mutator|Visitor|Walker|Comparator|Less)(?:Func|Fn)?$")
_SETTINGS = re.compile(r"(?:Options|Opts|Cfg|Conf|Config|Params|Args|Query|Request)$")

Carrier: TypeAlias = "str | ir.Var | ir.Call"
"""What holds the function: the symbol of the literal itself, a variable, or a call by its result."""


class Keeper(NamedTuple):
    """One way in which a literal outlives the function it is written in."""

    kind: str
    """goroutine, registered, stored, sent or returned."""
    says: str
    """A clause about the literal: `the field Bus.subscribers holds it`."""
    again: bool
    """Whether it may be called again and again, rather than once."""
    life: Life
    """How long the keeper lives."""
    function: ir.Function
    """Where the literal leaves the function it is written in, or a literal beside it."""
    pos: int
    end: int
    conditions: tuple[Condition, ...]
    """What holds at that place."""


class _Trace(NamedTuple):
    """What becomes of a value in one family of functions."""

    keepers: tuple[Keeper, ...]
    returned: tuple[tuple[ir.Function, Occurrence], ...]
    """The returns that hand it out, and the function each stands in."""
    holders: frozenset[ir.Var]
    """The variables that hold it, by themselves or in a value they refer to."""


_NOTHING = _Trace((), (), frozenset())


class Keepers:
    """Answers who keeps a literal, over a whole program."""

    def __init__(
        self,
        universe: Universe,
        graph: CallGraph,
        lifetimes: Lifetimes,
        ownership: Ownership,
        families: Families,
    ) -> None:
        self._universe = universe
        self._graph = graph
        self._lifetimes = lifetimes
        self._ownership = ownership
        self._families = families
        self._known: dict[ir.Function, tuple[Keeper, ...]] = {}
        self._traces: dict[tuple[ir.Function, Carrier], _Trace] = {}

    def of(self, literal: ir.Function) -> tuple[Keeper, ...]:
        """Everything that keeps the literal; empty where it is only called on the spot."""
        known = self._known.get(literal)
        if known is None:
            self._known[literal] = ()
            trace = self._trace(self._families.top(literal), literal.symbol, 0)
            found = [*trace.keepers, *self._handed_out(trace, None, 0)]
            known = self._known[literal] = tuple({(k.kind, k.says, k.pos): k for k in found}.values())
        return known

    def _trace(self, home: ir.Function, seed: Carrier, depth: int) -> _Trace:
        """Follows what `seed` carries through a function and the literals in it."""
        known = self._traces.get((home, seed))
        if known is None:
            self._traces[home, seed] = _NOTHING
            known = self._traces[home, seed] = self._follow(home, seed, depth)
        return known

    def _follow(self, home: ir.Function, seed: Carrier, depth: int) -> _Trace:
        if depth > _MAX_DEPTH:
            return _NOTHING
        body = [(m, found) for m in self._families.members(home) for found in occurrences(m.body)]
        carriers = {seed}
        size = 0
        while size != len(carriers):
            size = len(carriers)
            for member, found in body:
                carriers |= self._spreads_to(member, found.instruction, carriers, depth)
        keepers = [k for member, found in body for k in self._keepers_at(member, found, carriers, depth)]
        keepers += self._users(home, seed, carriers)
        returned = [
            (member, found)
            for member, found in body
            if isinstance(found.instruction, ir.Return)
            and any(self._carries(value, carriers) for value in found.instruction.values)
        ]
        holders = frozenset(carrier for carrier in carriers if isinstance(carrier, ir.Var))
        return _Trace(tuple(keepers), tuple(returned), holders)

    def _users(self, home: ir.Function, seed: Carrier, carriers: set[Carrier]) -> Iterator[Keeper]:
        """A literal beside it that uses it keeps it for as long as it is kept itself."""
        for member in self._families.members(home):
            if member is home or (isinstance(seed, str) and f"{member.symbol}.".startswith(f"{seed}.")):
                continue
            if any(ref.var in carriers and ref.var.function != member.symbol for ref in variables(member)):
                yield from self.of(member)

    def _carries(self, value: ir.Value, carriers: set[Carrier]) -> bool:
        if isinstance(value, ir.FuncValue):
            bound = value.receiver is not None and self._carries(value.receiver, carriers)
            return bound or value.symbol in carriers
        if isinstance(value, ir.Ref):
            return value.var in carriers
        if isinstance(value, ir.Result):
            return value.call in carriers
        if isinstance(value, ir.Converted):
            return self._carries(value.operand, carriers)
        if isinstance(value, ir.Composed):
            return any(self._carries(item, carriers) for _, item in value.elements)
        if isinstance(value, ir.Computed):
            return value.op == "append" and any(self._carries(item, carriers) for item in value.operands)
        if isinstance(value, (ir.FieldOf, ir.ElemOf)):
            return isinstance(self._universe.underlying(value.type), t.Func) and self._carries(value.base, carriers)
        return isinstance(value, ir.Sliced) and self._carries(value.base, carriers)

    # Where it goes inside the family

    def _spreads_to(
        self, member: ir.Function, instruction: ir.Instruction, carriers: set[Carrier], depth: int
    ) -> set[Carrier]:
        """Further variables and results that hold it after an instruction."""
        if isinstance(instruction, ir.Store) and self._carries(instruction.value, carriers):
            base = instruction.target.var if isinstance(instruction.target, ir.Ref) else self._local(instruction.target)
            return {base} if base is not None and base.kind != "package-var" else set()
        if not isinstance(instruction, ir.Call) or not any(self._carries(arg, carriers) for arg in instruction.args):
            return set()
        found: set[Carrier] = set()
        edges = self._edges(member, instruction)
        for edge, param in self._bound(edges, instruction, carriers):
            if any(where is edge.callee for where, _ in self._trace_param(edge, param, depth).returned):
                found.add(instruction)
        if not edges and self._may_hold(instruction):
            found.add(instruction)
        if instruction.receiver is not None and isinstance(instruction.callee, ir.External):
            receiver = self._local(instruction.receiver)
            if receiver is not None:
                found.add(receiver)
        return found

    def _may_hold(self, call: ir.Call) -> bool:
        """Whether the result of a call outside the analysed code may be the function, wrapped."""
        under = self._universe.underlying(call.type)
        if under is None:
            return bool(_WRAPS.search(callee_name(call)))
        return call.type != t.ERROR and isinstance(under, (t.Func, t.Interface, t.Pointer))

    def _local(self, value: ir.Value) -> ir.Var | None:
        """The local that an access path begins with, where it names an object and no part of the outside."""
        base = self._ownership.base(value)
        return base if base is not None and base.kind == "local" else None

    def _edges(self, member: ir.Function, call: ir.Call) -> list[Edge]:
        return [edge for edge in self._graph.callees.get(member, ()) if edge.call is call and edge.direct]

    def _bound(
        self, edges: Iterable[Edge], call: ir.Call, carriers: set[Carrier]
    ) -> Iterator[tuple[Edge, ir.Var]]:
        """The parameters that a call gives it to."""
        for edge in edges:
            params = edge.callee.params
            for i, arg in enumerate(call.args):
                if params and self._carries(arg, carriers):
                    yield edge, params[min(i, len(params) - 1)]
            receiver = edge.callee.receiver
            if receiver is not None and call.receiver is not None and self._carries(call.receiver, carriers):
                yield edge, receiver

    def _trace_param(self, edge: Edge, param: ir.Var, depth: int) -> _Trace:
        return self._trace(self._families.top(edge.callee), param, depth + 1)

    # Where it is kept

    def _keepers_at(
        self, member: ir.Function, found: Occurrence, carriers: set[Carrier], depth: int
    ) -> Iterator[Keeper]:
        instruction = found.instruction
        if isinstance(instruction, ir.Store) and self._carries(instruction.value, carriers):
            yield from self._stored(member, found, instruction.target)
        elif isinstance(instruction, ir.MapOp) and instruction.op in ("Store", "LoadOrStore", "Swap"):
            if instruction.value is not None and self._carries(instruction.value, carriers):
                yield from self._stored(member, found, instruction.target)
        elif isinstance(instruction, ir.Send) and self._carries(instruction.value, carriers):
            yield _keeper("sent", "it is sent to a channel", False, Life.UNKNOWN, member, found)
        elif isinstance(instruction, ir.Call):
            yield from self._of_call(member, found, instruction, carriers, depth)
        for operand in operands(instruction):
            yield from self._in_fields(member, found, operand, carriers)

    def _stored(self, member: ir.Function, found: Occurrence, target: ir.Value) -> Iterator[Keeper]:
        base = target.var if isinstance(target, ir.Ref) else self._ownership.base(target)
        if base is not None and base.kind == "package-var":
            says = f"the package variable {short(base.symbol)} holds it"
            yield _keeper("stored", says, True, Life.LONG, member, found)
            return
        field = _field_of(target)
        is_local = base is not None and base.kind == "local"
        if field is not None:
            yield from self._held(field, member, found, Life.LIKELY if is_local else Life.UNKNOWN)
        elif base is not None and not is_local and not isinstance(target, ir.Ref):
            yield _keeper("stored", f"{base.name} holds it", True, Life.UNKNOWN, member, found)

    def _in_fields(
        self, member: ir.Function, found: Occurrence, value: ir.Value, carriers: set[Carrier]
    ) -> Iterator[Keeper]:
        """Fields of struct values of analysed types that are known to live long."""
        while isinstance(value, ir.Converted):
            value = value.operand
        if isinstance(value, ir.Composed):
            for key, item in value.elements:
                if isinstance(key, ir.FieldRef) and self._carries(item, carriers):
                    yield from self._held(key, member, found, Life.LIKELY)
                elif isinstance(item, (ir.Composed, ir.Converted)):
                    yield from self._in_fields(member, found, item, carriers)

    def _held(
        self, field: ir.FieldRef, member: ir.Function, found: Occurrence, least: Life
    ) -> Iterator[Keeper]:
        """A field as a keeper, where its owner lives at least that long."""
        life = self._lifetimes.of(field.owner).life if field.path else Life.UNKNOWN
        if life is Life.UNKNOWN and _SETTINGS.search(field.owner):
            return
        if life >= least:
            yield _keeper("stored", f"the field {short(field.symbol)} holds it", True, life, member, found)

    def _of_call(
        self, member: ir.Function, found: Occurrence, call: ir.Call, carriers: set[Carrier], depth: int
    ) -> Iterator[Keeper]:
        started = call.mode == "go"
        if isinstance(call.callee, ir.Dynamic) and self._carries(call.callee.value, carriers):
            if started:
                yield _keeper("goroutine", "it runs in a goroutine", False, Life.LIKELY, member, found)
            return
        given = [i for i, arg in enumerate(call.args) if self._carries(arg, carriers)]
        through = call.receiver is not None and self._carries(call.receiver, carriers)
        if started and (given or through):
            yield _keeper("goroutine", f"a goroutine of {_callee(call)} uses it", True, Life.LIKELY, member, found)
            return
        edges = self._edges(member, call)
        for edge, param in self._bound(edges, call, carriers):
            trace = self._trace_param(edge, param, depth)
            for keeper in (*trace.keepers, *self._handed_out(trace, edge.callee, depth + 1)):
                yield _moved(keeper, member, found)
        if not edges and isinstance(call.callee, (ir.External, ir.Abstract)):
            for index in given:
                yield from self._registered(member, found, call, index, carriers)
            if through and not given and _SERVES.match(callee_name(call)):
                yield _keeper("registered", f"{_callee(call)} runs with it", True, Life.LIKELY, member, found)

    def _registered(
        self, member: ir.Function, found: Occurrence, call: ir.Call, index: int, carriers: set[Carrier]
    ) -> Iterator[Keeper]:
        """A call outside the analysed code that keeps it, as tables or its name say."""
        symbol = call.callee.symbol if isinstance(call.callee, ir.External) else f"?.{callee_name(call)}"
        mode = callback_mode(symbol, index)
        if mode in _AT_ONCE:
            if symbol not in _known_names() and (_STORES.match(callee_name(call)) or _keeps_field(call.args[index])):
                yield _keeper("registered", f"{_callee(call)} keeps it", True, Life.UNKNOWN, member, found)
            return
        if call.receiver is not None and self._local(call.receiver) is not None and symbol not in _known_names():
            return
        life = Life.LONG if mode == "concurrent" and symbol in _known_names() else Life.LIKELY
        if _STARTS.match(callee_name(call)):
            yield _keeper("goroutine", f"{_callee(call)} runs it in a goroutine", False, life, member, found)
        elif _RUNS_LATER_ONCE.match(callee_name(call)):
            yield _keeper("registered", f"{_callee(call)} runs it later", False, life, member, found)
        else:
            yield _keeper("registered", f"{_callee(call)} keeps it", True, life, member, found)

    # What becomes of it in callers

    def _handed_out(self, trace: _Trace, but: ir.Function | None, depth: int) -> Iterator[Keeper]:
        """The keepers of what is returned, followed into the callers of every function but one."""
        for function, found in trace.returned:
            if function is not but:
                yield from self._in_callers(function, found, depth)

    def _in_callers(self, function: ir.Function, found: Occurrence, depth: int) -> Iterator[Keeper]:
        if depth > _MAX_DEPTH or self._is_used_at_once(function):
            return
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        says = f"{short(function.symbol)} returns it"
        if not any(edge.direct for edge in edges):
            life = Life.LIKELY if edges or self.of(function) else Life.UNKNOWN
            yield _keeper("returned", says, True, life, function, found)
        for edge in [edge for edge in edges if edge.direct][:_MAX_CALLERS]:
            home = self._families.top(edge.caller)
            trace = self._trace(home, edge.call, depth + 1)
            if _is_start(home) and (edge.caller is home or any(var.function == home.symbol for var in trace.holders)):
                yield _keeper("returned", f"{says} to {short(home.symbol)}", True, Life.LONG, function, found)
            for keeper in (*trace.keepers, *self._handed_out(trace, None, depth + 1)):
                yield _moved(keeper, function, found, f"{says}, and ")

    def _is_used_at_once(self, function: ir.Function) -> bool:
        """Whether what it returns is run soon and dropped: an iterator, a functional option, a visitor."""
        for result in function.results:
            if isinstance(result.type, t.Named) and (
                _SHORT_USE.search(result.type.name) or result.type.package == "iter"
            ):
                return True
            under = self._universe.underlying(result.type)
            if isinstance(under, t.Func) and len(under.params) == 1 and not under.results:
                yields = self._universe.underlying(under.params[0])
                if isinstance(yields, t.Func) and yields.results == (t.BOOL,):
                    return True
        return False


def _is_start(function: ir.Function) -> bool:
    """Whether its locals may live as long as the program: main, init, an initialiser of package variables."""
    return function.receiver is None and (function.name == "main" or function.name == "init")


def _keeper(
    kind: str, says: str, again: bool, life: Life, function: ir.Function, found: Occurrence
) -> Keeper:
    pos = found.instruction.pos
    end = getattr(found.instruction, "end", pos + 1)
    return Keeper(kind, says, again, life, function, pos, end, found.conditions)


def _moved(keeper: Keeper, function: ir.Function, found: Occurrence, before: str = "") -> Keeper:
    """The same keeper, at the place nearer to the literal through which it got it."""
    pos = found.instruction.pos
    end = getattr(found.instruction, "end", pos + 1)
    says = keeper.says if keeper.says.startswith(before) else before + keeper.says
    return keeper._replace(says=says, function=function, pos=pos, end=end, conditions=found.conditions)


def _keeps_field(value: ir.Value) -> bool:
    """Whether a function stands in a field that a library is known, or may be expected, to call later."""
    while isinstance(value, ir.Converted):
        value = value.operand
    return isinstance(value, ir.Composed) and any(
        isinstance(key, ir.FieldRef) and not key.path and field_mode(key.owner, key.name) not in _AT_ONCE
        for key, _ in value.elements
    )


def _field_of(target: ir.Value) -> ir.FieldRef | None:
    while isinstance(target, (ir.ElemOf, ir.Converted)):
        target = target.base if isinstance(target, ir.ElemOf) else target.operand
    return target.field if isinstance(target, ir.FieldOf) else None


@cache
def _known_names() -> frozenset[str]:
    """The functions and methods outside of which the tables say when they run what they are given."""
    return frozenset(name.replace("(", "").replace(")", "") for name in callbacks())


def _callee(call: ir.Call) -> str:
    """What is called, as a reader knows it: `http.HandleFunc`, `Bus.run`."""
    callee = call.callee
    if isinstance(callee, ir.External):
        return callee.symbol.rpartition("/")[2].removeprefix("?.")
    return short(callee.symbol) if isinstance(callee, ir.Static) else callee_name(call) or "a function value"

