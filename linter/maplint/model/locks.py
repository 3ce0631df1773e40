"""Locksets: which locks are held where, within a function and through its callers.

After RacerD (Blackshear et al., OOPSLA 2018): a lock is an access path, a function's summary says which locks it
leaves taken or released, and a function all of whose callers hold a lock runs with it.
"""

from __future__ import annotations

from typing import NamedTuple

from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions
from maplint.model.flows import Flows
from maplint.model.walk import occurrences

WRITE, READ = "write", "read"


class Held(NamedTuple):
    """A lock that is held."""

    path: str
    """Access path in terms of the function's variables."""
    lock: str
    """Symbol of the lock, the same for every instance: `example.com/m.Cache.mu`."""
    mode: str
    """write, or read where it is an RWMutex taken by RLock."""


Locks = frozenset[Held]
NONE: Locks = frozenset()

_State = dict[str, Held]


class _Effect(NamedTuple):
    """What a call leaves behind, in terms of the callee's variables."""

    acquired: tuple[Held, ...] = ()
    released: tuple[str, ...] = ()


def lock_symbol(value: ir.Value) -> str:
    """The symbol of a lock, whatever instance it is reached through."""
    if isinstance(value, ir.FieldOf):
        return value.field.symbol
    if isinstance(value, ir.Ref):
        return value.var.symbol
    if isinstance(value, ir.Converted):
        return lock_symbol(value.operand)
    if isinstance(value, ir.ElemOf):
        return f"{lock_symbol(value.base)}[]"
    if isinstance(value, ir.Result) and isinstance(value.call.callee, (ir.Static, ir.External)):
        return f"{value.call.callee.symbol}()"
    return "?"


