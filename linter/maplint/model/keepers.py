"""Who keeps a function literal beyond the run of the function that it is written in, and may call it when.

The literal's value is followed through locals, struct values, arguments and results of the analysed code
until it is started, registered, stored, sent or handed to callers that are not known. What only calls it on
the spot keeps nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.carriers import Carrier, Carriers
from maplint.model.families import Families, variables
from maplint.model.life import Life, Lifetimes
from maplint.model.naming import short
from maplint.model.registrations import Registration, called, registration, serving
from maplint.model.universe import Universe
from maplint.model.waits import is_start
from maplint.model.walk import Condition, Occurrence, operands

_MAX_DEPTH = 4
_MAX_CALLERS = 20
_SHORT_USE = re.compile(r"(?:Option|Opt|Modifier|Mutator|Visitor|Walker|Comparator|Less)(?:Func|Fn)?$")
_SETTINGS = re.compile(r"(?:Options|Opts|Cfg|Conf|Config|Params|Args|Query|Request)$")
_AND = ", and "


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
    """Answers who keeps a literal, over a whole program.

    What is known is kept by depth, so that no answer depends on what was asked before.
    """

    def __init__(
        self,
        universe: Universe,
        graph: CallGraph,
        lifetimes: Lifetimes,
        carriers: Carriers,
        families: Families,
    ) -> None:
        self._universe = universe
        self._graph = graph
        self._lifetimes = lifetimes
        self._carriers = carriers
        self._families = families
        self._known: dict[tuple[ir.Function, int], tuple[Keeper, ...]] = {}
        self._traces: dict[tuple[ir.Function, Carrier, int], _Trace] = {}
        self._callers: dict[tuple[ir.Function, int], tuple[Keeper, ...]] = {}

    def of(self, literal: ir.Function) -> tuple[Keeper, ...]:
        """Everything that keeps the literal; empty where it is only called on the spot."""
        return self._of(literal, 0)

    def _of(self, literal: ir.Function, depth: int) -> tuple[Keeper, ...]:
        key = (literal, depth)
        if key not in self._known:
            trace = self._trace(self._families.top(literal), literal.symbol, depth)
            found = (*trace.keepers, *self._handed_out(trace, None, depth))
            self._known[key] = tuple({(k.kind, k.says, k.pos): k for k in found}.values())
        return self._known[key]

    def _trace(self, home: ir.Function, seed: Carrier, depth: int) -> _Trace:
        """Follows what `seed` carries through a function and the literals in it."""
        key = (home, seed, depth)
        if key not in self._traces:
            self._traces[key] = self._follow(home, seed, depth) if depth <= _MAX_DEPTH else _NOTHING
        return self._traces[key]

    def _follow(self, home: ir.Function, seed: Carrier, depth: int) -> _Trace:
        body = [(member, found) for member in self._families.members(home) for found in member.occurrences]
        held = {seed}
        size = 0
        while size != len(held):
            size = len(held)
            for member, found in body:
                held |= set(self._spreads_to(member, found.instruction, held, depth))
        keepers = [
            keeper
            for member, found in body
            for keeper in self._keepers_at(member, found, held, depth)
            if not (keeper.kind in ("stored", "sent") and self._is_answered(member, found, held))
        ]
        keepers += self._users(home, seed, held, depth)
        returned = [
            (member, found)
            for member, found in body
            if isinstance(found.instruction, ir.Return)
            and any(self._carriers.carries(value, held) for value in found.instruction.values)
        ]
        holders = frozenset(carrier for carrier in held if isinstance(carrier, ir.Var))
        return _Trace(tuple(keepers), tuple(returned), holders)

    def _is_answered(self, member: ir.Function, found: Occurrence, held: set[Carrier]) -> bool:
        """Whether what has sent it off in an object waits for an answer by a channel of that object."""
        return any(
            self._carriers.local(each.instruction.channel) in held
            and each.instruction.pos > found.instruction.pos
            and not isinstance(each.instruction.channel, ir.Ref)
            for each in member.of(ir.Receive)
        )

    def _users(self, home: ir.Function, seed: Carrier, held: set[Carrier], depth: int) -> Iterator[Keeper]:
        """A literal beside it that uses it keeps it for as long as it is kept itself."""
        for member in self._families.members(home):
            if member is home or (isinstance(seed, str) and f"{member.symbol}.".startswith(f"{seed}.")):
                continue
            if any(ref.var in held and ref.var.function != member.symbol for ref in variables(member)):
                yield from self._of(member, depth + 1) if depth < _MAX_DEPTH else ()

    # Where it goes inside the family

    def _spreads_to(
        self, member: ir.Function, instruction: ir.Instruction, held: set[Carrier], depth: int
    ) -> Iterator[Carrier]:
        """Further variables and results that hold it after an instruction."""
        carries = self._carriers.carries
        if isinstance(instruction, ir.Store) and carries(instruction.value, held):
            local = self._carriers.stored_in(instruction.target)
            yield from () if local is None else (local,)
        elif isinstance(instruction, ir.Call) and any(carries(arg, held) for arg in instruction.args):
            edges = self._edges(member, instruction)
            if any(
                where is edge.callee
                for edge, param in self._bound(edges, instruction, held)
                for where, _ in self._given(edge, param, depth).returned
            ) or (not edges and self._carriers.wraps(instruction)):
                yield instruction
            keeps = self._carriers.keeps(instruction)
            if keeps is not None:
                yield keeps

    def _edges(self, member: ir.Function, call: ir.Call) -> list[Edge]:
        return [edge for edge in self._graph.callees.get(member, ()) if edge.call is call and edge.direct]

    def _bound(
        self, edges: Iterable[Edge], call: ir.Call, held: set[Carrier]
    ) -> Iterator[tuple[Edge, ir.Var]]:
        """The parameters that a call gives it to."""
        carries = self._carriers.carries
        for edge in edges:
            params = edge.callee.params
            for i, arg in enumerate(call.args if params else ()):
                param = params[min(i, len(params) - 1)]
                if carries(arg, held) and self._carriers.fits(arg, param):
                    yield edge, param
            if edge.callee.receiver is not None and carries(call.receiver, held):
                yield edge, edge.callee.receiver

    def _given(self, edge: Edge, param: ir.Var, depth: int) -> _Trace:
        return self._trace(self._families.top(edge.callee), param, depth + 1)

    # Where it is kept

    def _keepers_at(
        self, member: ir.Function, found: Occurrence, held: set[Carrier], depth: int
    ) -> Iterator[Keeper]:
        instruction = found.instruction
        carries = self._carriers.carries
        if isinstance(instruction, ir.Store) and carries(instruction.value, held):
            yield from self._stored(member, found, instruction.target)
        elif isinstance(instruction, ir.MapOp) and instruction.op in ("Store", "LoadOrStore", "Swap"):
            if carries(instruction.value, held):
                yield from self._stored(member, found, instruction.target)
        elif isinstance(instruction, ir.Send) and carries(instruction.value, held):
            yield _keeper(Registration("sent", "it is sent to a channel", False, Life.UNKNOWN), member, found)
        elif isinstance(instruction, ir.Call):
            yield from self._of_call(member, found, instruction, held, depth)
        for operand in operands(instruction):
            yield from self._in_fields(member, found, operand, held)

    def _stored(self, member: ir.Function, found: Occurrence, target: ir.Value) -> Iterator[Keeper]:
        base = self._carriers.base(target)
        if base is not None and base.kind == "package-var":
            says = f"the package variable {short(base.symbol)} holds it"
            yield _keeper(Registration("stored", says, True, Life.LONG), member, found)
            return
        field = _field_of(target)
        is_local = base is not None and base.kind == "local"
        if field is not None:
            yield from self._in_field(field, member, found, Life.LIKELY if is_local else Life.UNKNOWN)
        elif base is not None and not is_local and not isinstance(target, ir.Ref):
            yield _keeper(Registration("stored", f"{base.name} holds it", True, Life.UNKNOWN), member, found)

    def _in_fields(
        self, member: ir.Function, found: Occurrence, value: ir.Value, held: set[Carrier]
    ) -> Iterator[Keeper]:
        """Fields of struct values of analysed types that are known to live long."""
        value = ir.unconverted(value)
        if isinstance(value, ir.Composed):
            for key, item in value.elements:
                if isinstance(key, ir.FieldRef) and self._carriers.carries(item, held):
                    yield from self._in_field(key, member, found, Life.LIKELY)
                elif isinstance(item, (ir.Composed, ir.Converted)):
                    yield from self._in_fields(member, found, item, held)

    def _in_field(
        self, field: ir.FieldRef, member: ir.Function, found: Occurrence, least: Life
    ) -> Iterator[Keeper]:
        """A field as a keeper, where its owner lives at least that long."""
        life = self._life(field)
        settings = life is Life.UNKNOWN and _SETTINGS.search(field.owner)
        if life >= least and not settings:
            says = f"the field {short(field.symbol)} holds it"
            yield _keeper(Registration("stored", says, True, life), member, found)

    def _life(self, field: ir.FieldRef) -> Life:
        """How long what a field is part of lives; a likely long life counts where something is seen to keep it."""
        owner = self._lifetimes.of(field.owner) if field.path else None
        if owner is None:
            return Life.UNKNOWN
        is_kept = self._lifetimes.are_kept(field.owner) and not owner.made_again
        return owner.life if is_kept or owner.life is not Life.LIKELY else Life.UNKNOWN

    def _of_call(
        self, member: ir.Function, found: Occurrence, call: ir.Call, held: set[Carrier], depth: int
    ) -> Iterator[Keeper]:
        carries = self._carriers.carries
        if isinstance(call.callee, ir.Dynamic) and carries(call.callee.value, held):
            if call.mode == "go":
                started = Registration("goroutine", "it runs in a goroutine", False, Life.LIKELY)
                yield _keeper(started, member, found)
            return
        given = [i for i, arg in enumerate(call.args) if carries(arg, held)]
        if call.mode == "go" and (given or carries(call.receiver, held)):
            says = f"a goroutine of {called(call)} uses it"
            yield _keeper(Registration("goroutine", says, True, Life.LIKELY), member, found)
            return
        edges = self._edges(member, call)
        for edge, param in self._bound(edges, call, held):
            trace = self._given(edge, param, depth)
            for keeper in (*trace.keepers, *self._handed_out(trace, edge.callee, depth + 1)):
                yield _moved(keeper, member, found)
        if not edges and isinstance(call.callee, (ir.External, ir.Abstract)):
            is_local = self._carriers.local(call.receiver) is not None
            kept = [registration(call, index, is_local) for index in given]
            if not given and carries(call.receiver, held):
                kept.append(serving(call))
            yield from (_keeper(one, member, found) for one in kept if one is not None)

    # What becomes of it in callers

    def _handed_out(self, trace: _Trace, but: ir.Function | None, depth: int) -> Iterator[Keeper]:
        """The keepers of what is returned, followed into the callers of every function but one."""
        for function, found in trace.returned:
            if function is not but:
                for keeper in self._in_callers(function, depth):
                    yield _moved(keeper, function, found)

    def _in_callers(self, function: ir.Function, depth: int) -> tuple[Keeper, ...]:
        """The keepers of what a function returns."""
        key = (function, depth)
        if key not in self._callers:
            used_at_once = depth > _MAX_DEPTH or self._is_used_at_once(function)
            self._callers[key] = () if used_at_once else tuple(self._keepers_in_callers(function, depth))
        return self._callers[key]

    def _keepers_in_callers(self, function: ir.Function, depth: int) -> Iterator[Keeper]:
        edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
        direct = [edge for edge in edges if edge.direct][:_MAX_CALLERS]
        says = f"{short(function.symbol)} returns it"
        if not direct:
            kept = depth < _MAX_DEPTH and function.parent and self._of(function, depth + 1)
            returned = Registration("returned", says, True, Life.LIKELY if edges or kept else Life.UNKNOWN)
            yield Keeper(*returned, function, function.pos, function.pos, ())
        for edge in direct:
            home = self._families.top(edge.caller)
            trace = self._trace(home, edge.call, depth + 1)
            stays = edge.caller is home or any(var.function == home.symbol for var in trace.holders)
            if stays and is_start(home):
                returned = Registration("returned", f"{says} to {short(home.symbol)}", True, Life.LONG)
                yield Keeper(*returned, function, function.pos, function.pos, ())
            for keeper in (*trace.keepers, *self._handed_out(trace, None, depth + 1)):
                yield keeper._replace(says=f"{says}{_AND}{keeper.says.rpartition(_AND)[2]}")

    def _is_used_at_once(self, function: ir.Function) -> bool:
        """Whether what it returns is run soon and dropped: an iterator, a functional option, a visitor."""
        return any(self._is_short_lived(result.type) for result in function.results)

    def _is_short_lived(self, kind: t.Type) -> bool:
        if isinstance(kind, t.Named) and (kind.package == "iter" or _SHORT_USE.search(kind.name)):
            return True
        under = self._universe.underlying(kind)
        if not isinstance(under, t.Func) or len(under.params) != 1 or under.results:
            return False
        yields = self._universe.underlying(under.params[0])
        return isinstance(yields, t.Func) and yields.results == (t.BOOL,)


def _keeper(kept: Registration, function: ir.Function, found: Occurrence) -> Keeper:
    return Keeper(*kept, function, *_stretch(found), found.conditions)


def _moved(keeper: Keeper, function: ir.Function, found: Occurrence) -> Keeper:
    """The same keeper, at the place nearer to the literal through which it got it."""
    pos, end = _stretch(found)
    return keeper._replace(function=function, pos=pos, end=end, conditions=found.conditions)


def _stretch(found: Occurrence) -> tuple[int, int]:
    pos = found.instruction.pos
    return pos, getattr(found.instruction, "end", pos + 1)


def _field_of(target: ir.Value) -> ir.FieldRef | None:
    while isinstance(target, (ir.ElemOf, ir.Converted)):
        target = target.base if isinstance(target, ir.ElemOf) else target.operand
    return target.field if isinstance(target, ir.FieldOf) else None
