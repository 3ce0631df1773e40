"""Which types have methods that other modules may call: those of objects that are given to one or to its types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maplint.facts import types as t
from maplint.knowledge.std_table import std_package
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.holdings import struct_symbol
from maplint.model.universe import Universe


def handed_abroad(universe: Universe, graph: CallGraph, functions: Iterable[ir.Function]) -> set[str]:
    """The symbols of the struct types of which objects are given to other modules, or to variables of their types."""
    found: set[str] = set()
    for function in functions:
        if not function.is_test:
            found |= {
                struct_symbol(value.type) for kind, value in _given(function) if _is_foreign(universe, kind)
            }
            found |= {struct_symbol(value.type) for value in _given_away(universe, function)}
    for callee, edges in graph.callers.items():
        foreign = [index for index, param in enumerate(callee.params) if _is_foreign(universe, param.type)]
        for edge in edges if foreign else ():
            if edge.direct and not edge.caller.is_test:
                found |= {struct_symbol(arg.type) for arg in _picked(edge.call.args, foreign)}
    return found - {""}


def _given(function: ir.Function) -> Iterator[tuple[t.Type, ir.Value]]:
    """The types of variables, fields and results, each with a value that it is given."""
    for stored in function.of(ir.Store):
        yield stored.instruction.target.type, stored.instruction.value
    for returned in function.of(ir.Return):
        for result, value in zip(function.results, returned.instruction.values, strict=False):
            yield result.type, value
    for found in function.making:
        for part in found.made:
            if isinstance(part, ir.Composed):
                for key, item in part.elements:
                    if isinstance(key, ir.FieldRef):
                        yield key.type, item


def _given_away(universe: Universe, function: ir.Function) -> Iterator[ir.Value]:
    """What becomes an argument or a field in a module that is not analysed."""
    for call in function.of(ir.Call):
        callee = call.instruction.callee
        if isinstance(callee, ir.External) and std_package(_package(callee.symbol)) is None:
            yield from call.instruction.args
    for stored in function.of(ir.Store):
        if isinstance(stored.instruction.target, ir.Unknown):
            yield stored.instruction.value
    for found in function.making:
        for part in found.made:
            if isinstance(part, ir.Composed) and _is_foreign(universe, part.type):
                yield from (item for _, item in part.elements)


def _package(symbol: str) -> str:
    """The import path before a name or a type and its method."""
    folder, slash, rest = symbol.rpartition("/")
    return f"{folder}{slash}{rest.partition('.')[0]}"


def _picked(args: Sequence[ir.Value], indexes: Iterable[int]) -> Iterator[ir.Value]:
    return (args[index] for index in indexes if index < len(args))


def _is_foreign(universe: Universe, kind: t.Type) -> bool:
    """Whether a type is declared in a module that is not analysed, nor known as the standard library is."""
    return (
        isinstance(kind, t.Named)
        and kind.package not in universe.packages
        and universe.underlying(kind) is None
    )
