"""One pass over a function's body with the locks that are held at each instruction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.definitions import is_prefix
from maplint.model.held import GONE, READ, WRITE, Effect, Held, Locks, State, join, join_all, lock_symbol


class Resolver(Protocol):
    """What the walk asks about locks and calls."""

    def path(self, value: ir.Value) -> str | None:
        """The access path of a value."""

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is its read half alone."""

    def symbol(self, lock: ir.Value) -> str:
        """The symbol of a lock, the same whatever instance it is reached through."""

    def effect_of(self, call: ir.Call) -> Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""

    def is_slot(self, channel: ir.Value) -> bool:
        """Whether a channel serves as a lock."""

    def assigned(self, value: ir.Value) -> ir.Value:
        """What a local is that is assigned once; any other value is itself."""


class _Target(NamedTuple):
    """A loop, switch or select that `break` leaves, and whose next round `continue` begins."""

    label: str
    is_loop: bool
    breaks: list[State]
    continues: list[State]


class Walk:
    """The locks held so far; `run` fills `held_at`, `exit_locks` and what `effect` tells."""

    def __init__(self, locks: Resolver, function: ir.Function) -> None:
        self._locks = locks
        self._function = function
        self.held_at: dict[int, Locks] = {}
        """By the `id` of an instruction, where any are held; those of callers that are released stand as gone."""
        self.exit_locks: State = {}
        """What is held, or gone, at every return, deferred releases not yet done."""
        self._deferred: set[str] = set()
        self._let_go: dict[str, Held] = {}
        """What is released at every return by a defer that every way comes by."""
        self._taken_back: State = {}
        """What `defer mu.Lock()` takes at every return."""
        self._exits: list[State] = []
        self._targets: list[_Target] = []
        """The statements around that `break` and `continue` may mean, innermost last."""
        self._gotos: dict[str, State] = {}
        self._label = ""
        """The label of the statement that comes next."""
        self._failing: set[str] = set()
        """Paths of locks that nobody gets where the walk is: in a loop that tries to."""

    def run(self) -> None:
        end = self._body(self._function.body, {})
        if end is not None:
            self._exits.append(end)
        self.exit_locks = {**join_all(self._exits), **self._taken_back}

    def effect(self) -> Effect:
        """What the function leaves taken and what it releases of its caller's, whichever way it returns."""
        kept = [held for path, held in sorted(self.exit_locks.items()) if path not in self._deferred]
        acquired = tuple(held for held in kept if held.mode != GONE)
        released = tuple(held for held in kept if held.mode == GONE)
        own = {held.path for locks in self.held_at.values() for held in locks if held.mode != GONE}
        return Effect(
            acquired, released + tuple(self._let_go[path] for path in sorted(self._let_go.keys() - own))
        )

    def _body(self, body: ir.Body, before: State | None) -> State | None:
        """The locks held at the end; None where the end is not reached."""
        state = before
        for instruction in body:
            if isinstance(instruction, ir.Labeled):
                state = join(state, self._gotos.pop(instruction.label, None))
            if state is not None:
                state = self._instruction(instruction, state)
        return state

    def _instruction(self, instruction: ir.Instruction, state: State) -> State | None:
        if state:
            self.held_at[id(instruction)] = frozenset(state.values())
        else:
            self.held_at.pop(id(instruction), None)
        step = _STEPS.get(type(instruction))
        return step(self, instruction, state) if step is not None else state

    def _labeled(self, instruction: ir.Labeled, state: State) -> State | None:
        self._label = instruction.label
        return self._body(instruction.body, state)

    def _return(self, _: ir.Return, state: State) -> None:
        self._exits.append(state)

    def _jump(self, jump: ir.Jump, state: State) -> State | None:
        if jump.kind == "fallthrough":
            return state
        if jump.kind == "goto":
            self._gotos[jump.label] = join(self._gotos.get(jump.label), state) or {}
        elif jump.kind in ("break", "continue"):
            for target in reversed(self._targets):
                fits = target.label == jump.label if jump.label else target.is_loop or jump.kind == "break"
                if fits:
                    (target.breaks if jump.kind == "break" else target.continues).append(state)
                    break
        return None

    def _enter(self, is_loop: bool) -> _Target:
        target = _Target(self._label, is_loop, [], [])
        self._label = ""
        self._targets.append(target)
        return target

    def _lock(self, instruction: ir.LockOp, state: State) -> State:
        target, reads = self._locks.real_lock(instruction.target)
        path = self._locks.path(target) or "?"
        symbol = self._locks.symbol(target)
        if instruction.action in ("unlock", "runlock"):
            if instruction.deferred:
                self._release_at_end(instruction, Held(path, symbol, GONE))
                return state
            return _release(path, symbol, state)
        if path in self._failing and instruction.action in ("trylock", "tryrlock"):
            return state
        mode = READ if reads or instruction.action in ("rlock", "tryrlock") else WRITE
        taken = {path: Held(path, symbol, mode)}
        if instruction.deferred:
            self._taken_back |= taken
            return state
        return {**state, **taken}

    def _release_at_end(self, instruction: ir.LockOp | ir.Call, gone: Held) -> None:
        """What a deferred release does: to a lock of the callers too, where every way comes by."""
        self._deferred.add(gone.path)
        if not self._exits and any(one is instruction for one in self._function.body):
            self._let_go[gone.path] = gone

    def _tried(self, condition: ir.Value | None, holds: bool = True) -> tuple[str, Held, bool] | None:
        """The lock that a condition tries to take, and whether it is taken where the condition is true."""
        found = self._locks.assigned(condition) if condition is not None else None
        if not isinstance(found, ir.Computed):
            return None
        if found.op == "!":
            return self._tried(found.operands[0], not holds)
        if found.op == "&&" and holds:
            return self._tried(found.operands[0]) or self._tried(found.operands[1])
        if found.op not in ("trylock", "tryrlock"):
            return None
        target, reads = self._locks.real_lock(found.operands[0])
        path = self._locks.path(target) or "?"
        mode = READ if reads or found.op == "tryrlock" else WRITE
        return path, Held(path, self._locks.symbol(target), mode), holds

    def _slot(self, instruction: ir.Send | ir.Receive, state: State) -> State:
        """A channel of capacity one as a lock: whoever has put something in is alone until it is taken out."""
        path = self._locks.path(instruction.channel)
        if path is None or not self._locks.is_slot(instruction.channel):
            return state
        if isinstance(instruction, ir.Receive):
            return _release(path, lock_symbol(instruction.channel), state)
        return {**state, path: Held(path, lock_symbol(instruction.channel), WRITE)}

    def _call(self, call: ir.Call, state: State) -> State:
        effect = self._locks.effect_of(call)
        if call.mode == "defer":
            for held in effect.released:
                self._release_at_end(call, held)
            return state
        for held in effect.released:
            state = _release(held.path, held.lock, state)
        for held in effect.acquired if call.mode != "go" else ():
            state = {**state, held.path: held}
        return state

    def _branch(self, branch: ir.Branch, state: State) -> State | None:
        then, other = dict(state), dict(state)
        tried = self._tried(branch.cond)
        if tried is not None:
            (other if tried[2] else then).pop(tried[0], None)
        earlier = frozenset(self._deferred)
        ends = self._body(branch.then, then), self._body(branch.other, other)
        after = self._join(branch, state, *ends)
        if after is not None and any(target.is_loop for target in self._targets):
            after = {**after, **self._kept_for_good(ends[0], state, earlier)}
        return after

    def _kept_for_good(self, then: State | None, state: State, earlier: frozenset[str]) -> State:
        """What one round of a loop takes up to the function's end, as in `if n == 1 { mu.Lock(); defer … }`.

        A round that took it once more would wait for itself: it is the first one that takes it.
        """
        taken = _gained(then or {}, state)
        return {path: held for path, held in taken.items() if path in self._deferred - earlier}

    def _join(self, branch: ir.Branch, state: State, then: State | None, other: State | None) -> State | None:
        """What is held behind a branch, from what is held before it and at the end of either way."""
        owner = self._present(branch.cond)
        if then is not None and other is not None and owner is not None:
            there = {path: held for path, held in _gained(then, state).items() if is_prefix(owner, path)}
            return {**(join(then, other) or {}), **there}
        if then is not None and other is not None:
            other = _alike(_gained(then, state), other)
        if _is_flag(branch.cond) and then is not None and other is not None:
            return {**(join(then, other) or {}), **_gained(then, state), **_gained(other, state)}
        return join(then, other)

    def _present(self, condition: ir.Value) -> str | None:
        """The path of what a condition says is not nil; where it is nil, there is neither its lock nor its map."""
        if isinstance(condition, ir.Computed) and condition.op == "!=" and len(condition.operands) == 2:
            value, nothing = condition.operands
            if ir.is_nil(nothing):
                return self._locks.path(value)
        return None

    def _loop(self, loop: ir.Loop, state: State) -> State | None:
        label = self._label
        tried = self._tried(loop.cond)
        fails = {tried[0]} - self._failing if tried is not None and not tried[2] else set()
        self._failing |= fails
        end, breaks = self._round(loop, state)
        if end is not None and any(path not in end for path in state):
            state = join(state, end) or {}
            self._label = label
            end, breaks = self._round(loop, state)
        self._failing -= fails
        if loop.cond is None and loop.over is None:
            return join_all(breaks) if breaks else None
        through = [state, *([end] if end is not None else [])]
        if tried is not None and fails:
            through = [{**each, tried[0]: tried[1]} for each in through]
        return join_all([*through, *breaks])

    def _round(self, loop: ir.Loop, state: State) -> tuple[State | None, list[State]]:
        """The locks held at the end of one round, and at each break."""
        target = self._enter(is_loop=True)
        end = self._body(loop.body, dict(state))
        for one in target.continues:
            end = join(end, one)
        if end is not None:
            self._body(loop.post, dict(end))
        self._targets.pop()
        return end, target.breaks

    def _choice(self, choice: ir.Choice, state: State) -> State | None:
        target = self._enter(is_loop=False)
        ends = target.breaks
        for arm in choice.arms:
            inside = self._body(arm.comm, dict(state))
            end = self._body(arm.body, inside)
            if end is not None:
                ends.append(end)
        self._targets.pop()
        if choice.kind != "select" and not any(arm.default for arm in choice.arms):
            ends.append(state)
        return join_all(ends) if ends else None


