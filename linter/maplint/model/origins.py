"""How accesses come to run: back through the callers to a `go` statement, a registration or the program's
start.

With the access goes the variable through which it reaches the map, so that the same object is meant at both
ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, argument
from maplint.model.constructed import Constructed
from maplint.model.contexts import Contexts, When
from maplint.model.crossings import Crossings, Method
from maplint.model.decided import Need, needs_before, needs_of
from maplint.model.definitions import Definitions, named_by
from maplint.model.dynamic_types import DynamicTypes
from maplint.model.flows import Flows
from maplint.model.getters import Getters
from maplint.model.handed import Handed
from maplint.model.joins import are_of_one_group
from maplint.model.locks import LockSets
from maplint.model.ownership import Ownership
from maplint.model.remote_calls import answers_remote_calls
from maplint.model.repeats import repeats
from maplint.model.walk import conditions_at

_ASYNCHRONOUS = frozenset(("go", "goroutine", "concurrent", "parallel", "later", "timer"))
_MAX_DEPTH = 12
_MAX_HOPS = 2
"""How many interfaces and kept functions a way leads through, at most: behind more it says nothing."""
_MAX_STEPS = 2000
_MAX_ORIGINS = 24
"""How many goroutines, and as many callers, count: the nearest."""
_ROOTS = (
    (When.CONCURRENT, "handler"),
    (When.GOROUTINE, "goroutine"),
    (When.API, "api"),
    (When.MAIN, "main"),
    (When.INIT, "init"),
)


class Origin(NamedTuple):
    """How an access comes to run."""

    start: Edge | None
    """The `go` statement, timer or registration nearest to the access; None where it runs in its caller's
    goroutine.
    """
    given: ir.Var | None
    """What reaches the map in the function that starts it."""
    var: ir.Var
    """What reaches the map at the end of the search; a local that a constructor filled is the constructor's.
    """
    many: bool
    """Whether several such runs may share the map at once."""
    root: str
    """handler, api, main, init, goroutine or frame: what the search ended at."""
    apart: bool
    """Whether it goes through an element of a slice or map, so that each run may well have another object."""
    via: tuple[tuple[ir.Function, int], ...]
    """The functions on the way from the access to where its goroutine begins, with the place reached in each.
    """
    hops: int = 0
    """How many calls are on the way that may mean another method or function, or come from another caller: behind
    several, it may well be another object.
    """
    outside: Edge | None = None
    """The call in whose course the goroutine was started, where the search ended; None for a deferred one."""
    holder: ir.Var | None = None
    """The local that holds what a constructor returned, where `var` is the constructor's."""
    locks: frozenset[str] = frozenset()
    """The locks that callers hold in whose course the access runs."""
    waiter: tuple[ir.Function, int] | None = None
    """The function nearest to the start that waits for the goroutine before it returns, and where it started it."""


def is_same_variable(one: Origin, other: Origin) -> bool:
    """Whether two accesses reach their map through one variable; each call of a constructor makes another object."""
    apart = one.holder is not None and other.holder is not None and one.holder is not other.holder
    return one.var is other.var and not apart


class _Step(NamedTuple):
    """A state of the search."""

    function: ir.Function
    var: ir.Var
    origin: Origin
    depth: int
    handed: tuple[ir.Var, str] | None = None
    """The parameter through which a function on the way was run, and its symbol: only callers that hand it in go on."""
    through: ir.Var | None = None
    """For a package variable what holds, in the function, the object whose method was run through an interface."""
    needs: frozenset[Need] = frozenset()
    """What parameters have to be for control to come this way."""
    method: Method | None = None
    """For an interface: the method of the object that has been run."""


