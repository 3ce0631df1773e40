"""All ways in which an access of a map comes to run, back to where its object is made or the program begins.

They are told only where all of them are known: then what no two of them do at once never happens at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, argument, bound_receiver
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions, is_literal
from maplint.model.dynamic_types import DynamicTypes
from maplint.model.flows import Flows
from maplint.model.handed import Chain, Handed
from maplint.model.holdings import struct_symbol
from maplint.model.made_with import MadeWith
from maplint.model.ownership import Ownership
from maplint.model.tokens import Tokens
from maplint.model.walk import Condition

_MAX_WAYS = 60
_MAX_POINTS = 1500
_MAX_LENGTH = 24
_STARTS = re.compile(r"(?i:start|run|init|initiali[sz]e|setup|launch)$")
"""Methods that are called once for each object, by their names."""


class Step(NamedTuple):
    """A function on a way."""

    function: ir.Function
    var: ir.Var
    """What reaches the map there."""
    edge: Edge | None
    """The call that leads on; None at the access."""
    pos: int
    """Where that call, or the access, stands."""
    conditions: tuple[Condition, ...]
    """What holds there."""
    runs: str = ""
    """`once` for each object that has the map; in `turns`, one run after the other; empty for at any time."""

    @property
    def begins(self) -> bool:
        """Whether what it calls runs in a goroutine of its own."""
        return self.edge is not None and self.edge.mode not in SYNCHRONOUS


class Way(NamedTuple):
    """One way to an access."""

    steps: tuple[Step, ...]
    """Outermost first."""
    is_made_there: bool
    """Whether the outermost function makes the object by a literal of its type."""


class _Point(NamedTuple):
    """Where a search has come to."""

    function: ir.Function
    var: ir.Var
    is_object: bool
    """Whether the variable is the very object that has the map, and not one that leads to it."""
    pos: int
    conditions: tuple[Condition, ...]
    edge: Edge | None
    below: tuple[Step, ...]
    kind: str
    """The symbol of the type that the object has."""
    inner: ir.FieldRef | None = None
    """The field through which the variable leads to the object, where it is known to be one."""


class Ways:
    """Finds the ways of accesses."""

    def __init__(
        self,
        contexts: Contexts,
        ownership: Ownership,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        handed: Handed,
        fields: Mapping[str, Sequence[ir.Value]],
        types: DynamicTypes,
    ) -> None:
        self._contexts = contexts
        self._ownership = ownership
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._handed = handed
        self._fields = fields
        """What is stored in each field, by its symbol."""
        self._tokens = Tokens(graph, fields)
        self._made_with = MadeWith(definitions, flows, fields)
        self._types = types
        self._known: dict[tuple[ir.Function, int, bool], list[Way]] = {}

    def of(self, access: Access) -> list[Way]:
        """The ways of an access; none where not all of them are known."""
        key = (access.function, access.pos, access.start is None)
        if key not in self._known:
            self._known[key] = self._search(access) or []
        return self._known[key]

    def _search(self, access: Access) -> list[Way] | None:
        var = self._ownership.base(access.target)
        if var is None:
            return None
        held = access.target.base if isinstance(access.target, ir.FieldOf) else access.target
        start = access.start
        below = (Step(start.callee, var, None, start.callee.pos, ()),) if start is not None else ()
        around = (one.conditions for one in access.function.occurrences if one.instruction.pos == access.pos)
        kind = struct_symbol(var.type)
        point = _Point(
            access.function, var, self._is_plain(held), access.pos, next(around, ()), start, below, kind
        )
        waiting = [point]
        found: list[Way] = []
        for _ in range(_MAX_POINTS):
            if not waiting:
                return found
            further = self._further(waiting.pop())
            if further is None or len(found) > _MAX_WAYS:
                return None
            found += [one for one in further if isinstance(one, Way)]
            waiting += [one for one in further if isinstance(one, _Point)]
        return None

    def _further(self, point: _Point) -> list[Way | _Point] | None:
        """The ways that end at a point, and the points behind it; None where something there is not known."""
        function, var = point.function, point.var
        is_own = var.function == function.symbol and var.kind not in ("parameter", "receiver")
        made = is_own and point.is_object and self._is_new(var)
        is_first = made or self._is_of_program(function)
        is_named = point.is_object and var is function.receiver and bool(_STARTS.match(function.name))
        step = Step(
            function, var, point.edge, point.pos, point.conditions, "once" if is_first or is_named else ""
        )
        steps = (step, *point.below)
        if is_first:
            return [Way(steps, made and all(map(is_literal, self._definitions.values(var))))]
        known = any(one.runs for one in steps)
        callers = () if is_own else tuple(self._callers(function))
        if not callers or self._is_root(function):
            return [Way(steps, False)] if known else None if self._is_root(function) or is_own else []
        out: list[Way | _Point] = []
        for chain in callers:
            if self._tokens.takes(chain[-1]):
                out.append(Way((step._replace(runs="turns"), *point.below), False))
                continue
            above = self._above(point, steps, chain)
            if above is None and not known:
                return None
            out += [Way(steps, False)] if above is None else above
        return out

    def _callers(self, function: ir.Function) -> Iterator[Chain]:
        for edge in self._graph.callers.get(function, ()):
            if not edge.caller.is_test and self._types.may_run(edge):
                yield from self._handed.get((edge.call, edge.callee), ()) or ((edge,),)

    def _above(self, point: _Point, steps: tuple[Step, ...], chain: Chain) -> list[Way | _Point] | None:
        """Where a way comes to behind some calls; None where the object cannot be followed to there."""
        for edge in reversed(chain):
            given = _given(edge, point.var, chain[0]) or self._made_with.owner(edge)
            if point.inner is not None and isinstance(given, ir.Value):
                given = self._made_with.content(given, point.inner)
                if given is not None and self._is_another(given, point.kind, is_exact=True):
                    return []
                is_elsewhere = isinstance(given, ir.Ref) and given.var.function != edge.caller.symbol
                given, point = (
                    None if is_elsewhere else given,
                    point._replace(is_object=True, inner=None),
                )
            elif point.is_object and isinstance(given, ir.Value):
                if self._is_another(given, point.kind, is_exact=False):
                    return []
            base = self._ownership.base(given) if isinstance(given, ir.Value) else given
            if given is None or base is None or len(steps) > _MAX_LENGTH:
                return None
            if point.is_object and self._is_just_made(edge, given):
                return [
                    Way((Step(edge.caller, base, edge, edge.call.pos, edge.conditions, "once"), *steps), True)
                ]
            point = self._handed_on(point, given)._replace(var=base)
            if edge is not chain[0]:
                steps = (Step(edge.caller, base, edge, edge.call.pos, edge.conditions), *steps)
        first = chain[0]
        round_trip = [i for i, one in enumerate(steps) if one.function is first.caller]
        if round_trip:
            begins = first.mode not in SYNCHRONOUS or any(one.begins for one in steps[: round_trip[0]])
            return None if begins else []
        pos, conditions = first.call.pos, first.conditions
        return [
            point._replace(function=first.caller, pos=pos, conditions=conditions, edge=first, below=steps)
        ]

    def _handed_on(self, point: _Point, given: ir.Value | ir.Var) -> _Point:
        """Whether what a caller has is still the object itself, or leads to it by one field."""
        if isinstance(given, ir.Var) or self._is_held_by(given, point.var):
            return point
        leads = point.is_object and isinstance(given, ir.FieldOf) and isinstance(given.base, ir.Ref)
        inner = given.field if leads and isinstance(given, ir.FieldOf) else None
        return point._replace(is_object=False, inner=inner)

    def _is_just_made(self, edge: Edge, given: ir.Value | ir.Var) -> bool:
        """Whether the caller has put a new object into a field before it calls, on every way to the call."""
        if not isinstance(given, ir.FieldOf):
            return False
        made = self._definitions.just_made(edge.caller, given, edge.call.pos, edge.conditions)
        return made is not None

    def _is_another(self, given: ir.Value, kind: str, is_exact: bool) -> bool:
        """Whether a value is seen to be of other types alone than the object.

        Where it is not exact, a part of the object that is no interface stands for the object as well.
        """
        if not self._types.is_open(given.type):
            return is_exact and struct_symbol(given.type) != kind
        found = self._types.of(given)
        return found is not None and all(one.symbol != kind for one in found)

    def _is_held_by(self, given: ir.Value, var: ir.Var) -> bool:
        """Whether a value is the very object that the callee has, and not an interface or a field that leads to it."""
        return self._is_plain(given) and (
            not isinstance(given, ir.FieldOf) or struct_symbol(given.type) == struct_symbol(var.type)
        )

    def _is_plain(self, value: ir.Value) -> bool:
        """Whether a value is what one variable holds, or a part of it, and not what others may have too."""
        for _ in range(20):
            if isinstance(value, ir.Ref):
                single = self._definitions.single(value.var)
                if not isinstance(single, (ir.Ref, ir.FieldOf, ir.Converted)) or is_literal(single):
                    return True
                value = single
            elif isinstance(value, ir.Converted):
                value = value.operand
            elif isinstance(value, ir.FieldOf) and self._is_part(value):
                value = value.base
            else:
                return False
        return False

    def _is_part(self, value: ir.FieldOf) -> bool:
        """Whether a field holds a struct, or a pointer to one that is made for each object alone."""
        stored = [one for one in self._fields.get(value.field.symbol, ()) if not ir.is_nil(one)]
        own = bool(stored) and all(is_literal(one) or self._is_constructed(one) for one in stored)
        return own or not isinstance(value.type, t.Pointer)

    def _is_new(self, var: ir.Var) -> bool:
        """Whether a local holds an object that each run of its function makes anew, or has a constructor make."""
        if isinstance(var.type, t.Map):
            return True
        values = [value for value in self._definitions.values(var) if not ir.is_nil(value)]
        return bool(values) and all(is_literal(value) or self._is_constructed(value) for value in values)

    def _is_constructed(self, value: ir.Value) -> bool:
        if not isinstance(value, ir.Result) or not isinstance(value.call.callee, ir.Static):
            return False
        makers = self._flows.functions(value.call.callee.symbol)
        returned = [
            found.instruction.values[value.index]
            for maker in makers
            for found in maker.of(ir.Return)
            if value.index < len(found.instruction.values)
        ]
        made = [one for one in returned if not ir.is_nil(one)]
        return bool(made) and all(is_literal(self._definitions.root(one)) for one in made)

    def _is_of_program(self, function: ir.Function) -> bool:
        """Whether the program's beginning runs a function, once."""
        reasons = self._contexts.reasons
        return any(reasons[flag].get(function, function) is None for flag in (When.MAIN, When.INIT))

    def _is_root(self, function: ir.Function) -> bool:
        """Whether code that is not analysed may run a function at any time."""
        reasons = self._contexts.reasons
        return any(
            reasons[flag].get(function, function) is None
            for flag in (When.API, When.CONCURRENT, When.GOROUTINE)
        )


def _given(edge: Edge, var: ir.Var, first: Edge) -> ir.Value | ir.Var | None:
    """What a caller has for a variable of the callee: the variable itself where the callee has captured it."""
    if var.function != edge.callee.symbol:
        return var
    if (value := argument(edge, var)) is not None:
        return value
    return bound_receiver(edge, first.call) if var is edge.callee.receiver else None
