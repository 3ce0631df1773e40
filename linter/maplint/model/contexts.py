"""When a function runs: at start-up, once from main, per request, in its own goroutine, from unknown callers."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

from maplint.facts import types as t
from maplint.knowledge.owners import ANSWERED_WITH, OPENS_TO_READ, READS_ON, TEST_FRAMEWORKS
from maplint.model import ir
from maplint.model.callback_modes import implemented_mode
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge
from maplint.model.handed import Handed
from maplint.model.universe import Universe
from maplint.model.walk import Condition

_MAX_CALLERS = 60
"""How many functions are looked at on the way back from one."""


class When(enum.IntFlag):
    """The ways in which a function gets to run; a set."""

    NEVER = 0
    INIT = 1
    """During package initialisation."""
    MAIN = 2
    """From main, a bounded number of times."""
    LOOP = 4
    """Again and again for as long as the program lives: an endless loop, or ranging over a channel."""
    GOROUTINE = 8
    """In a goroutine of its own."""
    CONCURRENT = 16
    """In several goroutines at once: a request handler, or a goroutine started in a loop."""
    API = 32
    """From callers that are not in the analysed code."""
    TEST = 64
    ONCE = 128
    """Under a sync.Once."""
    TIMER = 256
    """When a timer says so; then it is in a goroutine of its own besides."""

    __hash__ = int.__hash__  # that of flags hashes their names, and they are looked up by the million


START_UP = When.INIT | When.ONCE | When.TEST
RUN_TIME = When.LOOP | When.GOROUTINE | When.CONCURRENT | When.API
_FLAGS = tuple(When)
_SETS = tuple(map(When, range(2 * max(_FLAGS))))
"""Every set by its number: to make one anew takes long."""
_UP = ~(When.INIT | When.TEST | When.ONCE)


class Contexts:
    """For each function when it runs, and the edge that made it so."""

    def __init__(
        self, universe: Universe, graph: CallGraph, handed: Handed, functions: Iterable[ir.Function]
    ) -> None:
        self._graph = graph
        self._for_tests = _files_for_tests(universe)
        self._chains: dict[ir.Function, list[list[_Way]]] = defaultdict(list)
        """By the function that hands another one in, the calls that lead from there to it."""
        self._when: dict[ir.Function, When] = {}
        self.reasons: dict[When, dict[ir.Function, Edge | None]] = {flag: {} for flag in _FLAGS}
        """By flag and function the edge that made it run so; None where it does of itself."""
        functions = list(functions)
        for chains in handed.values():
            for chain in chains:
                self._chains[chain[0].caller].append([_way(edge) for edge in chain])
        waiting: list[ir.Function] = []
        for function in functions:
            self._when[function] = When.NEVER
        methods: dict[str, set[str]] = defaultdict(set)
        for function in functions:
            methods[_owner(function)].add(function.name)
        for function in functions:
            self._add(function, _root(universe, graph, function, methods[_owner(function)]), None, waiting)
        self._ways: dict[ir.Function, list[_Way]] = {}
        self._spread(handed, waiting)
        for function in functions:
            if self._is_for_outside(universe, function):
                self._add(function, When.API, None, waiting)
        self._spread(handed, waiting)

    def _spread(self, handed: Handed, waiting: list[ir.Function]) -> None:
        """Hands on to callees when functions run, until nothing new comes of it."""
        ways = self._ways
        while waiting:
            caller = waiting.pop()
            if caller not in ways:
                edges = self._graph.callees.get(caller, ())
                ways[caller] = [_way(edge) for edge in edges if (edge.call, edge.callee) not in handed]
            for edge, endless, in_loop in ways[caller]:
                passed = _carried(self._when[caller], edge.mode, endless, in_loop)
                if passed is not self._when[edge.callee]:
                    self._add(edge.callee, passed, edge, waiting)
            for handed_in in self._chains.get(caller, ()):
                self._hand_in(handed_in, waiting)

    def _is_for_outside(self, universe: Universe, function: ir.Function) -> bool:
        """Whether an exported method may well be what a library asks for, though the code has such an interface too.

        So it is where nobody is seen to make those calls, or to make them at any time.
        """
        if (
            self.when(function)
            or function.receiver is None
            or not _is_reachable_from_outside(universe, function)
        ):
            return False
        edges = self._graph.callers.get(function, ())
        return all(isinstance(edge.call.callee, ir.Abstract) for edge in edges if not edge.caller.is_test)

    def _add(self, function: ir.Function, found: When, edge: Edge | None, waiting: list[ir.Function]) -> None:
        # Most of what comes is known: on plain integers that is told many times faster than on flags.
        known = int(self._when[function])
        new = int(found) & ~known
        if new:
            for flag in _FLAGS:
                if int(flag) & new:
                    self.reasons[flag][function] = edge
            self._when[function] = _SETS[known | new]
            waiting.append(function)

    def _hand_in(self, chain: list[_Way], waiting: list[ir.Function]) -> None:
        """A function that is handed in runs as those do that hand it in, and as it is run behind that."""
        first, given = chain[0][0], chain[-1][0].callee
        when = before = self._when[first.caller]
        starts: list[tuple[When, Edge]] = []
        for edge, endless, in_loop in chain:
            after = _carried(when, edge.mode, endless, in_loop)
            starts.append((after & ~when, edge))
            when = after
        for new, edge in starts:
            self._add(given, new & when, edge, waiting)
        self._add(given, when & before, first, waiting)

    def when(self, function: ir.Function) -> When:
        return self._when.get(function, When.NEVER)

    def serves_tests(self, function: ir.Function) -> bool:
        """Whether a function is support for tests, or nothing else calls it, in files that are no tests themselves."""
        if function.path in self._for_tests:
            return True
        callers = [edge.caller for edge in self._graph.callers.get(function, ())]
        support = [caller for caller in callers if not caller.path.endswith("_test.go")]
        return bool(support) and all(caller.is_test or caller.path in self._for_tests for caller in support)

    def is_reached_by(self, function: ir.Function, accepts: Callable[[ir.Function], bool]) -> bool:
        """Whether every chain of plain calls that ends in the function comes through one that is accepted.

        What starts a goroutine, is called back, or calls in an endless loop is no such chain.
        """
        seen = {function}
        waiting = [function]
        while waiting:
            callee = waiting.pop()
            if callee is not function and accepts(callee):
                continue
            edges = [edge for edge in self._graph.callers.get(callee, ()) if not edge.caller.is_test]
            if not edges or len(seen) > _MAX_CALLERS or not all(map(_is_plain_call, edges)):
                return False
            callers = {edge.caller for edge in edges}
            waiting.extend(callers - seen)
            seen |= callers
        return True

    def trail(self, function: ir.Function, flag: When) -> list[Edge]:
        """The calls that lead to the function in that way, outermost first."""
        edges: list[Edge] = []
        while len(edges) < 8:
            edge = self.reasons[flag].get(function)
            if edge is None:
                break
            edges.append(edge)
            if not self.when(edge.caller) & flag or edge.caller is function:
                break
            function = edge.caller
        return edges[::-1]


_Way: TypeAlias = "tuple[Edge, bool, bool]"
"""A call, whether a loop around it is endless, and whether there is one at all."""


def _way(edge: Edge) -> _Way:
    around = edge.conditions
    return (edge, is_endless(edge.caller, around), _in_loop(around)) if around else (edge, False, False)


@cache
def _carried(when: When, mode: str, endless: bool, in_loop: bool) -> When:
    """When a callee runs, by when its caller does, the mode of the call and the loops around it."""
    if when == When.TEST:
        return when
    if mode == "action" and when & When.INIT:
        # Main does what a command is given to do, though the command itself was made before.
        when = when & ~When.INIT | When.MAIN
    if mode in ("call", "defer", "now", "action"):
        return when | When.LOOP if endless and when & _UP else when
    test = when & When.TEST
    if mode in ("go", "goroutine"):
        again = bool(when & (When.CONCURRENT | When.API)) or in_loop
        return test | When.GOROUTINE | (When.CONCURRENT if again and not test else When.NEVER)
    if mode in ("concurrent", "parallel"):
        return test | When.CONCURRENT
    if mode == "timer":
        return test | When.GOROUTINE | When.TIMER
    if mode == "later":
        return test | When.GOROUTINE
    return test | When.ONCE


def _in_loop(conditions: tuple[Condition, ...]) -> bool:
    return any(condition.kind in ("loop", "range") for condition in conditions)


def is_endless(function: ir.Function, conditions: tuple[Condition, ...]) -> bool:
    """Whether a loop around a place of the function goes on for as long as the program lives.

    One that leads to an answer ends: who asked waits for it. One beside which a file is opened is taken to read it.
    """
    return any(map(_has_no_end, conditions)) and not _answers(function) and not _reads_a_file(function)


def _has_no_end(condition: Condition) -> bool:
    if condition.kind == "range" and condition.value is not None:
        return isinstance(condition.value.type, t.Chan)
    return condition.kind == "loop" and condition.value is None


def _answers(function: ir.Function) -> bool:
    """Whether a function gives its callers something else than an error."""
    return any(result.type != t.ERROR for result in function.results)


def _reads_a_file(function: ir.Function) -> bool:
    """Whether a function opens a file for reading, and reads on in its loop."""
    calls = [
        (found.instruction.callee.symbol, found.conditions)
        for found in function.of(ir.Call)
        if isinstance(found.instruction.callee, ir.External)
    ]
    return any(symbol in OPENS_TO_READ for symbol, _ in calls) and any(
        READS_ON.search(symbol) and any(map(_has_no_end, around)) for symbol, around in calls
    )


def _owner(function: ir.Function) -> str:
    """The type that a method is declared for."""
    return function.symbol.rpartition(".")[0] if function.receiver is not None else ""


_MODES = {
    "concurrent": When.CONCURRENT,
    "goroutine": When.GOROUTINE,
    "later": When.GOROUTINE,
    "timer": When.GOROUTINE | When.TIMER,
}


def _root(universe: Universe, graph: CallGraph, function: ir.Function, methods: set[str]) -> When:
    if function.path.endswith("_test.go"):
        return When.TEST
    if not function.parent and function.name == "init" and function.receiver is None:
        return When.INIT
    if function.symbol.endswith(".main") and _is_main(universe, function):
        return When.MAIN
    if function.receiver is not None:
        mode = implemented_mode(function, methods)
        if mode in _MODES:
            return _MODES[mode]
    callers = [edge for edge in graph.callers.get(function, ()) if not edge.caller.is_test]
    if (callers or function in graph.escaping) and _serves_a_request(function):
        return When.CONCURRENT
    if function in graph.escaping:
        return When.API
    if not callers and _is_reachable_from_outside(universe, function):
        return When.API
    return When.NEVER


def _serves_a_request(function: ir.Function) -> bool:
    """Whether a function is given what one request is answered with, whoever hands it on."""
    kinds = (t.pointed(param.type) for param in function.params)
    return any(isinstance(kind, t.Named) and kind.symbol in ANSWERED_WITH for kind in kinds)


def _is_main(universe: Universe, function: ir.Function) -> bool:
    package = universe.packages[function.package]
    return package.unit.name == "main" and function.receiver is None and not function.parent


def _is_reachable_from_outside(universe: Universe, function: ir.Function) -> bool:
    """An exported name of an importable package, or a method that an interface elsewhere may ask for."""
    if not function.name[:1].isupper():
        return False
    if function.receiver is not None:
        return True
    return universe.packages[function.package].unit.name != "main"


def _files_for_tests(universe: Universe) -> set[str]:
    """The files that import a framework for tests; some products ask package testing whether they are tested."""
    return {
        scope.file.path
        for package in universe.packages.values()
        for scope in package.files
        if any(TEST_FRAMEWORKS.match(path) and path != "testing" for path in scope.imports.values())
    }


def _is_plain_call(edge: Edge) -> bool:
    return edge.mode in SYNCHRONOUS and not is_endless(edge.caller, edge.conditions)