_STEPS: dict[type, Callable[[Walk, Any, State], State | None]] = {
    ir.LockOp: Walk._lock,
    ir.Call: Walk._call,
    ir.Send: Walk._slot,
    ir.Receive: Walk._slot,
    ir.Branch: Walk._branch,
    ir.Loop: Walk._loop,
    ir.Choice: Walk._choice,
    ir.Labeled: Walk._labeled,
    ir.Return: Walk._return,
    ir.Jump: Walk._jump,
}
"""What instructions do to the locks that are held; others do nothing."""


def _release(path: str, lock: str, state: State) -> State:
    """The locks held once a lock is released; one that the function has not taken is a caller's, and gone."""
    if path in state and state[path].mode != GONE:
        return {key: held for key, held in state.items() if key != path}
    return {**state, path: Held(path, lock, GONE)}


def _alike(gained: State, other: State) -> State:
    """A lock that one way takes for writing and the other for reading: what follows will ask again which it was."""
    taken = {path: held for path, held in gained.items() if path in other and held.mode == WRITE}
    return {**other, **taken}


def _is_flag(condition: ir.Value) -> bool:
    """Whether a condition is a flag of whether a lock is needed: `if needLock { mu.Lock() }`, or `if !c.nolock`.

    The caller hands it in, or whoever made the object has set it.
    """
    while isinstance(condition, ir.Computed) and condition.op == "!":
        condition = condition.operands[0]
    is_parameter = isinstance(condition, ir.Ref) and condition.var.kind == "parameter"
    return condition.type == t.BOOL and (is_parameter or isinstance(condition, ir.FieldOf))


def _gained(after: State, before: State) -> State:
    """The locks that a branch has taken: a caller that says they are not needed holds them itself."""
    return {path: held for path, held in after.items() if path not in before}
