"""Entries that are removed while their value still holds a timer, a goroutine's channel, a connection or the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge import resources as knowledge
from maplint.model import ir
from maplint.model.arrivals import Arrivals
from maplint.model.callgraph import CallGraph
from maplint.model.departures import Departures
from maplint.model.families import Families
from maplint.model.flows import node_of
from maplint.model.holdings import struct_symbol
from maplint.model.sites import INSERTS, Site, Use
from maplint.model.universe import Universe
from maplint.model.waits import CLOSE, callee_name
from maplint.model.walk import operands, parts


class Left(NamedTuple):
    """A removal that leaves something running."""

    site: Site
    removal: Use
    ended_by: str
    """What would end it, as code: `Stop()`, `close(…)`."""
    elsewhere: tuple[ir.Function, ir.Call] | None
    """Where an entry of the map is ended."""
    confidence: Confidence
    reasons: tuple[str, ...]


class LeftResources:
    """Finds such removals."""

    def __init__(
        self,
        universe: Universe,
        arrivals: Arrivals,
        departures: Departures,
        graph: CallGraph,
        families: Families,
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._arrivals = arrivals
        self._departures = departures
        self._graph = graph
        self._families = families
        self._methods: dict[str, set[str]] = defaultdict(set)
        self._endings: dict[str, list[tuple[ir.Function, ir.Call]]] = defaultdict(list)
        """By the type of what is ended, the calls that do so."""
        for function in functions:
            if function.receiver is not None:
                self._methods[struct_symbol(function.receiver.type)].add(function.name)
            if not function.is_test:
                for call, kind in _endings(function):
                    self._endings[kind].append((function, call))

    def of(self, site: Site) -> Left | None:
        """The first removal from a long-lived map after which nothing ends what the entry holds."""
        if site.map is None or self._arrivals.of(site) is None:
            return None
        held = list(self._held(site.map.value))
        if not held:
            return None
        kinds = {kind for kind, _ in held}
        for removal in self._departures.removals(site):
            if removal.op == "delete" and not self._is_ended(site, removal, kinds):
                return self._left(site, removal, held)
        return None

    def _held(self, kind: t.Type) -> Iterator[tuple[str, str]]:
        """What a value of the type holds that has to be ended: the type, and how it is written."""
        symbol = _symbol(kind)
        if symbol in knowledge.ENDED_BY:
            yield symbol, f"{knowledge.ENDED_BY[symbol]}()"
        elif symbol in knowledge.CALLED_TO_END:
            yield symbol, "calling it"
        elif isinstance(kind, t.Chan) and kind.direction != "<-chan":
            yield "chan", "close"
        else:
            method = next((name for name in knowledge.METHODS if name in self._methods.get(symbol, ())), None)
            if method is not None:
                yield symbol, f"{method}()"
            struct = self._universe.underlying(t.pointed(kind))
            for item in struct.fields if isinstance(struct, t.Struct) else ():
                inner = _symbol(item.type)
                if inner in knowledge.ENDED_BY or inner in knowledge.CALLED_TO_END:
                    yield (
                        inner,
                        f"{item.name}.{knowledge.ENDED_BY[inner]}()"
                        if inner in knowledge.ENDED_BY
                        else f"{item.name}()",
                    )

    def _is_ended(self, site: Site, removal: Use, kinds: set[str]) -> bool:
        """Whether something around the removal ends the value, holds it still, or gives it to somebody who may."""
        top = self._families.top(removal.function)
        if top.receiver is not None and struct_symbol(top.receiver.type) in kinds:
            return True
        members = self._families.members(top)
        if any(use.function in members for use in site.inserts):
            return True
        near = {*members}
        near |= {edge.callee for function in tuple(near) for edge in self._graph.callees.get(function, ())}
        near |= {edge.caller for edge in self._graph.callers.get(top, ())}
        if any(function in near for kind in kinds for function, _ in self._endings[kind]):
            return True
        return any(_hands_on(member, removal.variable) or _moves(member, site) for member in members)

    def _left(self, site: Site, removal: Use, held: list[tuple[str, str]]) -> Left:
        elsewhere = next(
            (
                (function, call)
                for kind, _ in held
                for function, call in self._endings[kind]
                if any(read.function is function for read in site.reads)
            ),
            None,
        )
        confidence = Confidence.MEDIUM if elsewhere is not None else Confidence.LOW
        reasons = (f"nothing around the removal ends what the entry holds ({held[0][1]})",)
        return Left(site, removal, held[0][1], elsewhere, confidence, reasons)


def _symbol(kind: t.Type) -> str:
    plain = t.pointed(kind)
    return plain.symbol if isinstance(plain, t.Named) else ""


def _endings(function: ir.Function) -> Iterator[tuple[ir.Call, str]]:
    """The calls in a function that end something, with its type."""
    for found in function.of(ir.Call):
        call = found.instruction
        if isinstance(call.callee, ir.Dynamic):
            yield call, _symbol(call.callee.value.type)
        elif call.callee == CLOSE:
            yield call, "chan"
        elif call.receiver is not None and knowledge.ENDS.match(callee_name(call)):
            yield call, _symbol(call.receiver.type)


def _hands_on(function: ir.Function, node: str) -> bool:
    """Whether an entry of the map is returned, sent, stored or given to a call."""
    for found in function.of(ir.Call, ir.Return, ir.Send, ir.Store):
        instruction = found.instruction
        given: tuple[ir.Value, ...] = ()
        if isinstance(instruction, ir.Call):
            given = instruction.args
        elif isinstance(instruction, (ir.Return, ir.Send)):
            given = operands(instruction)
        elif isinstance(instruction, ir.Store) and not isinstance(instruction.target, ir.Ref):
            given = (instruction.value,)
        if any(_is_entry(part, node) for value in given for part in parts(value)):
            return True
    return False


def _moves(function: ir.Function, site: Site) -> bool:
    """Whether a function puts a value of that type into a map: the entry moves from one to another."""
    return site.map is not None and any(
        found.instruction.op in INSERTS
        and found.instruction.value is not None
        and found.instruction.value.type == site.map.value
        for found in function.of(ir.MapOp)
    )


def _is_entry(value: ir.Value, node: str) -> bool:
    return isinstance(value, ir.ElemOf) and node_of(value.base) == node
