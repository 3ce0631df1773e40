"""Where values flow: which map a variable may hold, which functions a function value may be.

A flow-insensitive, field-based points-to relation in the manner of Andersen (1994): a node is a variable, a field of
a type (one for all instances), or what stands behind one of these (`x[]`). An edge says that the left node may hold
what the right one holds. Only maps and functions are followed; structs and pointers need no edges because a field is
the same node whatever path leads to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from typing import Any

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.arguments import arguments
from maplint.model.implementations import Implementations
from maplint.model.universe import Universe

_FLOWING = frozenset((ir.Store, ir.Return, ir.Send, ir.Call))
_READ = frozenset((ir.Ref, ir.FieldOf, ir.ElemOf, ir.Sliced, ir.Received, ir.Result))
"""Values that are read from a node of their own."""
_STILL = frozenset((ir.Const, ir.Made, ir.Unknown, ir.KeyOf))
"""Values that hold nothing from elsewhere."""
_MAX_NODES = 400
_MAX_ROUNDS = 5
"""How often what indirect calls pass on may reveal further targets of such calls."""


def node_of(value: ir.Value) -> str | None:
    """The node that a value is read from; None for fresh and unknown values."""
    found = _NODES.get(type(value))
    return found(value) if found is not None else None


def _inside(base: ir.Value, mark: str) -> str | None:
    """The node behind that of `base`."""
    node = node_of(base)
    return f"{node}{mark}" if node is not None else None


_NODES: dict[type, Callable[[Any], str | None]] = {
    ir.Ref: lambda value: value.var.symbol,
    ir.FieldOf: lambda value: value.field.symbol if value.field.owner else None,
    ir.ElemOf: lambda value: _inside(value.base, "[]"),
    ir.Converted: lambda value: node_of(value.operand),
    ir.Sliced: lambda value: node_of(value.base),
    ir.Received: lambda value: _inside(value.channel, "<-"),
    ir.Result: lambda value: _result(value.call, value.index),
}


def _result(call: ir.Call, index: int) -> str:
    """The node of a call's result: that of the function or, where several may be called, one of its own."""
    if isinstance(call.callee, (ir.Static, ir.External)):
        return f"{call.callee.symbol}()#{index}"
    return f"{call.function}@{call.pos}()#{index}"


