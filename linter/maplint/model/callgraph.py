"""Who calls whom, and how: at once, in a goroutine, later, or from code outside the analysed tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callback_modes import callback_mode, field_mode
from maplint.model.flows import Flows
from maplint.model.members import interface_methods
from maplint.model.universe import Universe
from maplint.model.walk import Condition

_MAX_IMPLEMENTATIONS = 40


class Edge(NamedTuple):
    """One way in which a function gets to run."""

    caller: ir.Function
    callee: ir.Function
    mode: str
    """call, defer, go, or for a callback: now, once, later, timer, goroutine or concurrent."""
    call: ir.Call
    conditions: tuple[Condition, ...]
    direct: bool
    """Whether the call's arguments are the callee's; false for a callback."""


class CallGraph:
    """Edges in both directions, and the functions whose value goes where the analysis cannot follow."""

    def __init__(self) -> None:
        self.callers: dict[ir.Function, list[Edge]] = defaultdict(list)
        self.callees: dict[ir.Function, list[Edge]] = defaultdict(list)
        self.escaping: set[ir.Function] = set()

    def add(self, edge: Edge) -> None:
        self.callers[edge.callee].append(edge)
        self.callees[edge.caller].append(edge)


def build_call_graph(universe: Universe, flows: Flows, functions: Iterable[ir.Function]) -> CallGraph:
    """The call graph of a program; interface calls go to every implementation in the analysed code."""
    functions = list(functions)
    graph = CallGraph()
    implementations = _Implementations(universe, flows, functions)
    values: set[str] = set()
    for function in functions:
        for found in function.occurrences:
            if isinstance(found.instruction, ir.Call):
                for edge in _edges(flows, implementations, function, found.instruction, found.conditions):
                    graph.add(edge)
            for part in found.values:
                if isinstance(part, ir.FuncValue):
                    values.add(part.symbol)
                elif isinstance(part, ir.Composed):
                    for edge in _kept_in_fields(flows, function, part, found.conditions):
                        graph.add(edge)
    for symbol in values:
        graph.escaping |= {f for f in flows.functions(symbol) if not graph.callers[f]}
    return graph


def _edges(
    flows: Flows,
    implementations: _Implementations,
    caller: ir.Function,
    call: ir.Call,
    conditions: tuple[Condition, ...],
) -> list[Edge]:
    edges = [
        Edge(caller, target, call.mode, call, conditions, True)
        for symbol in _targets(flows, implementations, call)
        for target in flows.functions(symbol)
    ]
    if isinstance(call.callee, ir.External):
        for index, arg in enumerate(call.args):
            symbols = implementations.handlers(arg) or flows.function_targets(arg)
            mode = callback_mode(call.callee.symbol, index) if symbols else ""
            if call.mode == "go" and mode == "now":
                mode = "go"
            edges += [
                Edge(caller, target, mode, call, conditions, False)
                for symbol in symbols
                for target in flows.functions(symbol)
            ]
    return edges


def _kept_in_fields(
    flows: Flows, caller: ir.Function, composed: ir.Composed, conditions: tuple[Condition, ...]
) -> list[Edge]:
    """Functions given to a struct of a type from outside: `http.Server{Handler: ...}`, `cobra.Command{RunE: ...}`."""
    edges = []
    for key, item in composed.elements:
        if isinstance(key, ir.FieldRef) and not key.path and isinstance(item, ir.FuncValue):
            callee = ir.External(key.symbol)
            given = ir.Call(item.pos, item.end, callee, None, (item,), "call", caller.symbol, None)
            mode = field_mode(key.owner, key.name)
            edges += [
                Edge(caller, target, mode, given, conditions, False)
                for target in flows.functions(item.symbol)
            ]
    return edges


def _targets(flows: Flows, implementations: _Implementations, call: ir.Call) -> list[str]:
    callee = call.callee
    if isinstance(callee, ir.Static):
        return [callee.symbol]
    if isinstance(callee, ir.Abstract):
        return implementations.of(callee)
    if isinstance(callee, ir.Dynamic):
        return sorted(flows.function_targets(callee.value))
    return []


class _Implementations:
    """The analysed types that have the methods of an interface."""

    def __init__(self, universe: Universe, flows: Flows, functions: Iterable[ir.Function]) -> None:
        self._universe = universe
        self._flows = flows
        self._methods: dict[str, set[str]] = defaultdict(set)
        """Names of the methods declared for each type."""
        self._types_with: dict[str, set[str]] = defaultdict(set)
        for function in functions:
            if function.receiver is not None and function.name:
                owner = function.symbol.rpartition(".")[0]
                self._methods[owner].add(function.name)
                self._types_with[function.name].add(owner)
        self._promote()
        self._known: dict[tuple[t.Type, str], list[str]] = {}

    def _promote(self) -> None:
        """Counts the methods that a struct gets from what it embeds, one level deep."""
        for package in self._universe.packages.values():
            for name in package.names:
                owner = f"{package.path}.{name}"
                under = self._universe.underlying(t.Named(package.path, name))
                if isinstance(under, t.Struct):
                    for field in under.fields:
                        kind = field.type.elem if isinstance(field.type, t.Pointer) else field.type
                        if field.embedded and isinstance(kind, t.Named):
                            self._methods[owner] |= self._methods.get(kind.symbol, set())

    def of(self, callee: ir.Abstract) -> list[str]:
        """Symbols of the methods that a call through an interface may reach."""
        key = (callee.type, callee.method)
        if key not in self._known:
            self._known[key] = self._search(callee)
        return self._known[key]

    def _search(self, callee: ir.Abstract) -> list[str]:
        under = self._universe.underlying(callee.type)
        if not isinstance(under, t.Interface):
            return []
        wanted = interface_methods(self._universe, under)
        owners = [o for o in self._types_with.get(callee.method, ()) if wanted <= self._methods[o]]
        if len(owners) > _MAX_IMPLEMENTATIONS:
            return []
        return sorted(f"{owner}.{callee.method}" for owner in owners)

    def handlers(self, arg: ir.Value) -> set[str]:
        """`ServeHTTP` of an analysed type that is handed over as an http.Handler."""
        kind = arg.type.elem if isinstance(arg.type, t.Pointer) else arg.type
        if isinstance(kind, t.Named) and "ServeHTTP" in self._methods.get(kind.symbol, ()):
            return {f"{kind.symbol}.ServeHTTP"}
        return set()
