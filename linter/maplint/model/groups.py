"""Wait groups between goroutines: what comes behind `Wait` never meets what its goroutines did before `Done`.

The group is a field beside the map, so that both are of one object, or a local beside a local map.
"""

from __future__ import annotations

from collections.abc import Iterator

from maplint.facts.records import remembered
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.callgraph import Edge
from maplint.model.flows import Flows
from maplint.model.gates import Via
from maplint.model.walk import Condition, Found, Occurrence, conditions_at

_WAITS = frozenset(("sync.WaitGroup.Wait", "golang.org/x/sync/errgroup.Group.Wait"))
_DONE = ir.External("sync.WaitGroup.Done")
_STARTS = frozenset(
    (
        "sync.WaitGroup.Go",
        "golang.org/x/sync/errgroup.Group.Go",
        "golang.org/x/sync/errgroup.Group.TryGo",
    )
)
_MAX_CALLS = 3
"""How many calls within calls are followed to a `Wait`."""


class Groups:
    """Finds the wait groups on the ways to accesses."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        self._always: dict[ir.Function, frozenset[str]] = {}
        self._told: dict[tuple[Via, Edge], set[str]] = {}
        """What goroutines tell when they are done, by way and start: thousands of accesses share few of these."""

    def are_parted(self, access: Access, via: Via, other: Via, start: Edge | None) -> bool:
        """Whether an access, on its way, comes behind a wait for the goroutine in which the other one runs.

        The other goroutine begins with `start`.
        """
        if start is None:
            return False
        done = {group for group in self._done(other, start) if _is_beside(group, access)}
        return bool(done) and any(done & self._waited(function, pos) for function, pos in via)

    def _done(self, via: Via, start: Edge) -> set[str]:
        """The groups that a goroutine tells that it is done, behind what it does on a way."""
        known = self._told.get((via, start))
        if known is None:
            known = {group for function, pos in via for group in _done_behind(function, pos)}
            known |= _group(start.call) if _symbol(start.call) in _STARTS else set()
            self._told[via, start] = known
        return known

    def _waited(self, function: ir.Function, pos: int, depth: int = 0) -> frozenset[str]:
        """The groups that a function has waited for wherever it comes to a place, itself or through what it calls."""
        around = conditions_at(function, pos)
        found: set[str] = set()
        for one in function.of(ir.Call):
            call = one.instruction
            if call.mode == "call" and call.pos < pos and _comes_with(one, around):
                found |= _group(call) if _symbol(call) in _WAITS else self._waited_in(call, depth)
        return frozenset(found)

    def _waited_in(self, call: ir.Call, depth: int) -> frozenset[str]:
        """The groups that the function that is called waits for, whichever way it returns."""
        if depth == _MAX_CALLS or not isinstance(call.callee, ir.Static):
            return frozenset()
        called = [self._always_waited(one, depth + 1) for one in self._flows.functions(call.callee.symbol)]
        return frozenset.intersection(*called) if called else frozenset()

    def _always_waited(self, function: ir.Function, depth: int) -> frozenset[str]:
        known = self._always.get(function)
        if known is None:
            first = min((one.instruction.pos for one in function.of(ir.Return)), default=1 << 60)
            known = self._always[function] = self._waited(function, first, depth)
        return known


def _comes_with(found: Occurrence, around: tuple[Condition, ...]) -> bool:
    """Whether control comes by an instruction, before a place, whenever there is something to wait for.

    Where nothing was started, as a field that is nil says, nothing is to be waited for.
    """
    shared = found.conditions[: len(around)] == around[: len(found.conditions)]
    return shared and all(_asks_for_nil(condition) for condition in found.conditions[len(around) :])


def _asks_for_nil(condition: Condition) -> bool:
    value = condition.value
    return (
        condition.kind == "branch"
        and isinstance(value, ir.Computed)
        and value.op in ("!=", "==")
        and condition.holds == (value.op == "!=")
        and any(ir.is_nil(one) for one in value.operands)
    )


def _done_behind(function: ir.Function, pos: int) -> Iterator[str]:
    """The groups that a function tells that it is done, behind a place or when it returns, on every way.

    A way that ends in a panic counts for nothing: the program ends with it.
    """
    around = conditions_at(function, pos)
    for found in _dones(function):
        call = found.instruction
        behind = call.mode == "defer" or (call.mode == "call" and call.pos > pos)
        if behind and all(one in around or _or_panics(function, one) for one in found.conditions):
            yield from _group(call)


def _or_panics(function: ir.Function, condition: Condition) -> bool:
    """Whether control panics, or leaves the program, where a condition is not as it says."""
    for found in function.of(ir.Branch):
        branch = found.instruction
        if branch.pos == condition.pos:
            end = (branch.other if condition.holds else branch.then)[-1:]
            return any(isinstance(one, ir.Jump) and one.kind in ("panic", "exit") for one in end)
    return False


@remembered
def _dones(function: ir.Function) -> list[Found[ir.Call]]:
    """The calls by which a function tells a group that it is done."""
    return [found for found in function.of(ir.Call) if found.instruction.callee == _DONE]


def _symbol(call: ir.Call) -> str:
    return call.callee.symbol if isinstance(call.callee, ir.External) else ""


def _group(call: ir.Call) -> frozenset[str]:
    """The field or local with the group whose method is called; none for a group elsewhere."""
    value = call.receiver
    while isinstance(value, ir.Converted):
        value = value.operand
    if isinstance(value, ir.Ref) and value.var.kind == "local":
        return frozenset((value.var.symbol,))
    return frozenset((value.field.symbol,)) if isinstance(value, ir.FieldOf) else frozenset()


def _is_beside(group: str, access: Access) -> bool:
    """Whether a group belongs to the very object that has the map, or is a local of the function that has it."""
    target, home = access.target, group.rpartition(".")[0]
    if isinstance(target, ir.Ref):
        return target.var.kind == "local" and home == target.var.function
    return isinstance(target, ir.FieldOf) and home == target.field.owner