class Flows:
    """The relation over a whole program, built once and asked often."""

    def __init__(self, universe: Universe, functions: Iterable[ir.Function]) -> None:
        self._universe = universe
        self._sources: dict[str, dict[str, None]] = defaultdict(dict)
        """By node those that flow into it, in the order of the code, so that every run finds the same."""
        self._functions_at: dict[str, set[str]] = defaultdict(set)
        self._by_symbol: dict[str, list[ir.Function]] = defaultdict(list)
        self._reached: dict[str, frozenset[str]] = {}
        self._targets: dict[str, frozenset[str]] = {}
        """The functions that a node may hold, as far as it was asked."""
        self._followed: dict[tuple[type, t.Type], bool] = {}
        """What `_is_followed` has said of types; with their kind, since types of two kinds may be equal as tuples."""
        self._implementations = Implementations(universe)
        self._indirect: list[ir.Call] = []
        functions = list(functions)
        for function in functions:
            self._by_symbol[function.symbol].append(function)
        for function in functions:
            self._results(function)
            for found in function.occurrences:
                if type(found.instruction) in _FLOWING:
                    self._instruction(function, found.instruction)
                for value in found.made:
                    if isinstance(value, ir.Composed):
                        self._composed(value)
        self._follow_indirect()

    def functions(self, symbol: str) -> list[ir.Function]:
        """The functions of that symbol; several where build constraints keep them apart."""
        return self._by_symbol.get(symbol, [])

    def reached(self, node: str) -> frozenset[str]:
        """Every node whose content the node may hold, itself included."""
        known = self._reached.get(node)
        if known is None:
            known = self._reached[node] = frozenset(self._search(node))
        return known

    def fields_of(self, local: str) -> list[str]:
        """The nodes that share the map a local was made with: those that it is stored in as it is."""
        if self._sources.get(local):
            return []
        return self._stored_in.get(local, [])

    @cached_property
    def _stored_in(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node, sources in self._sources.items():
            for source in sources:
                found[source].append(node)
        return found

    def _search(self, node: str) -> set[str]:
        seen = {node}
        waiting = [node]
        while waiting and len(seen) < _MAX_NODES:
            current = waiting.pop()
            found = list(self._sources.get(current, ()))
            base, inner, rest = current.rpartition("[]")
            if inner and not rest:
                found += [f"{source}[]" for source in self._sources.get(base, ())]
            for source in found:
                if source not in seen:
                    seen.add(source)
                    waiting.append(source)
        return seen

    def function_targets(self, value: ir.Value) -> Set[str]:
        """Symbols of the functions that a function value may be."""
        if isinstance(value, ir.FuncValue):
            return self._concrete(value.symbol)
        if isinstance(value, ir.Converted):
            return self.function_targets(value.operand)
        node = node_of(value)
        if node is None:
            return frozenset()
        known = self._targets.get(node)
        if known is None:
            known = self._targets[node] = frozenset(self._targets_at(node))
        return known

    def _targets_at(self, node: str) -> Iterator[str]:
        for source in self.reached(node):
            for symbol in self._functions_at.get(source, ()):
                yield from self._concrete(symbol)

    def _concrete(self, symbol: str) -> set[str]:
        """The function of that symbol; for a method of an interface those of what implements it."""
        return {symbol} if symbol in self._by_symbol else {symbol, *self._implementations.of_value(symbol)}

    def targets(self, call: ir.Call) -> list[str]:
        """Symbols of the functions that a call may run itself; empty where they are not known."""
        callee = call.callee
        if isinstance(callee, ir.Static):
            return [callee.symbol]
        if isinstance(callee, ir.Abstract):
            return self._implementations.of(callee.type, callee.method)
        return sorted(self.function_targets(callee.value)) if isinstance(callee, ir.Dynamic) else []

    def handed(self, function: str, index: int, arg: ir.Value) -> Set[str]:
        """Symbols of what a function outside the analysed code may run of an argument: the value, or its methods."""
        return self._implementations.handed(function, index, arg) or self.function_targets(arg)

    def method(self, kind: t.Named, name: str) -> str:
        """The symbol of a method of a type of the analysed code; empty where it has none there."""
        return self._implementations.method(kind, name)

    def _follow_indirect(self) -> None:
        """Lets arguments and results flow through interface calls and calls of function values."""
        bound: set[tuple[ir.Call, str]] = set()
        for _ in range(_MAX_ROUNDS):
            pairs = [(call, symbol) for call in self._indirect for symbol in self.targets(call)]
            fresh = [pair for pair in pairs if pair not in bound]
            if not fresh:
                break
            for call, symbol in fresh:
                self._bind(call, symbol)
                for target in self.functions(symbol):
                    for i in range(len(target.results)):
                        self._sources[_result(call, i)][f"{symbol}()#{i}"] = None
            bound.update(fresh)
            self._reached.clear()
            self._targets.clear()

    def _bind(self, call: ir.Call, symbol: str) -> None:
        """Lets a call's arguments flow into the parameters of the functions of that symbol."""
        for target in self.functions(symbol):
            for node, arg in arguments(call, target):
                if type(arg) not in _STILL:
                    self._flow(node, arg)

    def _keep(self, keeper: str, index: int, value: ir.Value) -> None:
        """Lets a value flow into the receivers of its methods that a function from outside runs."""
        for symbol in self._implementations.handed(keeper, index, value):
            for target in self.functions(symbol):
                if target.receiver is not None:
                    self._flow(target.receiver.symbol, value)

    def _results(self, function: ir.Function) -> None:
        for i, result in enumerate(function.results):
            self._sources[f"{function.symbol}()#{i}"][result.symbol] = None

    def _instruction(self, function: ir.Function, instruction: ir.Instruction) -> None:
        if isinstance(instruction, ir.Store):
            self._flow(node_of(instruction.target), instruction.value)
        elif isinstance(instruction, ir.Return):
            for result, value in zip(function.results, instruction.values, strict=False):
                self._flow(result.symbol, value)
        elif isinstance(instruction, ir.Send):
            node = node_of(instruction.channel)
            self._flow(f"{node}<-" if node is not None else None, instruction.value)
        elif isinstance(instruction, ir.Call):
            self._call(instruction)

    def _composed(self, value: ir.Composed) -> None:
        for key, item in value.elements:
            if isinstance(key, ir.FieldRef):
                self._flow(key.symbol, item)
                if not key.path:
                    self._keep(key.symbol, 0, item)

    def _call(self, call: ir.Call) -> None:
        if isinstance(call.callee, ir.Static):
            self._bind(call, call.callee.symbol)
        elif isinstance(call.callee, ir.External):
            for index, arg in enumerate(call.args):
                self._keep(call.callee.symbol, index, arg)
        else:
            self._indirect.append(call)

    def _flow(self, node: str | None, value: ir.Value) -> None:
        if node is None or type(value) in _STILL:
            return
        if type(value) in _READ:
            if type(value.type) is not t.Basic and self._is_type_followed(value.type):
                source = node_of(value)
                if source is not None and source != node:
                    self._sources[node][source] = None
                elif isinstance(value, ir.ElemOf) and isinstance(value.base, ir.Composed):
                    for _, item in value.base.elements:
                        self._flow(node, item)
        elif isinstance(value, ir.Converted):
            self._flow(node, value.operand)
        elif isinstance(value, ir.FuncValue):
            self._functions_at[node].add(value.symbol)
        elif isinstance(value, ir.Composed):
            if not isinstance(self._universe.underlying(value.type), t.Struct):
                for _, item in value.elements:
                    self._flow(f"{node}[]", item)
        elif isinstance(value, ir.Computed) and value.op == "append":
            for i, operand in enumerate(value.operands):
                self._flow(node if i == 0 else f"{node}[]", operand)

    def _is_type_followed(self, kind: t.Type) -> bool:
        key = (type(kind), kind)
        known = self._followed.get(key)
        if known is None:
            known = self._followed[key] = self._is_followed(kind)
        return known

    def _is_followed(self, kind: t.Type, depth: int = 0) -> bool:
        """Maps, functions, and what holds them by reference; a value of unknown type may be one."""
        under = self._universe.underlying(kind)
        if isinstance(under, (t.Map, t.Func)):
            return True
        if isinstance(under, t.Interface):
            return self._implementations.may_be_reference(under)
        if isinstance(under, (t.Pointer, t.Slice, t.Array, t.Chan)) and depth < 3:
            return self._is_followed(under.elem, depth + 1)
        if isinstance(kind, t.Named) and kind.symbol == "sync.Map":
            return True
        return kind is None
