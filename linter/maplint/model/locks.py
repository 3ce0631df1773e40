"""Locksets: which locks are held where, within a function and through its callers.

After RacerD (Blackshear et al., OOPSLA 2018): a lock is an access path, a function's summary says which locks
it leaves taken or released, and a function all of whose callers hold a lock runs with it.
"""

from __future__ import annotations

from maplint.model import ir
from maplint.model.callgraph import CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions, is_prefix
from maplint.model.flows import Flows
from maplint.model.held import NONE, READ, WRITE, Effect, Held, Locks, join_sets, lock_symbol
from maplint.model.lock_aliases import LockAliases
from maplint.model.lock_walk import Walk
from maplint.model.ownership import Ownership

_MAX_ROUNDS = 20

__all__ = ["NONE", "READ", "WRITE", "Held", "LockSets", "Locks", "lock_symbol"]


class LockSets:
    """The locks held at every instruction of a program."""

    def __init__(
        self,
        definitions: Definitions,
        flows: Flows,
        graph: CallGraph,
        contexts: Contexts,
        aliases: LockAliases,
        ownership: Ownership,
    ) -> None:
        self._definitions = definitions
        self._aliases = aliases
        self._ownership = ownership
        self._flows = flows
        self._graph = graph
        self._contexts = contexts
        self._effects: dict[ir.Function, Effect] = {}
        self._local: dict[ir.Function, dict[int, Locks]] = {}
        self._exits: dict[ir.Function, Locks] = {}
        self._entry: dict[ir.Function, Locks | None] = {}

    def at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks held there: those taken in the function, and those that every caller holds."""
        self.effect(function)
        local = self._local[function].get(id(instruction), NONE)
        return local | self.entry(function)

    def taken_at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks that the function itself has taken there."""
        self.effect(function)
        return self._local[function].get(id(instruction), NONE)

    def taken_at_any(self, function: ir.Function) -> Locks:
        """Every lock that the function itself holds at some place."""
        self.effect(function)
        return frozenset(held for locks in self._local[function].values() for held in locks)

    def entry(self, function: ir.Function) -> Locks:
        """The locks that every caller holds."""
        if not self._entry:
            self._solve()
        return self._entry.get(function) or NONE

    def _solve(self) -> None:
        """The greatest fixpoint: a function is held with whatever no call site lacks."""
        self._entry.update((function, NONE) for function in self._graph.callers if self._is_root(function))
        functions = [function for function in self._graph.callers if function not in self._entry]
        self._entry.update(dict.fromkeys(functions))
        stale = set(functions)
        for _ in range(_MAX_ROUNDS):
            for function in functions if stale else ():
                if function in stale:
                    stale.discard(function)
                    self._update(function, stale)

    def _update(self, function: ir.Function, stale: set[ir.Function]) -> None:
        """Works a function's locks out again; where they change, what it calls is stale."""
        found = self._meet(function)
        if found != self._entry[function]:
            self._entry[function] = found
            stale.update(edge.callee for edge in self._graph.callees.get(function, ()))

    def _is_root(self, function: ir.Function) -> bool:
        when = self._contexts.when(function)
        return any(
            flag & when
            and (function, flag) in self._contexts.reasons
            and self._contexts.reasons[function, flag] is None
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
            found = site if found is None else join_sets(found, site)
            if not found:
                return NONE
        return found

    def _site(self, edge: Edge) -> Locks | None:
        """The locks that a call site passes on, in terms of the callee's variables; None for a dead caller."""
        if edge.mode not in ("call", "defer", "now", "once"):
            return NONE
        inherited = self._entry.get(edge.caller, NONE)
        if inherited is None or self._is_of_an_owner(edge):
            return None
        self.effect(edge.caller)
        local = self._local[edge.caller].get(id(edge.call), NONE)
        if edge.mode == "defer":
            local = join_sets(local, self._exits[edge.caller])
        held = local | inherited
        return frozenset(self._into_callee(edge, lock) for lock in held)

    def _is_of_an_owner(self, edge: Edge) -> bool:
        """Whether a method is called on an object that nobody else knows yet: that needs no lock."""
        receiver = edge.call.receiver
        return receiver is not None and self._ownership.is_owned(receiver, edge.caller, edge.call.pos)

    def _into_callee(self, edge: Edge, held: Held) -> Held:
        if not edge.direct:
            return held
        pairs = list(zip(edge.call.args, edge.callee.params, strict=False))
        if edge.callee.receiver is not None and edge.call.receiver is not None:
            pairs.insert(0, (edge.call.receiver, edge.callee.receiver))
        for arg, param in pairs:
            path = self._definitions.path(arg)
            if path is not None and is_prefix(path, held.path):
                return held._replace(path=param.symbol + held.path[len(path) :])
        return held

    def effect(self, function: ir.Function) -> Effect:
        """What a call of the function does to its caller's locks, in terms of its own variables."""
        known = self._effects.get(function)
        if known is not None:
            return known
        self._effects[function] = Effect()
        self._local[function] = {}
        self._exits[function] = NONE
        walk = Walk(self, function)
        walk.run()
        self._local[function] = walk.held_at
        self._exits[function] = frozenset(walk.exit_locks.values())
        self._effects[function] = walk.effect()
        return self._effects[function]

    def declared(self, function: ir.Function) -> ir.Function:
        """The declared function around a literal; the function itself where it is none."""
        while function.parent:
            around = self._flows.functions(function.parent)
            if not around:
                break
            function = around[0]
        return function

    def path(self, value: ir.Value) -> str | None:
        """The access path of a value."""
        return self._definitions.path(value)

    def real_lock(self, lock: ir.Value) -> tuple[ir.Value, bool]:
        """The lock itself, and whether the value is its read half alone."""
        return self._aliases.real_lock(lock)

    def is_slot(self, channel: ir.Value) -> bool:
        """Whether a channel serves as a lock."""
        return self._aliases.is_slot(channel)

    def assigned(self, value: ir.Value) -> ir.Value:
        """What a local is that is assigned once; any other value is itself."""
        single = self._definitions.single(value.var) if isinstance(value, ir.Ref) else None
        return single if single is not None else value

    def effect_of(self, call: ir.Call) -> Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""
        if isinstance(call.callee, ir.Dynamic):
            return self._of_value(call, call.callee.value)
        if isinstance(call.callee, ir.External) and call.receiver is not None:
            return self._of_semaphore(call.callee.symbol, call.receiver)
        targets = self._flows.functions(call.callee.symbol) if isinstance(call.callee, ir.Static) else []
        if len(targets) != 1:
            return Effect()
        effect = self.effect(targets[0])
        if not effect.acquired and not effect.released:
            return effect
        target = targets[0]
        acquired = tuple(
            held._replace(path=path)
            for held in effect.acquired
            if (path := self._definitions.into_caller(call, target, held.path))
        )
        released = tuple(
            path
            for inner in effect.released
            if (path := self._definitions.into_caller(call, target, inner)) is not None
        )
        return Effect(acquired, released)

    def _of_semaphore(self, symbol: str, semaphore: ir.Value) -> Effect:
        """A weighted semaphore, taken to be of one: whoever has acquired it is alone."""
        path = self._definitions.path(semaphore)
        if path is None or not symbol.startswith("golang.org/x/sync/semaphore.Weighted."):
            return Effect()
        if symbol.endswith("Acquire"):
            return Effect((Held(path, lock_symbol(semaphore), WRITE),), ())
        return Effect((), (path,)) if symbol.endswith(".Release") else Effect()

    def _of_value(self, call: ir.Call, value: ir.Value) -> Effect:
        """What calling a function value does: a literal, `mu.Unlock`, or what a helper that locks gave back."""
        value = self._definitions.root(value)
        if isinstance(value, ir.Result) and isinstance(value.call.callee, ir.Static):
            targets = self._flows.functions(value.call.callee.symbol)
            inner = _returned(targets[0], value.index) if len(targets) == 1 else None
            effect = self._of_value(call, inner) if inner is not None else Effect()
            released = [
                self._definitions.into_caller(value.call, targets[0], path) for path in effect.released
            ]
            return Effect((), tuple(path for path in released if path is not None))
        if not isinstance(value, ir.FuncValue):
            return Effect()
        if value.receiver is not None and value.symbol.endswith((".Unlock", ".RUnlock")):
            path = self._definitions.path(value.receiver)
            return Effect((), (path,) if path is not None else ())
        targets = self._flows.functions(value.symbol) if value.literal else []
        return self.effect(targets[0]) if len(targets) == 1 else Effect()


def _returned(function: ir.Function, index: int) -> ir.Value | None:
    """The function value that a function returns, where it is the same at every return."""
    found = {
        values[index]
        for occurrence in function.occurrences
        if isinstance(occurrence.instruction, ir.Return)
        for values in (occurrence.instruction.values,)
        if index < len(values) and isinstance(values[index], ir.FuncValue)
    }
    return found.pop() if len(found) == 1 else None