class Origins:
    """Finds the origins of accesses."""

    def __init__(
        self,
        contexts: Contexts,
        ownership: Ownership,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        locks: LockSets,
        handed: Handed,
        types: DynamicTypes,
    ) -> None:
        self._contexts = contexts
        self._ownership = ownership
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._handed = handed
        self._types = types
        self._getters = Getters(definitions, ownership, flows)
        self._crossings = Crossings(definitions, ownership, self._getters, graph, locks, types)
        self._constructed = Constructed(definitions, flows)
        self._found: dict[tuple[object, ...], list[Origin]] = {}
        """What searches have come to; those of accesses of one function through one variable are alike."""

    def of(self, access: Access, through_locks: bool, own: frozenset[ir.Var] = frozenset()) -> list[Origin]:
        """The origins of an access; ways on which a caller holds some lock count only `through_locks`.

        `own` are the variables whose map nobody else has; ways that begin there are left out.
        """
        kept = self._crossings.reached(access.target)
        if kept is None or named_by(access.target) in own:
            return []
        base, start = kept.var, access.start
        here = (access.function, access.pos)
        inside = isinstance(access.target, ir.FieldOf) and self._getters.is_element(access.target.base)
        apart = inside or kept.is_element
        is_reset = access.op == "reset"
        needs = needs_of(self._definitions, conditions_at(access.function, access.pos))
        about = (access.function, base, start, apart, own, is_reset, needs)
        found = self._found.get((through_locks, *about))
        if found is None:
            many = start is not None and repeats(start, base, self._ownership)
            given, via = (base, ()) if start else (None, (here,))
            origin = Origin(start, given, base, many, "", apart, via)
            first = _Step(access.function, base, origin, 0, needs=needs)
            left_out: list[_Step] = []
            ways = self._search(first, own, is_reset, None if through_locks else left_out)
            found = self._found[through_locks, *about] = list(_nearest(ways))
            if not (through_locks or left_out):
                self._found[True, *about] = found
        return [one._replace(via=(here, *one.via[1:])) if one.via else one for one in found]

    def is_made_there(self, origin: Origin) -> bool:
        """Whether the search has ended at a function that makes the object, or what has it, for itself."""
        return origin.root == "frame" and self._ownership.is_fresh_var(origin.var)

    def _search(
        self, first: _Step, own: frozenset[ir.Var], is_reset: bool, left_out: list[_Step] | None
    ) -> Iterator[Origin]:
        """The nearest first: what is told of a long way through many calls is told with less right.

        Where steps are to be `left_out`, those to callers that hold a lock are put there, and not followed.

        Another map in a struct that was handed over by value is seen by nobody else.
        """
        waiting = deque((first,))
        seen: set[tuple[object, ...]] = set()
        while waiting and len(seen) < _MAX_STEPS:
            step = waiting.popleft()
            function, var, origin, depth, handed, through, needs, method = step
            key = (function, var, origin.start, origin.many, origin.hops, handed, through, needs, method)
            if key in seen or depth > _MAX_DEPTH or origin.hops > _MAX_HOPS or function.is_test:
                continue
            seen.add(key)
            if (around := self._ranged_over(var)) is not None:
                waiting.append(step._replace(var=around, origin=origin._replace(apart=True)))
                continue
            is_own = is_reset and self._ownership.is_struct(var.type)
            if var.function == function.symbol and (is_own or var.kind not in ("parameter", "receiver")):
                made, holder = self._constructed.object(var)
                is_new = self._ownership.is_fresh_var(made)
                kept = None if is_new else self._getters.of(ir.Ref(var.type, var))
                if kept is not None:
                    apart = origin.apart or kept.is_element
                    waiting.append(step._replace(var=kept.var, origin=origin._replace(apart=apart)))
                    continue
                yield origin._replace(var=made, root="frame", holder=holder)
                continue
            root = self._root(function)
            if root == "init" and origin.start is None:
                root = ""
            if root and var.function in ("", function.symbol):
                yield origin._replace(var=var, many=origin.many or root == "handler", root=root)
            for edge in self._graph.callers.get(function, ()):
                given = argument(edge, var) if own else None
                if given is not None and named_by(given) in own:
                    continue
                if edge.mode == "once" or edge.caller.is_test or not self._types.may_run(edge):
                    continue
                if self._crossings.of(edge).is_on_new(var):
                    yield origin._replace(var=var, root="frame")
                for further in self._steps(step, edge):
                    if left_out is not None and further.origin.locks:
                        left_out.append(further)
                        continue
                    waiting.append(further)
                    waiting.extend(self._at_maker(step, further))

    def _at_maker(self, step: _Step, further: _Step) -> Iterator[_Step]:
        """The step to who has made a literal that others keep: it has started the goroutine, or is what was started.

        Those who call that function tell which object it has captured. What starts goroutines for the literals that it
        keeps may well start each for another object.
        """
        var, origin = further.var, further.origin
        at_start = step.origin.start is None
        literal = step.function if at_start else further.function
        if (
            origin.start is None
            or literal.parent != var.function
            or var.kind not in ("parameter", "receiver")
        ):
            return
        for maker in self._flows.functions(var.function):
            many = origin.many and not at_start
            yield _Step(maker, var, origin._replace(outside=None, many=many), further.depth)

    def _ranged_over(self, var: ir.Var) -> ir.Var | None:
        """What a loop goes through whose variable holds the element."""
        values = self._definitions.values(var) if var.kind == "range" else []
        if len(values) == 1 and isinstance(values[0], ir.ElemOf):
            return self._ownership.base(values[0].base)
        return None

    def _steps(self, step: _Step, edge: Edge) -> Iterator[_Step]:
        """The steps to a caller; for a literal that was handed in, to those who did so."""
        captured = step.var.function != edge.callee.symbol
        chains = self._handed.get((edge.call, edge.callee), ()) if captured else ()
        begun = step if chains else self._narrowed(step, edge)
        for chain in chains or ((edge,),):
            found = begun
            for one in reversed(chain):
                found = self._up(found, one) if found is not None else None
            if found is not None:
                yield found

    def _narrowed(self, step: _Step, edge: Edge) -> _Step | None:
        """The step with one doubt more where the call may well mean another function; None where it surely does.

        A call through an interface means any of its methods, and one of a function that is kept any that is kept there:
        hardly ever the very literal that has captured the variable. One of a parameter means what the callers have
        handed in: where the way comes to them, that is looked at.
        """
        callee, handed, crossing = edge.call.callee, step.handed, self._crossings.of(edge)
        doubts = int(isinstance(callee, ir.Abstract))
        if handed is not None and handed[0].function == edge.callee.symbol:
            args = crossing.given(handed[0])
            parameters = map(self._crossings.parameter, args)
            passed = next((var for var in parameters if var is not None), None)
            known = passed is not None or any(handed[1] in self._flows.function_targets(arg) for arg in args)
            if args and not known:
                return None
            doubts += not known
            handed = (passed, handed[1]) if passed is not None else None
        if isinstance(callee, ir.Dynamic) and crossing.is_one_of_several:
            param = crossing.called_parameter
            if param is not None:
                handed = param, edge.callee.symbol
            else:
                doubts += 1 if step.var.function in ("", edge.callee.symbol) else 2
        if not doubts and handed is step.handed:
            return step
        return step._replace(origin=step.origin._replace(hops=step.origin.hops + doubts), handed=handed)

    def _up(self, step: _Step, edge: Edge) -> _Step | None:
        crossing = self._crossings.of(edge)
        kept, needs = crossing.outer(step.var), needs_before(step.needs, edge)
        outer = kept.var if kept is not None else None
        if kept is None or outer is None or needs is None or (outer.kind == "package-var" and not outer.path):
            return None
        method = self._method(step, edge)
        if method is not None and not crossing.may_have(step.var, method):
            return None
        through = self._through(step, edge)
        again = through or outer
        origin = step.origin
        if kept.is_element and not origin.apart:
            origin = origin._replace(apart=True)
        start = origin.start
        if origin.waiter is None and self._waits(step, edge):
            origin = origin._replace(waiter=(edge.caller, edge.call.pos))
        if edge.mode in _ASYNCHRONOUS and not self._is_of_program(edge):
            many = (
                origin.many
                or edge.mode in ("concurrent", "parallel")
                or repeats(edge, again, self._ownership)
            )
            given = outer if start is None else origin.given
            origin = origin._replace(start=start or edge, given=given, many=many, outside=None)
        elif start is None:
            via = (*origin.via, (edge.caller, edge.call.pos))
            origin = origin._replace(via=via, locks=origin.locks | crossing.locks)
        else:
            origin = origin._replace(outside=edge if edge.mode != "defer" else None)
            if (
                origin.hops < 2
                and repeats(edge, again, self._ownership)
                and not self._crossings.of(start).joins
            ):
                origin = origin._replace(many=True)
        needs |= crossing.needs
        method = method if self._types.is_open(outer.type) else None
        return _Step(edge.caller, outer, origin, step.depth + 1, step.handed, through, needs, method)

    def _method(self, step: _Step, edge: Edge) -> Method | None:
        """The method of the object that has been run where an interface holds it, so far and by a call."""
        if isinstance(edge.call.callee, ir.Abstract) and step.var is edge.callee.receiver:
            return Method(edge.call.callee.method, edge.callee.symbol)
        return step.method

    def _through(self, step: _Step, edge: Edge) -> ir.Var | None:
        """What holds the object whose method an interface has run: in a loop over such objects each comes once."""
        if step.through is not None:
            kept = self._crossings.of(edge).outer(step.through)
            return kept.var if kept is not None else None
        receiver = edge.call.receiver
        if step.var.function or receiver is None or not isinstance(edge.call.callee, ir.Abstract):
            return None
        return self._ownership.base(receiver)

    def _waits(self, step: _Step, edge: Edge) -> bool:
        """Whether the caller waits for what is started here, or was started in the course of this call."""
        crossing = self._crossings.of(edge)
        if step.origin.start is None:
            return edge.mode in _ASYNCHRONOUS and crossing.joins
        if edge.mode in SYNCHRONOUS:
            return crossing.waits
        return are_of_one_group(step.origin.start, edge) and crossing.joins

    def _is_of_program(self, edge: Edge) -> bool:
        """Whether a package's initialisation hands a function out to run some day, as it does a command's action."""
        return edge.mode == "later" and not self._contexts.when(edge.caller) & ~When.INIT

    def _root(self, function: ir.Function) -> str:
        if self._contexts.when(function) and answers_remote_calls(function):
            return "handler"
        reasons = self._contexts.reasons
        return next((name for flag, name in _ROOTS if reasons[flag].get(function, function) is None), "")


def _nearest(origins: Iterator[Origin]) -> Iterator[Origin]:
    """The first goroutines that are found, and the first callers: many of the one kind do not hide the other."""
    rest = {True: _MAX_ORIGINS, False: _MAX_ORIGINS}
    for origin in origins:
        begins = origin.start is not None
        if rest[begins]:
            rest[begins] -= 1
            yield origin
        if not any(rest.values()):
            return
