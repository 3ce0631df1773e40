"""What each function does, of itself and through what it calls: to maps, locks, goroutines and callbacks.

Bottom-up over the strongly connected components of the call graph (Tarjan, 1972), with a fixpoint inside each, as
RacerD's summaries are. What a function does is told in terms of its parameters, its receiver, package variables and,
for a literal, of what it captures; what it does to an object of its own is nobody else's affair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.arguments import arguments
from maplint.model.callback_modes import callback_mode
from maplint.model.callgraph import SYNCHRONOUS, CallGraph
from maplint.model.components import components
from maplint.model.definitions import Definitions, is_prefix
from maplint.model.handed import Chain, Handed
from maplint.model.locks import LockSets
from maplint.model.sites import INSERTS, REMOVES, UPDATES, is_map
from maplint.model.universe import Universe

_MAX_STEPS = 5
"""How many fields and elements from a parameter on are told to callers: in a recursion a path grows for ever."""
_MAX_VALUES = 3
"""Through how many locals that are assigned more than once a path is followed."""
_MAX_PATHS = 30
"""How many entries a list has at most: the shortest are kept."""
_AT_ONCE = SYNCHRONOUS | {"parallel"}
_GOROUTINES = frozenset(("go", "goroutine"))


class Summary(NamedTuple):
    """What one function does; all but `starts` and `locks` are access paths, in terms of its own variables."""

    inserts: frozenset[str] = frozenset()
    """Maps that it inserts into or updates."""
    removes: frozenset[str] = frozenset()
    resets: frozenset[str] = frozenset()
    """Maps that it replaces by another one."""
    reads: frozenset[str] = frozenset()
    escapes: frozenset[str] = frozenset()
    """Maps that it returns, sends or stores somewhere else."""
    takes: frozenset[str] = frozenset()
    """Locks that it leaves taken."""
    releases: frozenset[str] = frozenset()
    """Locks of its callers that it releases."""
    locks: frozenset[str] = frozenset()
    """Symbols of all locks that it holds at some time."""
    starts: frozenset[str] = frozenset()
    """Symbols of the functions that it starts in goroutines of their own."""
    runs: frozenset[str] = frozenset()
    """Function values that it runs."""
    keeps: frozenset[str] = frozenset()
    """Function values that it returns, sends, stores or hands to somebody who runs them later."""


_ELSEWHERE = frozenset(("locks", "starts"))
_OWN_AFFAIR = frozenset(("takes", "releases"))
"""What the locks of a caller have been told of a callee already."""
_KINDS = {
    **dict.fromkeys((*INSERTS, *UPDATES), "inserts"),
    **dict.fromkeys(REMOVES, "removes"),
    **dict.fromkeys(("range", "index", "len", "Load", "Range"), "reads"),
}


class Summaries:
    """The summaries of a whole program."""

    def __init__(
        self,
        universe: Universe,
        definitions: Definitions,
        graph: CallGraph,
        handed: Handed,
        locks: LockSets,
        functions: Iterable[ir.Function],
    ) -> None:
        self._universe = universe
        self._definitions = definitions
        self._ways = _ways(graph, handed)
        self._locks = locks
        self._known: dict[ir.Function, Summary] = {}
        self._outer: dict[tuple[ir.Call, ir.Function], list[tuple[str, frozenset[str]]]] = {}
        """By call and function, the paths of what stands for each parameter."""
        functions = list(functions)
        own = {function: self._own(function) for function in functions}
        for component in components(functions, self._callees):
            self._solve(component, own)

    def of(self, function: ir.Function) -> Summary:
        """What a function does."""
        return self._known.get(function, Summary())

    def _solve(self, component: list[ir.Function], own: Mapping[ir.Function, Summary]) -> None:
        """The least fixpoint for functions that call each other: each again whenever a callee does more."""
        callers: dict[ir.Function, list[ir.Function]] = defaultdict(list)
        inside = set(component)
        for function in component:
            for callee in inside.intersection(self._callees(function)):
                callers[callee].append(function)
        waiting = set(component)
        while waiting:
            for function in reversed(component):
                if function in waiting:
                    waiting.discard(function)
                    summary = self._with_callees(function, own[function])
                    if summary != self._known.get(function):
                        self._known[function] = summary
                        waiting.update(callers[function])

    def _callees(self, function: ir.Function) -> list[ir.Function]:
        return [way[-1].callee for way in self._ways[function]]

    def _with_callees(self, function: ir.Function, own: Summary) -> Summary:
        found = {name: set(paths) for name, paths in own._asdict().items()}
        for way in self._ways[function]:
            callee = self._known.get(way[-1].callee)
            modes = {step.mode for step in way}
            if modes & _GOROUTINES:
                found["starts"].add(way[-1].callee.symbol)
            if callee is not None and any(callee):
                self._add(found, way, callee, modes <= _AT_ONCE)
        return Summary(*(_shortest(_visible(function, *each)) for each in found.items()))

    def _add(self, found: dict[str, set[str]], way: Chain, callee: Summary, is_at_once: bool) -> None:
        """What a callee does, in terms of the caller; of what runs later only the function values."""
        if not is_at_once:
            found["keeps"].update(self._mapped(way, callee.runs | callee.keeps))
            return
        for name, paths in callee._asdict().items():
            if paths and name not in _OWN_AFFAIR:
                found[name].update(paths if name in _ELSEWHERE else self._mapped(way, paths))

    def _mapped(self, way: Chain, paths: Iterable[str]) -> Iterator[str]:
        """Paths of a callee in terms of the caller; what is handed to a callback is not followed."""
        callee = way[-1].callee
        for path in paths:
            if not path.startswith(f"{callee.symbol}."):
                yield path
            elif len(way) == 1 and way[0].direct:
                for symbol, outer in self._outer_paths(way[0].call, callee):
                    rest = path[len(symbol) :]
                    if is_prefix(symbol, path) and rest.count(".") + rest.count("[") <= _MAX_STEPS:
                        yield from (base + rest for base in outer)

    def _outer_paths(self, call: ir.Call, callee: ir.Function) -> list[tuple[str, frozenset[str]]]:
        key = (call, callee)
        if key not in self._outer:
            self._outer[key] = [
                (symbol, frozenset(self._paths(arg))) for symbol, arg in arguments(call, callee)
            ]
        return self._outer[key]

    def _own(self, function: ir.Function) -> Summary:
        """What a function does by itself."""
        effect = self._locks.effect(function)
        found: dict[str, set[str]] = {name: set() for name in Summary._fields}
        found["takes"] = {held.path for held in effect.acquired}
        found["releases"] = {held.path for held in effect.released}
        found["locks"] = {held.lock for held in (*effect.acquired, *self._locks.taken_at_any(function))}
        for each in function.occurrences:
            for name, value in self._done(each.instruction, function):
                found[name].update(self._paths(value))
        return Summary(*(frozenset(paths) for paths in found.values()))

    def _done(self, instruction: ir.Instruction, function: ir.Function) -> Iterator[tuple[str, ir.Value]]:
        """What an instruction does, and to which map or function value."""
        if isinstance(instruction, ir.MapOp):
            if instruction.op in _KINDS:
                yield _KINDS[instruction.op], instruction.target
            elif instruction.outside:
                yield "reads", instruction.target
            if instruction.value is not None and instruction.op != "copy":
                yield from self._given_away((instruction.value,))
        elif isinstance(instruction, (ir.Return, ir.Send)):
            values = instruction.values if isinstance(instruction, ir.Return) else (instruction.value,)
            yield from self._given_away(values)
        elif isinstance(instruction, ir.Store):
            target = instruction.target
            if not _is_own(function, target):
                if not instruction.define and is_map(self._universe, target.type):
                    yield "resets", target
                yield from self._given_away((instruction.value,))
        elif isinstance(instruction, ir.Call):
            yield from self._called(instruction)

    def _called(self, call: ir.Call) -> Iterator[tuple[str, ir.Value]]:
        if isinstance(call.callee, ir.Dynamic):
            yield "runs", call.callee.value
        elif isinstance(call.callee, ir.External):
            for index, arg in enumerate(call.args):
                if isinstance(self._universe.underlying(arg.type), t.Func):
                    yield ("runs" if callback_mode(call.callee.symbol, index) in _AT_ONCE else "keeps"), arg

    def _given_away(self, values: Iterable[ir.Value]) -> Iterator[tuple[str, ir.Value]]:
        for value in values:
            if isinstance(value, ir.Composed):
                yield from self._given_away(item for _, item in value.elements)
            elif isinstance(value, ir.Computed) and value.op == "append":
                yield from self._given_away(value.operands[1:])
            elif isinstance(value, ir.Converted):
                yield from self._given_away((value.operand,))
            elif is_map(self._universe, value.type):
                yield "escapes", value
            elif isinstance(self._universe.underlying(value.type), t.Func):
                yield "keeps", value

    def _paths(self, value: ir.Value, depth: int = _MAX_VALUES) -> Iterator[str]:
        """The access paths of a value; several where a local is assigned more than once."""
        if isinstance(value, ir.Ref):
            values = self._definitions.values(value.var) if value.var.kind in ("local", "range") else ()
            for one in values if depth else ():
                yield from self._paths(one, depth - 1)
            if not values:
                yield value.var.symbol
        elif isinstance(value, ir.FieldOf):
            yield from (f"{base}.{value.field.name}" for base in self._paths(value.base, depth))
        elif isinstance(value, ir.ElemOf):
            yield from (f"{base}[]" for base in self._paths(value.base, depth))
        elif isinstance(value, (ir.Converted, ir.Sliced)):
            inner = value.operand if isinstance(value, ir.Converted) else value.base
            yield from self._paths(inner, depth)


def _is_own(function: ir.Function, target: ir.Value) -> bool:
    """Whether what is assigned to goes with the call: a variable of the function, other than a result."""
    return (
        isinstance(target, ir.Ref) and target.var.function == function.symbol and target.var.kind != "result"
    )


def _visible(function: ir.Function, name: str, paths: Iterable[str]) -> Iterator[str]:
    """Leaves out what is the function's own: its locals, and the variables that its parameters are."""
    given = [*function.params, *((function.receiver,) if function.receiver else ())]
    own = {var.symbol for var in given if name == "resets" and not isinstance(var.type, t.Pointer)}
    for path in paths:
        is_local = path.startswith(f"{function.symbol}.")
        if name in _ELSEWHERE or not is_local or any(is_prefix(var.symbol, path) for var in given):
            if path not in own:
                yield path


def _shortest(paths: Iterable[str]) -> frozenset[str]:
    found = frozenset(paths)
    if len(found) <= _MAX_PATHS:
        return found
    return frozenset(sorted(found, key=lambda path: (len(path), path))[:_MAX_PATHS])


def _ways(graph: CallGraph, handed: Handed) -> dict[ir.Function, list[Chain]]:
    """How each function runs others: by a call, or by handing one in to somebody who runs it."""
    found: dict[ir.Function, list[Chain]] = defaultdict(list)
    for caller, edges in graph.callees.items():
        found[caller] += [(edge,) for edge in edges if (edge.call, edge.callee) not in handed]
    for chains in handed.values():
        for chain in chains:
            found[chain[0].caller].append(chain)
    return found
