"""Who calls whom, and how: at once, in a goroutine, later, or from code outside the analysed tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from maplint.facts import types as t
from maplint.facts.records import entity
from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callback_modes import callback_mode, field_mode
from maplint.model.flows import Flows
from maplint.model.walk import Condition

SYNCHRONOUS = frozenset(("call", "defer", "now", "once", "action"))
"""Modes of edges whose callee runs in the goroutine of the caller, or as if it did."""


@entity
class Edge:
    """One way in which a function gets to run."""

    caller: ir.Function
    callee: ir.Function
    mode: str
    """call, defer, go, or for a callback: now, once, action, later, timer, goroutine or concurrent.

    An action is what a command is given to do: main does it, and waits for it.
    """
    call: ir.Call
    conditions: tuple[Condition, ...]
    direct: bool
    """Whether the call's arguments are the callee's; false for a callback."""


class CallGraph:
    """Edges in both directions, and the functions whose value goes where the analysis cannot follow."""

    def __init__(self) -> None:
        self.callers: dict[ir.Function, list[Edge]] = defaultdict(list)
        self.callees: dict[ir.Function, list[Edge]] = defaultdict(list)
        self._direct: dict[ir.Function, dict[ir.Call, list[Edge]]] = {}
        """The direct edges of each call in the functions that were asked about."""
        self.escaping: set[ir.Function] = set()

    def add(self, edge: Edge) -> None:
        self.callers[edge.callee].append(edge)
        self.callees[edge.caller].append(edge)

    def direct(self, caller: ir.Function, call: ir.Call) -> Sequence[Edge]:
        """The edges of one call of a function to what it calls with its own arguments."""
        known = self._direct.get(caller)
        if known is None:
            known = self._direct[caller] = defaultdict(list)
            for edge in self.callees.get(caller, ()):
                if edge.direct:
                    known[edge.call].append(edge)
        return known.get(call, ())


def argument(edge: Edge, param: ir.Var) -> ir.Value | None:
    """What a call hands to a parameter or receiver; None where the call is not direct."""
    return next(handed_to(edge.call, edge.callee, param), None) if edge.direct else None


def bound_receiver(edge: Edge, call: ir.Call) -> ir.Value | None:
    """The receiver of a method value that a call hands over as a callback."""
    values = [*call.args, *([call.callee.value] if isinstance(call.callee, ir.Dynamic) else [])]
    for value in map(ir.unconverted, values):
        if isinstance(value, ir.FuncValue) and value.symbol == edge.callee.symbol:
            return value.receiver
    return None


def build_call_graph(flows: Flows, functions: Iterable[ir.Function]) -> CallGraph:
    """The call graph of a program; interface calls go to every implementation in the analysed code."""
    graph = CallGraph()
    values: dict[str, None] = {}
    functions = list(functions)
    for function in functions:
        for found in function.occurrences:
            if isinstance(found.instruction, ir.Call):
                for edge in _edges(flows, function, found.instruction, found.conditions):
                    graph.add(edge)
            for part in found.made:
                if isinstance(part, ir.FuncValue):
                    values[part.symbol] = None
                elif isinstance(part, ir.Composed):
                    for edge in _kept_in_fields(flows, function, part, found.conditions):
                        graph.add(edge)
    for edge in [edge for function in functions for edge in _called_by_others(flows, graph, function)]:
        graph.add(edge)
    for symbol in values:
        graph.escaping |= {f for f in flows.functions(symbol) if not graph.callers[f]}
    return graph


def _edges(flows: Flows, caller: ir.Function, call: ir.Call, conditions: tuple[Condition, ...]) -> list[Edge]:
    edges = [
        Edge(caller, target, call.mode, call, conditions, True)
        for symbol in flows.targets(call)
        for target in flows.functions(symbol)
    ]
    if isinstance(call.callee, ir.External):
        for index, arg in enumerate(call.args):
            symbols = flows.handed(call.callee.symbol, index, arg)
            mode = callback_mode(call.callee.symbol, index) if symbols else ""
            if call.mode == "go" and mode == "now":
                mode = "go"
            edges += _callbacks(flows, caller, symbols, mode, call, conditions)
    return edges


def _called_by_others(flows: Flows, graph: CallGraph, caller: ir.Function) -> Iterator[Edge]:
    """What a method of an interface is given and nobody in the analysed code calls: others that implement it do."""
    for found in caller.of(ir.Call):
        call = found.instruction
        if isinstance(call.callee, ir.Abstract):
            kind = call.callee.type
            symbol = f"{kind.symbol if isinstance(kind, t.Named) else '?'}.{call.callee.method}"
            for index, arg in enumerate(call.args):
                symbols = flows.handed(symbol, index, arg)
                mode = callback_mode(symbol, index) if symbols else ""
                for edge in _callbacks(flows, caller, symbols, mode, call, found.conditions):
                    if not graph.callers.get(edge.callee):
                        yield edge


def _callbacks(
    flows: Flows,
    caller: ir.Function,
    symbols: Set[str],
    mode: str,
    call: ir.Call,
    conditions: tuple[Condition, ...],
) -> list[Edge]:
    return [
        Edge(caller, target, mode, call, conditions, False)
        for symbol in sorted(symbols)
        for target in flows.functions(symbol)
    ]


def _kept_in_fields(
    flows: Flows, caller: ir.Function, composed: ir.Composed, conditions: tuple[Condition, ...]
) -> list[Edge]:
    """Functions given to a struct of a type from outside: `http.Server{Handler: ...}`, `cobra.Command{RunE: ...}`."""
    return [
        edge
        for key, item in composed.elements
        if isinstance(key, ir.FieldRef) and not key.path
        for edge in _kept_in_field(flows, caller, key, item, composed.pos, conditions)
    ]


def _kept_in_field(
    flows: Flows,
    caller: ir.Function,
    field: ir.FieldRef,
    item: ir.Value,
    pos: int,
    conditions: tuple[Condition, ...],
) -> list[Edge]:
    symbols = flows.handed(field.symbol, 0, item)
    if not symbols:
        return []
    callee = ir.External(field.symbol)
    given = ir.Call(
        getattr(item, "pos", pos),
        getattr(item, "end", pos),
        callee,
        None,
        (item,),
        "call",
        caller.symbol,
        None,
    )
    return _callbacks(flows, caller, symbols, field_mode(field.owner, field.name), given, conditions)
