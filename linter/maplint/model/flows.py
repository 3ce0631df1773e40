"""Where values flow: which map a variable may hold, which functions a function value may be.

A flow-insensitive, field-based points-to relation in the manner of Andersen (1994): a node is a variable, a field of
a type (one for all instances), or what stands behind one of these (`x[]`). An edge says that the left node may hold
what the right one holds. Only maps and functions are followed; structs and pointers need no edges because a field is
the same node whatever path leads to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.universe import Universe

_MAX_NODES = 400


def node_of(value: ir.Value) -> str | None:
    """The node that a value is read from; None for fresh and unknown values."""
    if isinstance(value, ir.Ref):
        return value.var.symbol
    if isinstance(value, ir.FieldOf):
        return value.field.symbol if value.field.owner else None
    if isinstance(value, ir.ElemOf):
        base = node_of(value.base)
        return f"{base}[]" if base is not None else None
    if isinstance(value, ir.Converted):
        return node_of(value.operand)
    if isinstance(value, ir.Sliced):
        return node_of(value.base)
    if isinstance(value, ir.Received):
        base = node_of(value.channel)
        return f"{base}<-" if base is not None else None
    if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.Static, ir.External)):
        return f"{value.call.callee.symbol}()#{value.index}"
    return None


class Flows:
    """The relation over a whole program, built once and asked often."""

    def __init__(self, universe: Universe, functions: Iterable[ir.Function]) -> None:
        self._universe = universe
        self._sources: dict[str, set[str]] = defaultdict(set)
        self._functions_at: dict[str, set[str]] = defaultdict(set)
        self._by_symbol: dict[str, list[ir.Function]] = defaultdict(list)
        self._reached: dict[str, frozenset[str]] = {}
        functions = list(functions)
        for function in functions:
            self._by_symbol[function.symbol].append(function)
        for function in functions:
            self._results(function)
            for found in function.occurrences:
                self._instruction(function, found.instruction)
                for value in found.values:
                    if isinstance(value, ir.Composed):
                        self._composed(value)

    def functions(self, symbol: str) -> list[ir.Function]:
        """The functions of that symbol; several where build constraints keep them apart."""
        return self._by_symbol.get(symbol, [])

    def reached(self, node: str) -> frozenset[str]:
        """Every node whose content the node may hold, itself included."""
        known = self._reached.get(node)
        if known is None:
            known = self._reached[node] = frozenset(self._search(node))
        return known

    def _search(self, node: str) -> set[str]:
        seen = {node}
        waiting = [node]
        while waiting and len(seen) < _MAX_NODES:
            current = waiting.pop()
            found = set(self._sources.get(current, ()))
            base, inner, rest = current.rpartition("[]")
            if inner and not rest:
                found |= {f"{source}[]" for source in self._sources.get(base, ())}
            for source in found - seen:
                seen.add(source)
                waiting.append(source)
        return seen

    def function_targets(self, value: ir.Value) -> set[str]:
        """Symbols of the functions that a function value may be."""
        if isinstance(value, ir.FuncValue):
            return {value.symbol}
        if isinstance(value, ir.Converted):
            return self.function_targets(value.operand)
        node = node_of(value)
        if node is None:
            return set()
        return {symbol for source in self.reached(node) for symbol in self._functions_at.get(source, ())}

    def _results(self, function: ir.Function) -> None:
        for i, result in enumerate(function.results):
            self._sources[f"{function.symbol}()#{i}"].add(result.symbol)

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

    def _call(self, call: ir.Call) -> None:
        if isinstance(call.callee, ir.Static):
            symbols: Iterable[str] = (call.callee.symbol,)
        elif isinstance(call.callee, ir.Dynamic) and isinstance(call.callee.value, ir.FuncValue):
            symbols = (call.callee.value.symbol,)
        else:
            return
        for symbol in symbols:
            for target in self._by_symbol.get(symbol, ()):
                self.bind(target, call)

    def bind(self, target: ir.Function, call: ir.Call) -> None:
        """Lets a call's arguments flow into a function's parameters."""
        if target.receiver is not None and call.receiver is not None:
            self._flow(target.receiver.symbol, call.receiver)
        last = len(target.params) - 1
        for i, arg in enumerate(call.args):
            if i < last or (i == last and (not target.variadic or call.spread)):
                self._flow(target.params[i].symbol, arg)
            elif target.variadic and last >= 0:
                self._flow(f"{target.params[last].symbol}[]", arg)

    def _flow(self, node: str | None, value: ir.Value) -> None:
        if node is None:
            return
        if isinstance(value, ir.Converted):
            self._flow(node, value.operand)
            return
        if isinstance(value, ir.FuncValue):
            self._functions_at[node].add(value.symbol)
            return
        if isinstance(value, ir.Composed) and not isinstance(self._universe.underlying(value.type), t.Struct):
            for _, item in value.elements:
                self._flow(f"{node}[]", item)
            return
        if isinstance(value, ir.Computed) and value.op == "append":
            for i, operand in enumerate(value.operands):
                self._flow(node if i == 0 else f"{node}[]", operand)
            return
        source = node_of(value)
        if source is not None and source != node and self._is_followed(value.type):
            self._sources[node].add(source)

    def _is_followed(self, kind: t.Type, depth: int = 0) -> bool:
        """Maps, functions, and what holds them by reference; a value of unknown type may be one."""
        under = self._universe.underlying(kind)
        if isinstance(under, (t.Map, t.Func)):
            return True
        if isinstance(under, (t.Pointer, t.Slice, t.Array, t.Chan)) and depth < 3:
            return self._is_followed(under.elem, depth + 1)
        if isinstance(kind, t.Named) and kind.symbol == "sync.Map":
            return True
        return kind is None
