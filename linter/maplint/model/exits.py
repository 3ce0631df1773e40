"""The ways out of a function, each with what has happened on the way: nothing yet, an insert, or its removal.

A walk over the structured body. Where a way with a removal joins one without, what follows is unsure, so that only
a return of its own, or a `continue`, can show that a way misses the removal.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.walk import parts


class State(enum.IntEnum):
    """How far a way has come."""

    BEFORE = 0
    HELD = 1
    """The entry is in the map."""
    UNSURE = 2
    """It was removed on some of the ways that have joined."""
    GONE = 3
    """The entry was removed, or it was arranged that it will be."""


class Exit(NamedTuple):
    """One way out."""

    instruction: ir.Return | ir.Jump | None
    """None for the end of the body."""
    state: State
    fails: bool
    """Whether it reports a failure: an error that is not nil, a panic, or a branch taken for an error."""
    nested: bool
    """Whether it leaves early, from a branch that begins behind the insert."""


Step = Callable[[ir.Instruction, State], State]
"""What an instruction makes of the state before it."""


class Exits:
    """Collects the ways out of a body."""

    def __init__(self, step: Step, function: ir.Function) -> None:
        self._step = step
        self._reports = bool(function.results) and function.results[-1].type == t.ERROR
        """Whether the last result is an error."""
        self.found: list[Exit] = []
        self._breaks: list[State] = []
        self._entry = State.BEFORE
        """How far the way had come where the innermost loop begins."""

    def walk(self, body: ir.Body, state: State, fails: bool = False, nested: bool = False) -> State | None:
        """The state at the end of a body; None where control does not get there."""
        for instruction in body:
            if isinstance(instruction, (ir.Return, ir.Jump)):
                state = self._step(instruction, state)
                self._leave(instruction, state, fails, nested)
                return None
            state = self._step(instruction, state)
            after = self._inside(instruction, state, fails, nested)
            if after is None:
                return None
            state = after
        return state

    def _leave(self, instruction: ir.Return | ir.Jump, state: State, fails: bool, nested: bool) -> None:
        if isinstance(instruction, ir.Return):
            failing = self._fails(instruction, fails, nested)
            self.found.append(Exit(instruction, state, failing, nested))
        elif instruction.kind == "panic":
            self.found.append(Exit(instruction, state, True, nested))
        elif instruction.kind == "continue" and self._entry is State.BEFORE:
            self.found.append(Exit(instruction, state, fails, nested))
        elif instruction.kind in ("break", "goto", "continue"):
            self._breaks.append(state)

    def _fails(self, instruction: ir.Return, fails: bool, nested: bool) -> bool:
        """Whether a return reports an error: one that it makes, or a variable where a condition says so."""
        if not instruction.values or not self._reports:
            return fails
        last = ir.unconverted(instruction.values[-1])
        if isinstance(last, ir.Const):
            return False
        if isinstance(last, ir.Ref):
            return fails or last.var.kind == "package-var"
        return fails or nested

    def _inside(self, instruction: ir.Instruction, state: State, fails: bool, nested: bool) -> State | None:
        nested = nested or state is not State.BEFORE
        if isinstance(instruction, ir.Branch):
            failed, other = _failures(instruction.cond)
            ways = [
                self.walk(instruction.then, state, fails or failed, nested),
                self.walk(instruction.other, state, fails or other, nested),
            ]
            return _joined(ways)
        if isinstance(instruction, ir.Loop):
            return self._loop(instruction, state, fails, nested)
        if isinstance(instruction, ir.Choice):
            return self._choice(instruction, state, fails, nested)
        if isinstance(instruction, ir.Labeled):
            return self.walk(instruction.body, state, fails, nested)
        return state

    def _loop(self, loop: ir.Loop, state: State, fails: bool, nested: bool) -> State | None:
        """What follows a loop; the end of a round is a way out for what the round itself put in."""
        around, self._breaks = self._breaks, []
        entry, self._entry = self._entry, state
        end = self.walk((*loop.body, *loop.post), state, fails, nested)
        if end is not None and state is State.BEFORE and end is not State.BEFORE:
            self.found.append(Exit(None, end, False, False))
        ends = loop.over is not None or loop.cond is not None
        found = _joined([*((state, end) if ends else ()), *self._breaks])
        self._breaks, self._entry = around, entry
        # Behind the loop its variables are gone, and with them the key of what a round has put in.
        return state if state is State.BEFORE and found is not None else found

    def _choice(self, choice: ir.Choice, state: State, fails: bool, nested: bool) -> State | None:
        around, self._breaks = self._breaks, []
        ways: list[State | None] = []
        for arm in choice.arms:
            ways.append(self.walk((*arm.comm, *arm.body), state, fails or _times_out(arm), nested))
        if choice.kind != "select" and not any(arm.default for arm in choice.arms):
            ways.append(state)
        found = _joined([*ways, *self._breaks])
        self._breaks = around
        return found


def _joined(ways: list[State | None]) -> State | None:
    states = {way for way in ways if way is not None and way is not State.BEFORE}
    if len(states) > 1:
        return State.UNSURE
    return next(iter(states), State.BEFORE if State.BEFORE in ways else None)


def _failures(cond: ir.Value) -> tuple[bool, bool]:
    """Whether a condition that holds speaks of an error, and whether one that does not hold does."""
    held = failed = False
    for part in parts(cond):
        if isinstance(part, ir.Computed) and part.op in ("!=", "==") and len(part.operands) == 2:
            left, right = part.operands
            if left.type == t.ERROR and ir.is_nil(right):
                held, failed = held or part.op == "!=", failed or part.op == "=="
    return held, failed


def _times_out(arm: ir.Arm) -> bool:
    """Whether an arm of a select waits for a context or a timer."""
    return any(isinstance(comm, ir.Receive) and is_alarm(comm.channel) for comm in arm.comm)


def is_alarm(channel: ir.Value) -> bool:
    """Whether a channel tells that time is up or that work is cancelled: `ctx.Done()`, `time.After`, `timer.C`."""
    if isinstance(channel, ir.Result):
        callee = channel.call.callee
        name = callee.method if isinstance(callee, ir.Abstract) else getattr(callee, "symbol", "")
        return name.rpartition(".")[2] in ("Done", "After", "Tick")
    return isinstance(channel, ir.FieldOf) and channel.field.symbol in ("time.Timer.C", "time.Ticker.C")