class LockSets:
    """The locks held at every instruction of a program."""

    def __init__(self, definitions: Definitions, flows: Flows, graph: CallGraph, contexts: Contexts) -> None:
        self._definitions = definitions
        self._flows = flows
        self._graph = graph
        self._contexts = contexts
        self._effects: dict[ir.Function, _Effect] = {}
        self._local: dict[ir.Function, dict[int, Locks]] = {}
        self._exits: dict[ir.Function, Locks] = {}
        self._entry: dict[ir.Function, Locks | None] = {}

    def at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks held there: those taken in the function, and those that every caller holds."""
        self._effect(function)
        local = self._local[function].get(id(instruction), NONE)
        return local | self.entry(function)

    def taken_at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks that the function itself has taken there."""
        self._effect(function)
        return self._local[function].get(id(instruction), NONE)

    def taken_at_any(self, function: ir.Function) -> Locks:
        """Every lock that the function itself holds at some place."""
        self._effect(function)
        return frozenset(held for locks in self._local[function].values() for held in locks)

    def entry(self, function: ir.Function) -> Locks:
        """The locks that every caller holds."""
        if not self._entry:
            self._solve()
        return self._entry.get(function) or NONE

    def _solve(self) -> None:
        """The greatest fixpoint: a function is held with whatever no call site lacks."""
        functions = list(self._graph.callers)
        for function in functions:
            self._entry[function] = NONE if self._is_root(function) else None
        changed = True
        rounds = 0
        while changed and rounds < 20:
            changed = False
            rounds += 1
            for function in functions:
                if self._is_root(function):
                    continue
                found = self._meet(function)
                if found != self._entry[function]:
                    self._entry[function] = found
                    changed = True

    def _is_root(self, function: ir.Function) -> bool:
        when = self._contexts.when(function)
        return any(
            flag & when and (function, flag) in self._contexts.reasons and self._contexts.reasons[function, flag] is None
            for flag in (When.API, When.CONCURRENT, When.MAIN)
        )

    def _meet(self, function: ir.Function) -> Locks | None:
        """What all call sites hold; None while no call site is known to be reached."""
        found: Locks | None = None
        for edge in self._graph.callers[function]:
            if edge.caller.is_test and not function.is_test:
                continue
            site = self._site(edge)
            if site is None:
                continue
            found = site if found is None else _join_sets(found, site)
            if not found:
                return NONE
        return found

    def _site(self, edge: Edge) -> Locks | None:
        """The locks that a call site passes on, in terms of the callee's variables; None for a dead caller."""
        if edge.mode not in ("call", "defer", "now", "once"):
            return NONE
        inherited = self._entry.get(edge.caller, NONE)
        if inherited is None:
            return None
        self._effect(edge.caller)
        local = self._local[edge.caller].get(id(edge.call), NONE)
        if edge.mode == "defer":
            local = _join_sets(local, self._exits[edge.caller])
        held = local | inherited
        return frozenset(self._into_callee(edge, lock) for lock in held)

    def _into_callee(self, edge: Edge, held: Held) -> Held:
        if not edge.direct:
            return held
        pairs = list(zip(edge.call.args, edge.callee.params, strict=False))
        if edge.callee.receiver is not None and edge.call.receiver is not None:
            pairs.insert(0, (edge.call.receiver, edge.callee.receiver))
        for arg, param in pairs:
            path = self._definitions.path(arg)
            if path is not None and _is_prefix(path, held.path):
                return held._replace(path=param.symbol + held.path[len(path) :])
        return held

    def _effect(self, function: ir.Function) -> _Effect:
        known = self._effects.get(function)
        if known is not None:
            return known
        self._effects[function] = _Effect()
        self._local[function] = {}
        self._exits[function] = NONE
        walk = _Walk(self, function)
        walk.run()
        self._local[function] = walk.held_at
        self._exits[function] = frozenset(walk.exit_locks.values())
        self._effects[function] = walk.effect()
        return self._effects[function]

    def path(self, value: ir.Value) -> str | None:
        """The access path of a value."""
        return self._definitions.path(value)

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is the read half that `RLocker` gives."""
        root = self._definitions.root(lock)
        if isinstance(root, ir.Result) and isinstance(root.call.callee, (ir.External, ir.Static)):
            if root.call.callee.symbol.endswith(".RLocker") and root.call.receiver is not None:
                return root.call.receiver, True
        return lock, False

    def effect_of(self, call: ir.Call) -> _Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""
        if isinstance(call.callee, ir.Dynamic):
            return self._of_value(call, call.callee.value)
        targets = self._flows.functions(call.callee.symbol) if isinstance(call.callee, ir.Static) else []
        if len(targets) != 1:
            return _Effect()
        effect = self._effect(targets[0])
        if not effect.acquired and not effect.released:
            return effect
        target = targets[0]
        acquired = tuple(
            held._replace(path=path) for held in effect.acquired if (path := self._into_caller(call, target, held.path))
        )
        released = tuple(
            path for inner in effect.released if (path := self._into_caller(call, target, inner)) is not None
        )
        return _Effect(acquired, released)

    def _of_value(self, call: ir.Call, value: ir.Value) -> _Effect:
        """What calling a function value does: a literal, `mu.Unlock`, or what a helper that locks gave back."""
        value = self._definitions.root(value)
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.Static):
            targets = self._flows.functions(value.call.callee.symbol)
            inner = _returned(targets[0], value.index) if len(targets) == 1 else None
            effect = self._of_value(call, inner) if inner is not None else _Effect()
            released = [self._into_caller(value.call, targets[0], path) for path in effect.released]
            return _Effect((), tuple(path for path in released if path is not None))
        if not isinstance(value, ir.FuncValue):
            return _Effect()
        if value.receiver is not None and value.symbol.endswith((".Unlock", ".RUnlock")):
            path = self._definitions.path(value.receiver)
            return _Effect((), (path,) if path is not None else ())
        targets = self._flows.functions(value.symbol) if value.literal else []
        return self._effect(targets[0]) if len(targets) == 1 else _Effect()

    def _into_caller(self, call: ir.Call, target: ir.Function, path: str) -> str | None:
        pairs = list(zip(target.params, call.args, strict=False))
        if target.receiver is not None and call.receiver is not None:
            pairs.insert(0, (target.receiver, call.receiver))
        for param, arg in pairs:
            if _is_prefix(param.symbol, path):
                base = self._definitions.path(arg)
                return base + path[len(param.symbol) :] if base is not None else None
        return None if path.startswith(f"{target.symbol}.") else path


class _Walk:
    """One pass over a body with the locks held so far."""

    def __init__(self, locks: LockSets, function: ir.Function) -> None:
        self._locks = locks
        self._function = function
        self.held_at: dict[int, Locks] = {}
        self._released: set[str] = set()
        self._deferred: set[str] = set()
        self._exits: list[_State] = []
        self._breaks: list[list[_State]] = []
        self.exit_locks: _State = {}

    def run(self) -> None:
        end = self._body(self._function.body, {})
        if end is not None:
            self._exits.append(end)
        self.exit_locks = _join_all(self._exits)

    def effect(self) -> _Effect:
        acquired = tuple(held for path, held in sorted(self.exit_locks.items()) if path not in self._deferred)
        return _Effect(acquired, tuple(sorted(self._released)))

    def _body(self, body: ir.Body, state: _State) -> _State | None:
        """The locks held at the end; None where the end is not reached."""
        for instruction in body:
            found = self._instruction(instruction, state)
            if found is None:
                return None
            state = found
        return state

    def _instruction(self, instruction: ir.Instruction, state: _State) -> _State | None:
        self.held_at[id(instruction)] = frozenset(state.values())
        if isinstance(instruction, ir.LockOp):
            return self._lock(instruction, state)
        if isinstance(instruction, ir.Call):
            return self._call(instruction, state)
        if isinstance(instruction, ir.Branch):
            return _join(self._body(instruction.then, dict(state)), self._body(instruction.other, dict(state)))
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

    def _lock(self, instruction: ir.LockOp, state: _State) -> _State:
        target, reads = self._locks.real_lock(instruction.target)
        path = self._locks.path(target) or "?"
        if instruction.action in ("unlock", "runlock"):
            if instruction.deferred:
                self._deferred.add(path)
                return state
            return self._release(path, state)
        mode = READ if reads or instruction.action in ("rlock", "tryrlock") else WRITE
        return {**state, path: Held(path, lock_symbol(target), mode)}

    def _release(self, path: str, state: _State) -> _State:
        if path not in state:
            self._released.add(path)
            return state
        return {key: held for key, held in state.items() if key != path}

    def _call(self, call: ir.Call, state: _State) -> _State:
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

    def _loop(self, loop: ir.Loop, state: _State) -> _State | None:
        self._breaks.append([])
        end = self._body(loop.body, dict(state))
        if end is not None:
            self._body(loop.post, dict(end))
        breaks = self._breaks.pop()
        if loop.cond is None and loop.over is None:
            return _join_all(breaks) if breaks else None
        return _join_all([state, *breaks, *([end] if end is not None else [])])

    def _choice(self, choice: ir.Choice, state: _State) -> _State | None:
        self._breaks.append([])
        ends: list[_State] = []
        for arm in choice.arms:
            inside = self._body(arm.comm, dict(state))
            end = self._body(arm.body, inside) if inside is not None else None
            if end is not None:
                ends.append(end)
        ends.extend(self._breaks.pop())
        if choice.kind != "select" and not any(arm.default for arm in choice.arms):
            ends.append(state)
        return _join_all(ends) if ends else None


def _returned(function: ir.Function, index: int) -> ir.Value | None:
    """The function value that a function returns, where it is the same at every return."""
    found = {
        values[index]
        for occurrence in occurrences(function.body)
        if isinstance(occurrence.instruction, ir.Return)
        for values in (occurrence.instruction.values,)
        if index < len(values) and isinstance(values[index], ir.FuncValue)
    }
    return found.pop() if len(found) == 1 else None


def _is_prefix(path: str, longer: str) -> bool:
    return longer.startswith(path) and longer[len(path) : len(path) + 1] in ("", ".", "[")


def _join(left: _State | None, right: _State | None) -> _State | None:
    if left is None or right is None:
        return right if left is None else left
    return {path: _weaker(held, right[path]) for path, held in left.items() if path in right}


def _join_all(states: list[_State]) -> _State:
    found: _State | None = None
    for state in states:
        found = _join(found, state)
    return found or {}


def _weaker(left: Held, right: Held) -> Held:
    return left if left.mode == READ else right


def _join_sets(left: Locks, right: Locks) -> Locks:
    """What both hold: the same path, or else another instance of the same lock, then under a path that names none."""
    by_path = {held.path: held for held in right}
    by_lock = {held.lock: held for held in right}
    out = set()
    for held in left:
        if held.path in by_path:
            out.add(_weaker(held, by_path[held.path]))
        elif held.lock in by_lock:
            out.add(_weaker(held, by_lock[held.lock])._replace(path="?"))
    return frozenset(out)
