"""One pass over a function's body with the locks that are held at each instruction."""

from __future__ import annotations

from typing import Protocol

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.held import READ, WRITE, Effect, Held, Locks, State, is_prefix, join, join_all, lock_symbol


class Resolver(Protocol):
    """What the walk asks about locks and calls."""

    def path(self, value: ir.Value) -> str | None:
        """The access path of a value."""

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is its read half alone."""

    def effect_of(self, call: ir.Call) -> Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""

    def is_slot(self, channel: ir.Value) -> bool:
        """Whether a channel serves as a lock."""


class Walk:
    """The locks held so far; `run` fills `held_at`, `exit_locks` and what `effect` tells."""

    def __init__(self, locks: Resolver, function: ir.Function) -> None:
        self._locks = locks
        self._function = function
        self.held_at: dict[int, Locks] = {}
        """By the `id` of an instruction."""
        self.exit_locks: State = {}
        """What is held at every return, deferred releases not yet done."""
        self._released: set[str] = set()
        self._deferred: set[str] = set()
        self._exits: list[State] = []
        self._breaks: list[list[State]] = []

    def run(self) -> None:
        end = self._body(self._function.body, {})
        if end is not None:
            self._exits.append(end)
        self.exit_locks = join_all(self._exits)

    def effect(self) -> Effect:
        """What the function leaves taken and what it releases of its caller's."""
        acquired = tuple(held for path, held in sorted(self.exit_locks.items()) if path not in self._deferred)
        return Effect(acquired, tuple(sorted(self._released)))

    def _body(self, body: ir.Body, state: State) -> State | None:
        """The locks held at the end; None where the end is not reached."""
        for instruction in body:
            found = self._instruction(instruction, state)
            if found is None:
                return None
            state = found
        return state

    def _instruction(self, instruction: ir.Instruction, state: State) -> State | None:
        self.held_at[id(instruction)] = frozenset(state.values())
        if isinstance(instruction, ir.LockOp):
            return self._lock(instruction, state)
        if isinstance(instruction, ir.Call):
            return self._call(instruction, state)
        if isinstance(instruction, (ir.Send, ir.Receive)):
            return self._slot(instruction, state)
        if isinstance(instruction, ir.Branch):
            return self._branch(instruction, state)
        if isinstance(instruction, ir.Loop):
            return self._loop(instruction, state)
        if isinstance(instruction, ir.Choice):
            return self._choice(instruction, state)
        if isinstance(instruction, ir.Labeled):
            return self._body(instruction.body, state)
        if isinstance(instruction, ir.Return):
            self._exits.append(state)
            return None
        if isinstance(instruction, ir.Jump):
            if instruction.kind == "break" and self._breaks:
                self._breaks[-1].append(state)
            return state if instruction.kind == "fallthrough" else None
        return state

    def _lock(self, instruction: ir.LockOp, state: State) -> State:
        target, reads = self._locks.real_lock(instruction.target)
        path = self._locks.path(target) or "?"
        if instruction.action in ("unlock", "runlock"):
            if instruction.deferred:
                self._deferred.add(path)
                return state
            return self._release(path, state)
        mode = READ if reads or instruction.action in ("rlock", "tryrlock") else WRITE
        return {**state, path: Held(path, lock_symbol(target), mode)}

    def _slot(self, instruction: ir.Send | ir.Receive, state: State) -> State:
        """A channel of capacity one as a lock: whoever has put something in is alone until it is taken out."""
        path = self._locks.path(instruction.channel)
        if path is None or not self._locks.is_slot(instruction.channel):
            return state
        if isinstance(instruction, ir.Receive):
            return self._release(path, state)
        return {**state, path: Held(path, lock_symbol(instruction.channel), WRITE)}

    def _release(self, path: str, state: State) -> State:
        if path not in state:
            self._released.add(path)
            return state
        return {key: held for key, held in state.items() if key != path}

    def _call(self, call: ir.Call, state: State) -> State:
        if call.mode == "go":
            return state
        effect = self._locks.effect_of(call)
        if call.mode == "defer":
            self._deferred.update(effect.released)
            return state
        for path in effect.released:
            state = self._release(path, state)
        for held in effect.acquired:
            state = {**state, held.path: held}
        return state

    def _branch(self, branch: ir.Branch, state: State) -> State | None:
        then = self._body(branch.then, dict(state))
        other = self._body(branch.other, dict(state))
        owner = self._present(branch.cond)
        if then is not None and other is not None and owner is not None:
            there = {path: held for path, held in _gained(then, state).items() if is_prefix(owner, path)}
            return {**(join(then, other) or {}), **there}
        if _is_told_by_caller(branch.cond) and then is not None and other is not None:
            return {**(join(then, other) or {}), **_gained(then, state), **_gained(other, state)}
        return join(then, other)

    def _present(self, condition: ir.Value) -> str | None:
        """The path of what a condition says is not nil; where it is nil, there is neither its lock nor its map."""
        if isinstance(condition, ir.Computed) and condition.op == "!=" and len(condition.operands) == 2:
            value, nothing = condition.operands
            if isinstance(nothing, ir.Const) and nothing.text == "nil":
                return self._locks.path(value)
        return None

    def _loop(self, loop: ir.Loop, state: State) -> State | None:
        end, breaks = self._round(loop, state)
        if end is not None and any(path not in end for path in state):
            state = join(state, end) or {}
            end, breaks = self._round(loop, state)
        if loop.cond is None and loop.over is None:
            return join_all(breaks) if breaks else None
        return join_all([state, *breaks, *([end] if end is not None else [])])

    def _round(self, loop: ir.Loop, state: State) -> tuple[State | None, list[State]]:
        """The locks held at the end of one round, and at each break."""
        self._breaks.append([])
        end = self._body(loop.body, dict(state))
        if end is not None:
            self._body(loop.post, dict(end))
        return end, self._breaks.pop()

    def _choice(self, choice: ir.Choice, state: State) -> State | None:
        self._breaks.append([])
        ends: list[State] = []
        for arm in choice.arms:
            inside = self._body(arm.comm, dict(state))
            end = self._body(arm.body, inside) if inside is not None else None
            if end is not None:
                ends.append(end)
        ends.extend(self._breaks.pop())
        if choice.kind != "select" and not any(arm.default for arm in choice.arms):
            ends.append(state)
        return join_all(ends) if ends else None


def _is_told_by_caller(condition: ir.Value) -> bool:
    """Whether a condition is a flag that the caller hands in, as in `if needLock { mu.Lock() }`."""
    while isinstance(condition, ir.Computed) and condition.op == "!":
        condition = condition.operands[0]
    return isinstance(condition, ir.Ref) and condition.var.kind == "parameter" and condition.type == t.BOOL


def _gained(after: State, before: State) -> State:
    """The locks that a branch has taken: a caller that says they are not needed holds them itself."""
    return {path: held for path, held in after.items() if path not in before}
