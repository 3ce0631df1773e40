"""Which types have methods that other modules may call: their objects go where such a module's type is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.holdings import struct_symbol
from maplint.model.universe import Universe
from maplint.model.walk import Occurrence


def handed_abroad(universe: Universe, graph: CallGraph, functions: Iterable[ir.Function]) -> set[str]:
    """The symbols of the struct types of which objects are given to variables of other modules' types."""
    found: set[str] = set()
    for function in functions:
        if not function.is_test:
            for occurrence in function.occurrences:
                found |= {
                    struct_symbol(value.type)
                    for kind, value in _given(function, occurrence)
                    if _is_foreign(universe, kind)
                }
            for edge in graph.callees.get(function, ()):
                if edge.direct:
                    pairs = zip(edge.callee.params, edge.call.args, strict=False)
                    found |= {
                        struct_symbol(arg.type) for param, arg in pairs if _is_foreign(universe, param.type)
                    }
    return found - {""}


def _given(function: ir.Function, found: Occurrence) -> Iterator[tuple[t.Type, ir.Value]]:
    """The types of variables, fields and results, each with a value that it is given."""
    instruction = found.instruction
    if isinstance(instruction, ir.Store):
        yield instruction.target.type, instruction.value
    elif isinstance(instruction, ir.Return):
        yield from zip((result.type for result in function.results), instruction.values, strict=False)
    for part in found.made:
        if isinstance(part, ir.Composed):
            for key, item in part.elements:
                if isinstance(key, ir.FieldRef):
                    yield key.type, item


def _is_foreign(universe: Universe, kind: t.Type) -> bool:
    """Whether a type is declared in a module that is not analysed, nor known as the standard library is."""
    return (
        isinstance(kind, t.Named)
        and kind.package not in universe.packages
        and universe.underlying(kind) is None
    )
