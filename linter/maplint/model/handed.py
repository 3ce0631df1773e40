"""Functions that are called through a parameter, and the calls that hand them in.

`each(f)` runs `f` as often as anybody calls `each`, but a given function only when it is handed over. So the way to
it leads through the call that hands it in, a call string as long as it is passed on (Sharir and Pnueli, 1981).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from maplint.model import ir
from maplint.model.arguments import handed_to
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.flows import Flows

Chain: TypeAlias = "tuple[Edge, ...]"
"""The calls from the one that hands a function in to the one that runs it."""
Handed: TypeAlias = "Mapping[tuple[ir.Call, ir.Function], list[Chain]]"
"""By the call that runs a parameter, and the function that is run."""

_MAX_PASSED_ON = 4
_MAX_CHAINS = 100


def handed_in(graph: CallGraph, flows: Flows) -> Handed:
    """The chains to every function that is run through a parameter, where all of them are known."""
    found = {}
    givers = _Givers(graph, flows)
    for edges in list(graph.callees.values()):
        for edge in edges:
            chains = [
                chain
                for rest, index in _called_in(graph, givers, edge)
                for chain in _chains(givers, rest[0].caller, index, edge.callee.symbol, rest)
            ]
            if 0 < len(chains) <= _MAX_CHAINS:
                found[edge.call, edge.callee] = chains
    return found


class _Givers:
    """Which calls hand a function in through a parameter."""

    def __init__(self, graph: CallGraph, flows: Flows) -> None:
        self._graph = graph
        self._flows = flows
        self._known: dict[tuple[ir.Function, int], dict[str, list[tuple[Edge, ir.Value]]]] = {}

    def of(self, function: ir.Function, index: int, symbol: str) -> list[tuple[Edge, ir.Value]]:
        """The calls that give a parameter a value that may be the function of that symbol, each with the value."""
        key = (function, index)
        if key not in self._known:
            self._known[key] = self._by_symbol(function, index)
        return self._known[key].get(symbol, [])

    def _by_symbol(self, function: ir.Function, index: int) -> dict[str, list[tuple[Edge, ir.Value]]]:
        out: dict[str, list[tuple[Edge, ir.Value]]] = {}
        for edge in self._graph.callers.get(function, ()):
            for arg in handed_to(edge.call, edge.callee, edge.callee.params[index]) if edge.direct else ():
                for symbol in self._flows.function_targets(arg):
                    out.setdefault(symbol, []).append((edge, arg))
        return out


def _called_in(graph: CallGraph, givers: _Givers, edge: Edge) -> Iterator[tuple[Chain, int]]:
    """The calls from the function with the parameter that an edge runs to it, and which parameter it is.

    They are more than one where a literal inside that function runs the parameter.
    """
    called = _called(edge.call)
    own = _parameter(edge.caller, called)
    if own >= 0:
        yield (edge,), own
    elif edge.caller.parent and isinstance(called, ir.Ref) and called.var.kind == "parameter":
        for outer in graph.callers.get(edge.caller, ()):
            passed = _parameter(outer.caller, _called(outer.call))
            ways = (
                _chains(givers, outer.caller, passed, edge.caller.symbol, (outer,))
                if passed >= 0
                else [(outer,)]
            )
            for way in ways:
                index = _parameter(way[0].caller, called)
                if index >= 0:
                    yield (*way, edge), index


def _called(call: ir.Call) -> ir.Value | None:
    return call.callee.value if isinstance(call.callee, ir.Dynamic) else None


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
        if len(found) > _MAX_CHAINS:
            break
        own = _parameter(edge.caller, arg)
        if own < 0:
            found.append((edge, *rest))
        elif len(rest) < _MAX_PASSED_ON:
            found += _chains(givers, edge.caller, own, symbol, (edge, *rest))
    return found
