"""Accesses of one object of which one is over before the other begins, on all ways on which they come to run."""

from __future__ import annotations

from itertools import pairwise

from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.callback_modes import is_hook
from maplint.model.callgraph import Edge
from maplint.model.definitions import Definitions
from maplint.model.gates import Gates, Via
from maplint.model.joins import are_of_one_group, calls_wait, joins, waits_before
from maplint.model.ownership import Ownership
from maplint.model.repeats import loops_over, repeats
from maplint.model.ways import Step, Way, Ways

_GO = frozenset(("go", "goroutine"))
_END = 1 << 60


class Order:
    """Tells accesses that follow one another from those that may meet."""

    def __init__(self, ways: Ways, gates: Gates, definitions: Definitions, ownership: Ownership) -> None:
        self._ways = ways
        self._ownership = ownership
        self._gates = gates
        self._definitions = definitions

    def apart(self, one: Access, other: Access) -> bool:
        """Whether two accesses of one object never run at once; an access and itself, whether two runs of it do."""
        mine = self._ways.of(_as_met(one, other))
        theirs = self._ways.of(_as_met(other, one)) if mine else []
        follow = bool(theirs) and all(self._are_apart(a, b) for a in mine for b in theirs)
        return follow or self._gates.apart(one, other)

    def hand_over(self, one: Via, other: Via) -> bool:
        """Whether one of two goroutines comes to its access when the other one, done with its own, lets it go on."""
        return self._gates.hands_over(one, other) or self._gates.hands_over(other, one)

    def _are_apart(self, one: Way, other: Way) -> bool:
        begun = (
            (i, j)
            for i, mine in enumerate(one.steps)
            for j, theirs in enumerate(other.steps)
            if mine.runs and theirs.runs and mine.function is theirs.function
        )
        i, j = next(begun, (-1, -1))
        if i < 0:
            return one.is_made_there and other.is_made_there
        if any(self._begins_many(step) for step in (*one.steps[:i], *other.steps[:j])):
            return False
        return self._follow(one.steps[i:], other.steps[j:])

    def _follow(self, one: tuple[Step, ...], other: tuple[Step, ...]) -> bool:
        """Whether what one function does on two ways, in one run of it, never happens at once."""
        again = one[0].runs == "turns"
        for i, (mine, theirs) in enumerate(zip(one, other, strict=False)):
            if mine.edge is None or theirs.edge is None or not _is_same(mine.edge, theirs.edge):
                return self._part(one[i:], other[i:], again)
            if not mine.begins:
                again = again or repeats(mine.edge, mine.var, self._ownership)
            elif self._begins_many(mine) or (again and not joins(self._definitions, mine.edge)):
                return False
            else:
                again = False
        return False

    def _begins_many(self, step: Step) -> bool:
        """Whether a call may begin several goroutines for one object."""
        if step.edge is None or not step.begins:
            return False
        callee = step.edge.call.callee
        once = step.edge.mode in _GO or (isinstance(callee, ir.External) and is_hook(callee.symbol))
        return not once or repeats(step.edge, step.var, self._ownership)

    def _part(self, one: tuple[Step, ...], other: tuple[Step, ...], again: bool) -> bool:
        """The same for ways that part in the first function, which runs `again` and again or once."""
        if not any(step.begins for step in (*one, *other)):
            return True
        first, second = (one, other) if _place(one[0]) <= _place(other[0]) else (other, one)
        if _place(first[0]) < _place(second[0]) and not self._is_over(first, _place(second[0])):
            return False
        again = again or _share_loop(first[0], second[0])
        return not again or (self._is_over(first, _END) and self._is_over(second, _END))

    def _is_over(self, steps: tuple[Step, ...], before: int) -> bool:
        """Whether the goroutines of a way are waited for before a place in its first function.

        Where another function starts them for its callers, as the method of a group does, one of these may wait.
        """
        for i, step in enumerate(steps):
            edge = step.edge
            if edge is None or not step.begins:
                continue
            if joins(self._definitions, edge, before if i == 0 and before < _END else None):
                continue
            if i == 0 or not (
                (waits_before(steps[0].function, before, steps[0].pos) and _is_one_wait(steps[: i + 1]))
                or any(
                    calls_wait(one.function, one.pos) and _is_one_wait(steps[k : i + 1])
                    for k, one in enumerate(steps[1:i], start=1)
                )
            ):
                return False
        return True


def _is_one_wait(steps: tuple[Step, ...]) -> bool:
    """Whether what a goroutine starts is waited for along with it: its own goroutines are of the same group."""
    begun = [step.edge for step in steps if step.edge is not None and step.begins]
    return all(are_of_one_group(inner, outer) for outer, inner in pairwise(begun))


def _as_met(access: Access, other: Access) -> Access:
    """The access as another one meets it: a goroutine that was handed a map has it whatever takes its place then."""
    return access._replace(start=None) if other.op == "reset" else access


def _is_same(one: Edge, other: Edge) -> bool:
    return one.call is other.call and one.callee is other.callee


def _place(step: Step) -> int:
    """Where a function comes to a call or access; at its end, where it is deferred."""
    return _END if step.edge is not None and step.edge.mode == "defer" else step.pos


def _share_loop(one: Step, other: Step) -> bool:
    """Whether a loop around both comes to them again and again for one object."""
    loops = {loop.pos for loop in loops_over(one.conditions, one.function, one.var)}
    return any(loop.pos in loops for loop in loops_over(other.conditions, other.function, other.var))
