"""Channels and wait groups that let through only when an access is over: closed to publish what was written, filled
afterwards, or done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.accesses import Access
from maplint.model.families import Families
from maplint.model.waits import CLOSE
from maplint.model.walk import Condition, Occurrence, conditions_at, leaves

_MAX_GATES = 3
"""How many channels, each of which opens the next one, are followed."""


Via: TypeAlias = tuple[tuple[ir.Function, int], ...]
"""The functions on the way from an access to where its goroutine begins, with the place reached in each."""


class Gates:
    """Finds the channels between accesses."""

    def __init__(self, families: Families, functions: Iterable[ir.Function]) -> None:
        self._families = families
        self._functions = list(functions)
        self._awaited: dict[Via, list[tuple[ir.Function, ir.Var]]] = {}
        """What `_own_channels` has answered: thousands of pairs of accesses ask about the same few ways."""

    def apart(self, one: Access, other: Access) -> bool:
        """Whether something keeps two accesses of one object apart, or an access and another run of itself."""
        mine, theirs = self._closed_behind(one), self._closed_behind(other)
        if mine & theirs and one.function is other.function:
            return True
        if (mine and mine & self._passed(other)) or (theirs and theirs & self._passed(one)):
            return True
        if _waits_until_done(one, other) or _waits_until_done(other, one):
            return True
        return self._is_let_in_behind(one, other) or self._is_let_in_behind(other, one)

    def hands_over(self, first: Via, second: Via) -> bool:
        """Whether a goroutine comes to an access only when another one, behind its own access, has let it go on.

        It waits for a local channel that nobody else sends on or closes.
        """
        return any(
            self._is_opened_by(channel, self._families.members(self._families.top(function)), first)
            for function, channel in self._own_channels(second)
        )

    def _own_channels(self, way: Via) -> list[tuple[ir.Function, ir.Var]]:
        """The locals among the channels that functions have received from wherever they come to the places of a way."""
        if way not in self._awaited:
            self._awaited[way] = [
                (function, channel)
                for function, pos in way
                for channel in _waited_for(function, pos)
                if channel.kind == "local"
            ]
        return self._awaited[way]

    def _is_opened_by(self, channel: ir.Var, family: list[ir.Function], way: Via) -> bool:
        """Whether all that may send on a channel, or close it, comes behind the places that a way leads through."""
        uses = [(member, found) for member in family for found in _uses(member, channel)]
        return bool(uses) and all(
            any(member is function and _is_behind(found, function, pos) for function, pos in way)
            for member, found in uses
        )

    def _closed_behind(self, access: Access) -> set[str]:
        """The fields of the object with channels that the accessing function, and no other, closes after it."""
        closed = self._closed.get(access.function, {})
        return {
            channel for channel, pos in closed.items() if pos > access.pos and _is_beside(channel, access)
        }

    def _passed(self, access: Access) -> set[str]:
        """The object's fields with channels from which has been received wherever the function comes to the access.

        It may have called a function that does so whatever happens.
        """
        function, around = access.function, conditions_at(access.function, access.pos)
        found = _received(function, access.pos, around)
        for one in function.of(ir.Call):
            call = one.instruction
            always = call.pos < access.pos and around[: len(one.conditions)] == one.conditions
            if always and call.mode == "call" and isinstance(call.callee, ir.Static):
                for callee in self._by_symbol.get(call.callee.symbol, ()):
                    found |= _received(callee, callee.end, ())
        return {channel for channel in found if _is_beside(channel, access)}

    @cached_property
    def _by_symbol(self) -> dict[str, list[ir.Function]]:
        found: dict[str, list[ir.Function]] = defaultdict(list)
        for function in self._functions:
            found[function.symbol].append(function)
        return found

    @cached_property
    def _closed(self) -> dict[ir.Function, dict[str, int]]:
        """By the function that closes them, the fields with channels that one place closes, and nobody sends on."""
        closes: dict[str, list[tuple[ir.Function, int]]] = defaultdict(list)
        others: set[str] = set()
        for function in self._functions:
            for found in function.of(ir.Call, ir.Send) if not function.is_test else ():
                if isinstance(found.instruction, ir.Send):
                    others.add(_field(found.instruction.channel))
                elif channel := _closed(found.instruction):
                    deferred = found.instruction.mode == "defer"
                    closes[channel].append((function, function.end if deferred else found.instruction.pos))
                    others |= {channel} if found.in_loop else set()
        once: dict[ir.Function, dict[str, int]] = defaultdict(dict)
        for channel, places in closes.items():
            if len(places) == 1 and channel not in others:
                function, pos = places[0]
                once[function][channel] = pos
        return once

    def _is_let_in_behind(self, first: Access, second: Access) -> bool:
        """Whether a literal waits for a channel of the function around, which opens it after its own access."""
        starter, literal = first.function, second.function
        if not literal.symbol.startswith(f"{starter.symbol}.func") or literal.path != starter.path:
            return False
        return any(
            self._opens_behind(channel, starter, first, _MAX_GATES)
            for channel in _waited_for(literal, second.pos)
            if channel.function == starter.symbol
        )

    def _opens_behind(self, channel: ir.Var, starter: ir.Function, first: Access, depth: int) -> bool:
        """Whether whatever may send on a channel, or close it, comes after the access."""
        return depth > 0 and all(
            self._comes_behind(found, member, starter, first, depth)
            for member in self._families.inside(starter)
            for found in _uses(member, channel)
        )

    def _comes_behind(
        self, found: Occurrence, member: ir.Function, starter: ir.Function, first: Access, depth: int
    ) -> bool:
        pos = found.instruction.pos
        if member is starter or member.pos > first.pos:
            return max(pos, member.pos) > first.pos and not _loops(found) & _loops_at(first)
        return any(
            self._opens_behind(gate, starter, first, depth - 1)
            for gate in _waited_for(member, pos)
            if gate.function == starter.symbol
        )


def _waits_until_done(one: Access, other: Access) -> bool:
    """Whether one access comes behind the wait for a captured group, and the other before its goroutine is done."""
    groups = _groups(one, "sync.WaitGroup.Wait")
    return bool(groups) and bool(groups & _groups(other, "sync.WaitGroup.Done"))


def _groups(access: Access, method: str) -> set[ir.Var]:
    """The captured groups that a goroutine waits for before an access, or tells afterwards that it is done with."""
    function, around = access.function, conditions_at(access.function, access.pos)
    found = set()
    for one in function.of(ir.Call):
        call, group = one.instruction, _variable(one.instruction.receiver)
        deferred = call.mode == "defer"
        behind = deferred or call.pos > access.pos
        always = around[: len(one.conditions)] == one.conditions
        if call.callee == ir.External(method) and always and behind is method.endswith("Done"):
            found |= {group} if group is not None and group.function != function.symbol else set()
    return found


def _variable(value: ir.Value | None) -> ir.Var | None:
    """The variable that a value is, or is the address of."""
    while isinstance(value, ir.Converted):
        value = value.operand
    return value.var if isinstance(value, ir.Ref) else None


def _received(function: ir.Function, pos: int, around: tuple[Condition, ...]) -> set[str]:
    """The fields with channels that a function has received from before a place, under the conditions of that place."""
    found = {
        _field(one.instruction.channel)
        for one in function.of(ir.Receive)
        if one.instruction.pos < pos and around[: len(one.conditions)] == one.conditions
        if not any(condition.kind == "arm" for condition in one.conditions)
    }
    for choice in function.of(ir.Choice):
        if choice.instruction.pos < pos and around[: len(choice.conditions)] == choice.conditions:
            found |= _chosen(choice.instruction, pos)
    return found


def _chosen(choice: ir.Choice, pos: int) -> set[str]:
    """The channels that a select has received from where control goes on behind it."""
    if choice.kind != "select" or _end(choice) > pos:
        return set()
    staying = [arm for arm in choice.arms if not leaves(arm.body)]
    received = [{_field(one.channel) for one in arm.comm if isinstance(one, ir.Receive)} for arm in staying]
    return set.intersection(*received) if received else set()


def _end(choice: ir.Choice) -> int:
    return max((one.pos for arm in choice.arms for one in (*arm.comm, *arm.body)), default=choice.pos)


def _waited_for(function: ir.Function, pos: int) -> Iterator[ir.Var]:
    """The variables with channels that a function has received from wherever it comes to a place."""
    around = conditions_at(function, pos)
    for condition in around:
        value = condition.value
        if condition.kind == "range" and isinstance(value, ir.Ref) and isinstance(value.type, t.Chan):
            yield value.var
    for one in function.of(ir.Receive):
        channel = one.instruction.channel
        before = one.instruction.pos < pos and around[: len(one.conditions)] == one.conditions
        if before and isinstance(channel, ir.Ref) and not any(c.kind == "arm" for c in one.conditions):
            yield channel.var


def _uses(function: ir.Function, channel: ir.Var) -> Iterator[Occurrence]:
    """Where a function may send on a channel, close it, or hand it on."""
    for found in function.occurrences:
        instruction = found.instruction
        if isinstance(instruction, (ir.Receive, ir.Loop)) or (
            isinstance(instruction, ir.Store) and instruction.define
        ):
            continue
        if any(isinstance(part, ir.Ref) and part.var is channel for part in found.values):
            yield found


def _loops(found: Occurrence) -> set[int]:
    return {condition.pos for condition in found.conditions if condition.kind in ("loop", "range")}


def _is_behind(found: Occurrence, function: ir.Function, pos: int) -> bool:
    """Whether a function comes to an instruction behind a place, and not in turn with it."""
    around = {one.pos for one in conditions_at(function, pos) if one.kind in ("loop", "range")}
    return found.instruction.pos > pos and not _loops(found) & around


def _loops_at(access: Access) -> set[int]:
    around = conditions_at(access.function, access.pos)
    return {condition.pos for condition in around if condition.kind in ("loop", "range")}


def _closed(call: ir.Call) -> str:
    """The field with the channel that a call closes; empty for other calls."""
    return _field(call.args[0]) if call.callee == CLOSE and call.args else ""


def _field(channel: ir.Value) -> str:
    return channel.field.symbol if isinstance(channel, ir.FieldOf) else ""


def _is_beside(channel: str, access: Access) -> bool:
    """Whether a field is one of the struct that the accessed map is in."""
    target = access.target
    return isinstance(target, ir.FieldOf) and channel.rpartition(".")[0] == target.field.owner
