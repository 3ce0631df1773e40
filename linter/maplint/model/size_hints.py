"""Maps made for as many entries as somebody outside the program says, without a look at the number.

`make` sets the whole table up at once, so that a few bytes of a message cost gigabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from maplint.facts import types as t
from maplint.finding import Confidence
from maplint.knowledge import sizes as knowledge
from maplint.model import ir
from maplint.model.callgraph import CallGraph
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.domains import Domain
from maplint.model.flows import Flows
from maplint.model.keys import Keys
from maplint.model.sites import map_type
from maplint.model.universe import Universe
from maplint.model.walk import operands, parts

_MAX_DEPTH = 5
_MAX_STORED = 5
"""How many of the values stored in one field are looked at."""
_ORDERED = frozenset(("<", "<=", ">", ">=", "==", "!="))
_TRIVIAL = frozenset(("0", "1", "-1"))


class Hint(NamedTuple):
    """A `make` whose size nobody has checked."""

    function: ir.Function
    made: ir.Made
    symbol: str
    """Of the variable or field that gets the map, else of the function."""
    what: str
    """Where the number comes from, in words."""
    confidence: Confidence
    reasons: tuple[str, ...]


class _Number(NamedTuple):
    """A number from outside."""

    what: str
    sure: bool
    """Whether it is seen to come from a peer rather than from a file or a text of unknown origin."""


class SizeHints:
    """Finds such maps."""

    def __init__(
        self,
        universe: Universe,
        contexts: Contexts,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        keys: Keys,
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._contexts = contexts
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._keys = keys
        self._functions = [function for function in functions if not function.is_test]
        self._made: dict[str, list[tuple[ir.Function, ir.Made, str]]] = defaultdict(list)
        self._stored: dict[str, list[tuple[ir.Function, ir.Value]]] = defaultdict(list)
        self._decoded: dict[str, bool] = {}
        """Struct types that a message is decoded into, with whether a request's goroutine does it."""
        self._checked: set[str] = set()
        """Fields that are compared with something somewhere."""
        for function in self._functions:
            self._index(function)

    def _index(self, function: ir.Function) -> None:
        for found in function.occurrences:
            instruction = found.instruction
            for part in found.made:
                if isinstance(part, ir.Composed):
                    for key, item in part.elements:
                        if type(key) is ir.FieldRef:
                            self._store(key, function, item)
                elif isinstance(part, ir.Made) and part.size is not None:
                    if map_type(self._universe, part.type):
                        self._made[function.package].append((function, part, _name(instruction, function)))
            if isinstance(instruction, ir.Store) and isinstance(instruction.target, ir.FieldOf):
                self._store(instruction.target.field, function, instruction.value)
        for branch in function.of(ir.Branch):
            self._checked.update(_compared_fields(branch.instruction.cond))
        for call in function.of(ir.Call):
            self._decodes(function, call.instruction)

    def _store(self, field: ir.FieldRef, function: ir.Function, value: ir.Value) -> None:
        known = self._stored[field.symbol]
        if len(known) < _MAX_STORED:
            known.append((function, value))

    def _decodes(self, function: ir.Function, call: ir.Call) -> None:
        if _fills_structs(getattr(call.callee, "symbol", "")):
            for arg in call.args:
                kind = t.pointed(arg.type)
                if isinstance(kind, t.Named):
                    asked = bool(self._contexts.when(function) & When.CONCURRENT)
                    self._decoded[kind.symbol] = asked or self._decoded.get(kind.symbol, False)

    def of(self, package: str) -> Iterator[Hint]:
        """The unchecked sizes in a package."""
        seen: set[int] = set()
        for function, made, symbol in self._made.get(package, ()):
            if made.size is None or id(made) in seen:
                continue
            seen.add(id(made))
            number = self._outside(made.size, function, made.pos, 0)
            if number is not None:
                served = number.sure and bool(self._contexts.when(function) & (When.CONCURRENT | When.API))
                confidence = (
                    Confidence.HIGH if served else Confidence.MEDIUM if number.sure else Confidence.LOW
                )
                reasons = (
                    f"the size is {number.what}",
                    "no comparison of it with a limit was found before the make",
                )
                yield Hint(function, made, symbol, number.what, confidence, reasons)

    def _outside(self, value: ir.Value, function: ir.Function, pos: int, depth: int) -> _Number | None:
        """Where a number comes from that nothing has bounded on its way to an offset of the function."""
        plain = value.type
        if depth > _MAX_DEPTH or (isinstance(plain, t.Basic) and plain.name in knowledge.SMALL):
            return None
        if self._is_checked(value, function, pos):
            return None
        if isinstance(value, ir.Converted):
            if value.how == "*" and self._is_filled(value, function):
                return _Number("a number read from outside", False)
            return self._outside(value.operand, function, pos, depth)
        if isinstance(value, ir.Computed):
            if value.op in knowledge.BOUNDING or value.op in ("len", "cap"):
                return None
            found = (self._outside(one, function, pos, depth + 1) for one in value.operands)
            return next((number for number in found if number is not None), None)
        if isinstance(value, ir.Ref):
            return self._variable(value, function, pos, depth)
        if isinstance(value, ir.FieldOf):
            return self._field(value, depth)
        return self._result(value, depth) if isinstance(value, ir.Result) else None

    def _variable(self, value: ir.Ref, function: ir.Function, pos: int, depth: int) -> _Number | None:
        if self._is_filled(value, function):
            return _Number("a number read from outside", True)
        if value.var.kind == "parameter":
            return self._argument(value.var, depth)
        values = self._definitions.values(value.var) if value.var.kind == "local" else []
        found = [self._outside(one, function, pos, depth + 1) for one in values]
        return found[0] if len(found) == 1 else None

    def _argument(self, var: ir.Var, depth: int) -> _Number | None:
        for function in self._flows.functions(var.function):
            index = function.params.index(var) if var in function.params else -1
            for edge in self._graph.callers.get(function, ()):
                if edge.direct and not edge.caller.is_test and 0 <= index < len(edge.call.args):
                    found = self._outside(edge.call.args[index], edge.caller, edge.call.pos, depth + 1)
                    if found is not None:
                        return found
        return None

    def _field(self, value: ir.FieldOf, depth: int) -> _Number | None:
        symbol = value.field.symbol
        if symbol in self._checked or self._keys.is_configured(value):
            return None
        if value.field.owner in self._decoded:
            return _Number(
                f"the field {value.field.name} of a decoded message", self._decoded[value.field.owner]
            )
        for function, stored in self._stored.get(symbol, ()):
            found = self._outside(stored, function, function.end, depth + 1)
            if found is not None:
                return found
        return None

    def _result(self, value: ir.Result, depth: int) -> _Number | None:
        call = value.call
        symbol = getattr(call.callee, "symbol", "")
        if isinstance(call.callee, ir.Abstract) and isinstance(call.callee.type, t.Named):
            symbol = f"{call.callee.type.symbol}.{call.callee.method}"
        if value.index == 0 and knowledge.DECODED_NUMBERS.match(symbol):
            return _Number("a number decoded from bytes", True)
        if value.index == 0 and symbol in knowledge.PARSED_NUMBERS and call.args:
            source = self._keys.source(call.args[0])
            return _Number(f"a number from {source.what}", True) if source.domain is Domain.OPEN else None
        for target in self._flows.functions(symbol) if isinstance(call.callee, ir.Static) else ():
            for found in target.of(ir.Return):
                returned = found.instruction
                if value.index < len(returned.values):
                    number = self._outside(returned.values[value.index], target, returned.pos, depth + 1)
                    if number is not None:
                        return number
        return None

    def _is_filled(self, value: ir.Value, function: ir.Function) -> bool:
        """Whether the function has what is read from outside written into the variable."""
        path = self._definitions.path(value)
        for found in function.of(ir.Call):
            call = found.instruction
            if getattr(call.callee, "symbol", "") in knowledge.FILLED_BY_POINTER:
                for arg in call.args:
                    if (
                        isinstance(arg, ir.Converted)
                        and arg.how == "&"
                        and self._definitions.path(arg) == path
                    ):
                        return True
        return False

    def _is_checked(self, value: ir.Value, function: ir.Function, pos: int) -> bool:
        """Whether the number is compared with something but nothing before the offset, here or in a call."""
        path = self._definitions.path(value)
        if path is None:
            return False
        for found in function.of(ir.Branch, ir.Choice, ir.Call):
            instruction = found.instruction
            if isinstance(instruction, (ir.Branch, ir.Choice)) and instruction.pos < pos:
                if any(self._compares(operand, path) for operand in operands(instruction)):
                    return True
            elif (
                isinstance(instruction, ir.Call)
                and instruction.pos < pos
                and self._checks(function, instruction, path)
            ):
                return True
        return False

    def _checks(self, function: ir.Function, call: ir.Call, path: str) -> bool:
        """Whether a function that is called compares what it is given."""
        for index, arg in enumerate(call.args):
            if self._definitions.path(arg) == path:
                for edge in self._graph.callees.get(function, ()):
                    if edge.call is call and edge.direct and index < len(edge.callee.params):
                        param = edge.callee.params[index]
                        if any(
                            self._compares(operand, param.symbol)
                            for found in edge.callee.occurrences
                            for operand in operands(found.instruction)
                        ):
                            return True
        return False

    def _compares(self, cond: ir.Value, path: str) -> bool:
        return any(self._definitions.path(part) == path for part in _compared(cond))


@cache
def _fills_structs(symbol: str) -> bool:
    return bool(knowledge.FILLS_STRUCTS.search(symbol))


def _compared(cond: ir.Value) -> Iterator[ir.Value]:
    """The values that a condition compares with something else than nothing, one, or an error's nil."""
    for part in parts(cond):
        if isinstance(part, ir.Computed) and part.op in _ORDERED:
            if not any(isinstance(side, ir.Const) and side.text in _TRIVIAL for side in part.operands):
                for side in part.operands:
                    yield from parts(side)


def _compared_fields(cond: ir.Value) -> Iterator[str]:
    return (part.field.symbol for part in _compared(cond) if isinstance(part, ir.FieldOf))


def _name(instruction: ir.Instruction, function: ir.Function) -> str:
    """What the map is put in, as findings name it."""
    target = instruction.target if isinstance(instruction, ir.Store) else None
    if isinstance(target, ir.Ref):
        return target.var.symbol
    return target.field.symbol if isinstance(target, ir.FieldOf) and target.field.owner else function.symbol
