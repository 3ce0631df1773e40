"""Keys that never equal another one, so that no entry is found again and none can be deleted by its key.

Two readings of the clock differ, each new pointer or channel is another one, and NaN does not equal itself. Where a
key comes from is followed through locals and parameters to the callers.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge import unequal as knowledge
from maplint.model import ir
from maplint.model.arrivals import Arrival, Arrivals
from maplint.model.callgraph import CallGraph
from maplint.model.contexts import START_UP, Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.departures import Departures
from maplint.model.flows import Flows
from maplint.model.growth import Judge
from maplint.model.life import Life
from maplint.model.sites import Site, Use
from maplint.model.universe import Universe

_MAX_DEPTH = 6
_MAX_CALLERS = 10
_CLOCK = "a reading of the clock, and no two are equal"
_POINTER = "a pointer to something that is made anew for each insert"
_CHANNEL = "a channel that is made anew for each insert"


class Unequal(NamedTuple):
    """A map whose keys never equal each other."""

    site: Site
    use: Use
    """The insert, the first that is told to be so."""
    what: str
    """What the key is, in words."""
    is_nan: bool
    removals: tuple[Use, ...]
    """Deletions that never meet such a key."""
    confidence: Confidence
    reasons: tuple[str, ...]
    """Short sentences, strongest first."""


class _Key(NamedTuple):
    """What makes a key unlike all others."""

    what: str
    is_nan: bool = False
    origin: str = ""
    """The access path of what makes it, where one call or literal does; empty where only its type says so."""


class UnequalKeys:
    """Finds the maps with such keys."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        judge: Judge,
        arrivals: Arrivals,
        departures: Departures,
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._judge = judge
        self._arrivals = arrivals
        self._departures = departures

    def of(self, site: Site) -> Unequal | None:
        """How the keys of a growing map never equal each other; None where a removal can take them out."""
        if site.map is not None and not self._may_differ(site.map.key):
            return None
        arrival = self._arrivals.of(site)
        if arrival is None or arrival.is_capped:
            return None
        for use in arrival.uses:
            key = self._key(use)
            found = self._origin(key, use.function, 0) if key is not None else None
            if found is not None and not (found.is_nan and _refuses_nan(use.function)):
                removals = self._departures.removals(site)
                if all(self._misses(found, removal) for removal in removals):
                    return self._told(site, use, found, removals, arrival)
        return None

    def _may_differ(self, kind: t.Type) -> bool:
        under = self._universe.underlying(kind)
        if isinstance(under, t.Basic):
            return under.name in ("float32", "float64", "complex64", "complex128")
        return not isinstance(under, t.Array) or self._may_differ(under.elem)

    def _told(
        self, site: Site, use: Use, found: _Key, removals: tuple[Use, ...], arrival: Arrival
    ) -> Unequal:
        growth = self._judge.growth(site)
        reasons: tuple[str, ...] = (f"the key is {found.what}", *growth.reasons)
        if removals:
            reasons = (f"the key is {found.what}", "no deletion by a key meets such an entry")
        comes = bool(self._contexts.when(use.function) & ~(When.API | When.MAIN | START_UP))
        sure = (
            Confidence.MEDIUM
            if arrival.life > Life.UNKNOWN and arrival.is_product and comes
            else Confidence.LOW
        )
        confidence = max(growth.confidence or Confidence.LOW, sure)
        return Unequal(site, use, found.what, found.is_nan, removals, confidence, reasons)

    def _key(self, use: Use) -> ir.Value | None:
        return use.instruction.key if isinstance(use.instruction, ir.MapOp) else None

    def _misses(self, found: _Key, removal: Use) -> bool:
        """Whether a deletion never takes such a key out."""
        key = self._key(removal)
        if key is None or removal.op not in ("delete", "Delete", "LoadAndDelete"):
            return False
        if found.is_nan:
            return True
        fresh = self._origin(key, removal.function, 0)
        return fresh is not None and fresh.origin not in ("", found.origin)

    def _origin(self, value: ir.Value, function: ir.Function, depth: int) -> _Key | None:
        """What makes a value unlike all earlier ones; None where nothing shows that it is.

        At the greatest depth only what the function itself makes counts.
        """
        for _ in range(10):
            if isinstance(value, ir.Converted) and value.how != "*":
                if value.how == "&" and isinstance(value.operand, ir.Composed):
                    return self._new(_POINTER, function, value)
                value = value.operand
            elif isinstance(value, ir.Ref):
                known = self._by_type(value.type)
                if known is not None:
                    return known
                values = self._definitions.values(value.var)
                if value.var.kind == "parameter":
                    return self._argument(value.var, depth) if depth < _MAX_DEPTH and not values else None
                if len(values) != 1 or value.var.kind == "package-var":
                    return None
                value = values[0]
            else:
                return self._made(value, function)
        return None

    def _made(self, value: ir.Value, function: ir.Function) -> _Key | None:
        if isinstance(value, ir.Made):
            under = self._universe.underlying(value.type)
            if value.how == "new":
                return self._new(_POINTER, function, value)
            is_channel = value.how == "make" and isinstance(under, t.Chan)
            return self._new(_CHANNEL, function, value) if is_channel else None
        if isinstance(value, ir.Result):
            return self._result(value, function)
        if isinstance(value, ir.Received) and isinstance(value.channel, ir.FieldOf):
            is_clock = value.channel.field.symbol in knowledge.CLOCK_CHANNELS
            return self._read(value) if is_clock else None
        if isinstance(value, ir.Composed):
            found = (self._origin(item, function, _MAX_DEPTH) for _, item in value.elements)
            return next((key for key in found if key is not None and not key.is_nan), None)
        return self._by_type(value.type)

    def _by_type(self, kind: t.Type) -> _Key | None:
        plain = t.pointed(kind)
        what = knowledge.NEW_EACH_TIME.get(plain.symbol) if isinstance(plain, t.Named) else None
        return _Key(what) if what is not None else None

    def _new(self, what: str, function: ir.Function, value: ir.Value) -> _Key | None:
        """Something made anew, where the function that makes it runs again and again."""
        when = self._contexts.when(function)
        runs = not when or when & ~START_UP
        return _Key(what, origin=self._definitions.path(value) or "") if runs else None

    def _result(self, value: ir.Result, function: ir.Function) -> _Key | None:
        callee = value.call.callee
        symbol = callee.symbol if isinstance(callee, (ir.External, ir.Static)) else ""
        if symbol in knowledge.MAY_BE_NAN and value.index == 0:
            return _Key(knowledge.MAY_BE_NAN[symbol], True)
        if symbol == "time.Now":
            return self._read(value)
        if symbol in knowledge.KEEPS_CLOCK and value.call.receiver is not None:
            base = self._origin(value.call.receiver, function, _MAX_DEPTH)
            return self._read(value) if base is not None else None
        return self._by_type(value.type)

    def _read(self, value: ir.Value) -> _Key:
        return _Key(_CLOCK, origin=self._definitions.path(value) or "")

    def _argument(self, var: ir.Var, depth: int) -> _Key | None:
        """What the callers hand over, where it is something unlike all others in each of the calls."""
        found: _Key | None = None
        for function in self._flows.functions(var.function):
            edges = [edge for edge in self._graph.callers.get(function, ()) if not edge.caller.is_test]
            index = function.params.index(var) if var in function.params else -1
            for edge in edges[:_MAX_CALLERS]:
                if not edge.direct or not 0 <= index < len(edge.call.args):
                    return None
                found = self._origin(edge.call.args[index], edge.caller, depth + 1)
                if found is None:
                    return None
        return found


def _refuses_nan(function: ir.Function) -> bool:
    """Whether a function asks for NaN, or parses the number with something that does."""
    return any(
        getattr(found.instruction.callee, "symbol", "") in knowledge.ASKS_FOR_NAN
        for found in function.of(ir.Call)
    )
