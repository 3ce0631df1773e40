"""Functions that are called through a parameter, and the calls that hand them in.

`each(f)` runs `f` as often as anybody calls `each`, but a given function only when it is handed over. So the way to
it leads through the call that hands it in, a call string as long as it is passed on (Sharir and Pnueli, 1981).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TypeAlias

from maplint.model import ir
from maplint.model.allowance import Allowance
from maplint.model.arguments import handed_to
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows

Chain: TypeAlias = "tuple[Edge, ...]"
"""The calls from the one that hands a function in to the one that runs it."""
Handed: TypeAlias = "Mapping[tuple[ir.Call, ir.Function], list[Chain]]"
"""By the call that runs a parameter, and the function that is run."""

_MAX_PASSED_ON = 4
_MAX_CHAINS = 100
_MAX_STEPS = 5_000
"""How many calls are looked at on the ways to one function; middleware that wraps middleware has no end of them."""


def handed_in(graph: CallGraph, flows: Flows, definitions: Definitions) -> Handed:
    """The chains to every function that is run through a parameter, where all of them are known."""
    found = {}
    givers = _Givers(graph, flows, definitions)
    for edges in list(graph.callees.values()):
        for edge in edges:
            if givers.called(edge) is None:
                continue
            with givers.allowance.question():
                chains = [
                    chain
                    for rest, index in _called_in(givers, edge)
                    for chain in _chains(givers, rest[0].caller, index, edge.callee.symbol, rest)
                ]
            if 0 < len(chains) <= _MAX_CHAINS and not givers.allowance.is_used_up:
                found[edge.call, edge.callee] = chains
    return found


class _Givers:
    """Which calls hand a function in through a parameter."""

    def __init__(self, graph: CallGraph, flows: Flows, definitions: Definitions) -> None:
        self.graph = graph
        self.allowance = Allowance(_MAX_STEPS, _MAX_STEPS, 0)
        self._flows = flows
        self._definitions = definitions
        self._known: dict[tuple[ir.Function, int], dict[str, list[tuple[Edge, ir.Value]]]] = {}
        self._given: dict[ir.Call, list[tuple[ir.Value, Set[str]]]] = {}
        """By call the arguments that may be functions, and which."""

    def of(self, function: ir.Function, index: int, symbol: str) -> list[tuple[Edge, ir.Value]]:
        """The calls that give a parameter a value that may be the function of that symbol, each with the value."""
        key = (function, index)
        if key not in self._known:
            self._known[key] = self._by_symbol(function, index)
        return self._known[key].get(symbol, [])

    def called(self, edge: Edge) -> ir.Value | None:
        """The function value that an edge runs: what is called, or what is given to a function from outside."""
        call = edge.call
        if isinstance(call.callee, ir.Dynamic):
            return call.callee.value
        if not isinstance(call.callee, (ir.External, ir.Abstract)):
            return None
        if call not in self._given:
            each = ((arg, self._flows.function_targets(arg)) for arg in call.args)
            self._given[call] = [(arg, targets) for arg, targets in each if targets]
        symbol = edge.callee.symbol
        return next((arg for arg, targets in self._given[call] if symbol in targets), None)

    def captured(self, call: ir.Call, called: ir.Value) -> ir.Value | None:
        """What a call that runs a literal has handed to the function that made it there, for its captured parameter."""
        if not isinstance(called, ir.Ref):
            return None
        makers = self._flows.functions(called.var.function)
        return self._definitions.given_to_maker(call, makers[0], called.var) if len(makers) == 1 else None

    def _by_symbol(self, function: ir.Function, index: int) -> dict[str, list[tuple[Edge, ir.Value]]]:
        out: dict[str, list[tuple[Edge, ir.Value]]] = {}
        for edge in self.graph.callers.get(function, ()):
            for arg in handed_to(edge.call, edge.callee, edge.callee.params[index]) if edge.direct else ():
                for symbol in self._flows.function_targets(arg):
                    out.setdefault(symbol, []).append((edge, arg))
        return out


def _called_in(givers: _Givers, edge: Edge) -> Iterator[tuple[Chain, int]]:
    """The calls from the function with the parameter that an edge runs to it, and which parameter it is.

    They are more than one where a literal inside that function runs the parameter.
    """
    called = givers.called(edge)
    if called is not None:
        yield from _within(givers, called, (edge,))


def _within(givers: _Givers, called: ir.Value, way: Chain) -> Iterator[tuple[Chain, int]]:
    """The ways from the function with the parameter to the literal that a way begins in."""
    if not givers.allowance.step():
        return
    caller = way[0].caller
    own = _parameter(caller, called)
    if own >= 0:
        yield way, own
    elif caller.parent and _is_parameter(called) and len(way) <= _MAX_PASSED_ON:
        for outer in givers.graph.callers.get(caller, ()):
            given = givers.captured(outer.call, called)
            if given is not None:
                yield from _within(givers, given, (outer, *way))
                continue
            passed = _parameter(outer.caller, givers.called(outer))
            if passed < 0:
                yield from _within(givers, called, (outer, *way))
            else:
                for chain in _chains(givers, outer.caller, passed, caller.symbol, (outer,)):
                    yield from _within(givers, called, (*chain, *way))


def _is_parameter(value: ir.Value) -> bool:
    return isinstance(value, ir.Ref) and value.var.kind == "parameter"


def _parameter(function: ir.Function, value: ir.Value | None) -> int:
    """Which parameter of the function a value is, an element of a variadic one too; -1 for none."""
    while isinstance(value, (ir.Converted, ir.ElemOf)):
        value = value.operand if isinstance(value, ir.Converted) else value.base
    is_parameter = isinstance(value, ir.Ref) and value.var in function.params
    return function.params.index(value.var) if is_parameter and isinstance(value, ir.Ref) else -1


def _chains(givers: _Givers, function: ir.Function, index: int, symbol: str, rest: Chain) -> list[Chain]:
    """The chains that hand a function in through a parameter, before what is known of them already."""
    found: list[Chain] = []
    for edge, arg in givers.of(function, index, symbol):
        if len(found) > _MAX_CHAINS or not givers.allowance.step():
            break
        own = _parameter(edge.caller, arg)
        if own < 0:
            found.append((edge, *rest))
        elif len(rest) < _MAX_PASSED_ON:
            found += _chains(givers, edge.caller, own, symbol, (edge, *rest))
    return found
