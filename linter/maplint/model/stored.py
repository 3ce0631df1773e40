"""What the program puts where: into fields, into maps as keys, into results and into parameters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from maplint.model import ir
from maplint.model.flows import node_of
from maplint.model.sites import INSERTS

if TYPE_CHECKING:
    from maplint.model.callgraph import CallGraph


class Stored:
    """Answers what a field, a map or a function's results are given, over a whole program."""

    def __init__(self, graph: CallGraph, functions: Iterable[ir.Function]) -> None:
        self.fields: dict[str, list[ir.Value]] = defaultdict(list)
        """What is stored in each field, by its symbol."""
        self.results: dict[str, list[tuple[ir.Value, ...]]] = defaultdict(list)
        """What each function returns, by its symbol."""
        self.keys: dict[str, list[ir.Value]] = defaultdict(list)
        """Keys that are written into each map node."""
        self.counters: set[str] = set()
        """Symbols of fields and package variables that are counted up."""
        self.reassigned: set[str] = set()
        """Symbols of fields that are assigned through a parameter or receiver, so perhaps when they are in use."""
        self._graph = graph
        self._functions: dict[str, ir.Function] = {}
        """By symbol."""
        self._parameters: dict[ir.Var, ir.Function] = {}
        """Whose parameter or receiver a variable is."""
        self._arguments: dict[ir.Var, list[ir.Value]] = {}
        """What `arguments` has answered."""
        for function in functions:
            self._index(function)

    def _index(self, function: ir.Function) -> None:
        self._functions[function.symbol] = function
        for param in function.params:
            self._parameters[param] = function
        if function.receiver is not None:
            self._parameters[function.receiver] = function
        for found in function.occurrences:
            instruction = found.instruction
            if isinstance(instruction, ir.Store):
                self._store(instruction)
            elif isinstance(instruction, ir.Return) and instruction.values:
                self.results[function.symbol].append(instruction.values)
            elif isinstance(instruction, ir.MapOp) and instruction.op in INSERTS:
                node = node_of(instruction.target)
                if node is not None and instruction.key is not None:
                    self.keys[node].append(instruction.key)
            for value in found.made:
                if isinstance(value, ir.Composed):
                    for key, item in value.elements:
                        if type(key) is ir.FieldRef:
                            self.fields[key.symbol].append(item)

    def _store(self, store: ir.Store) -> None:
        if isinstance(store.target, ir.FieldOf):
            if _counts(store):
                self.counters.add(store.target.field.symbol)
            else:
                self.fields[store.target.field.symbol].append(store.value)
            base = store.target.base
            if not (isinstance(base, ir.Ref) and base.var.kind == "local"):
                self.reassigned.add(store.target.field.symbol)
        elif isinstance(store.target, ir.Ref) and store.target.var.kind == "package-var" and _counts(store):
            self.counters.add(store.target.var.symbol)

    def is_handed_nil(self, field: str) -> bool:
        """Whether the field of that symbol holds what is handed in, which is nil at every call, and nothing else."""
        values = [value for value in map(ir.unconverted, self.fields.get(field, ())) if not ir.is_nil(value)]
        handed = [value.var for value in values if isinstance(value, ir.Ref) and self.arguments(value.var)]
        others = sum(not (isinstance(value, ir.FieldOf) and value.field.symbol == field) for value in values)
        return 0 < len(handed) == others and all(all(map(ir.is_nil, self.arguments(var))) for var in handed)

    def is_parameter(self, var: ir.Var) -> bool:
        """Whether the variable is a parameter or receiver of a function of the analysed code."""
        return var in self._parameters

    def arguments(self, var: ir.Var) -> list[ir.Value]:
        """What the callers hand to a parameter; nothing where some caller is not known, or for other variables."""
        function = self._parameters.get(var)
        if function is None:
            return []
        known = self._arguments.get(var)
        if known is None:
            known = self._arguments[var] = self._handed(function, var)
        return known

    def returned(self, result: ir.Result) -> list[ir.Value]:
        """What the functions of the analysed code return that a call runs: a declared one, or whichever it may be."""
        call = result.call
        symbols: Iterable[str] = ()
        if isinstance(call.callee, ir.Static):
            symbols = (call.callee.symbol,)
        elif isinstance(call.callee, (ir.Dynamic, ir.Abstract)) and call.function in self._functions:
            edges = self._graph.direct(self._functions[call.function], call)
            symbols = dict.fromkeys(edge.callee.symbol for edge in edges)
        return [
            values[result.index]
            for symbol in symbols
            for values in self.results.get(symbol, ())
            if result.index < len(values)
        ]

    def _handed(self, function: ir.Function, var: ir.Var) -> list[ir.Value]:
        index = -1 if var is function.receiver else function.params.index(var)
        arguments: list[ir.Value] = []
        for edge in self._graph.callers.get(function, ()):
            if edge.caller.is_test:
                continue
            if not edge.direct:
                return []
            if index < 0 and edge.call.receiver is not None:
                arguments.append(edge.call.receiver)
            elif 0 <= index < len(edge.call.args):
                arguments.append(edge.call.args[index])
        return arguments


def _counts(store: ir.Store) -> bool:
    """Whether a number goes up: `id++`, `next += 1`; a text that is appended to is no counter."""
    if store.op == "++":
        return True
    value = store.value
    return (
        store.op == "+="
        and isinstance(value, ir.Computed)
        and isinstance(value.operands[-1], ir.Const)
        and (value.operands[-1].text.isdigit())
    )
