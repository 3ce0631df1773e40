"""Locksets: which locks are held where, within a function and through its callers.

After RacerD (Blackshear et al., OOPSLA 2018): a lock is an access path, a function's summary says which locks
it leaves taken or released, and a function all of whose callers hold a lock runs with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from maplint.model import ir
from maplint.model.arguments import arguments
from maplint.model.call_effects import CallEffects
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge
from maplint.model.contexts import Contexts, When
from maplint.model.definitions import Definitions, is_prefix
from maplint.model.flows import Flows
from maplint.model.handed import Chain, Handed
from maplint.model.held import (
    GONE,
    NONE,
    READ,
    WRITE,
    Effect,
    Held,
    Locks,
    join_sets,
    without,
)
from maplint.model.lock_aliases import LockAliases
from maplint.model.lock_free import lock_free
from maplint.model.lock_parameters import LockParameters
from maplint.model.lock_walk import Walk
from maplint.model.made_locked import made_locked
from maplint.model.ownership import Ownership

_MAX_ROUNDS = 20
_MAX_DEPTH = 400
"""How many calls within calls are followed for what they do to locks."""


__all__ = ["NONE", "READ", "WRITE", "Held", "LockSets", "Locks"]


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
        handed: Handed,
        functions: Sequence[ir.Function],
    ) -> None:
        self._definitions = definitions
        self._aliases = aliases
        self._ownership = ownership
        self._handed = handed
        self._handed_in_by: dict[ir.Function, set[ir.Function]] = defaultdict(set)
        """By function those that it hands in, and that run under its locks."""
        for (_, callee), chains in handed.items():
            for chain in chains:
                self._handed_in_by[chain[0].caller].add(callee)
        self._functions = functions
        self._flows = flows
        self._parameters = LockParameters(definitions, flows, graph, aliases)
        self._calls = CallEffects(definitions, flows, self._parameters, self.effect)
        self._graph = graph
        self._contexts = contexts
        self._effects: dict[ir.Function, Effect] = dict.fromkeys(lock_free(functions), Effect())
        self._local: dict[ir.Function, dict[int, Locks]] = defaultdict(dict)
        self._exits: dict[ir.Function, Locks] = {}
        self._entry: dict[ir.Function, Locks | None] = {}
        self._owed: dict[ir.Function, Locks] = {}
        """The locks that functions release and never take: no caller can do without them."""
        self._depth = 0

    def at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks held there: those taken in the function, and those that every caller holds."""
        local, gone = self._at(function, instruction)
        return local | without(self.entry(function), gone)

    def _at(self, function: ir.Function, instruction: ir.Instruction) -> tuple[Locks, Locks]:
        """The locks that the function itself has taken there, and those of its callers that it has released."""
        self.effect(function)
        found = self._local.get(function, {}).get(id(instruction))
        if found is None:
            return NONE, NONE
        gone = frozenset(held for held in found if held.mode == GONE)
        return (found - gone, gone) if gone else (found, NONE)

    def taken_at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks that the function itself has taken there."""
        return self._at(function, instruction)[0]

    def released_at(self, function: ir.Function, instruction: ir.Instruction) -> Locks:
        """The locks of its callers that the function itself has released there."""
        return self._at(function, instruction)[1]

    def taken_at_any(self, function: ir.Function) -> Locks:
        """Every lock that the function itself holds at some place."""
        self.effect(function)
        return frozenset(
            held for locks in self._local.get(function, {}).values() for held in locks if held.mode != GONE
        )

    def takes_behind(self, function: ir.Function, lock: str, pos: int) -> bool:
        """Whether the function itself takes the lock of that symbol behind a place."""
        return any(
            found.instruction.pos > pos
            and found.instruction.action in ("lock", "rlock")
            and self.symbol(self.real_lock(found.instruction.target)[0]) == lock
            for found in function.of(ir.LockOp)
        )

    def entry(self, function: ir.Function) -> Locks:
        """The locks that every caller holds, and those that stay taken as long as a method's object is there."""
        if not self._entry:
            self._solve()
        return self._entry.get(function) or NONE

    def _solve(self) -> None:
        """The greatest fixpoint: a function is held with whatever no call site lacks.

        What is called for owned objects alone comes second: of others' locks it holds none, but what it calls may.
        """
        self._entry.update(made_locked(self._definitions, self.effect, self._functions))
        rest = [function for function in self._functions if function not in self._entry]
        self._owed.update((function, owed) for function in rest if (owed := self._let_go(function)))
        self._entry.update(
            (function, self._owed.get(function, NONE)) for function in rest if self._is_root(function)
        )
        functions = [function for function in self._graph.callers if function not in self._entry]
        self._entry.update(dict.fromkeys(functions))
        self._iterate(functions)
        unreached = [function for function in functions if self._entry[function] is None]
        by_owners = {function for function in unreached if self._is_called_by_owner(function)}
        self._entry.update((function, NONE) for function in unreached if function in by_owners)
        self._iterate([function for function in unreached if function not in by_owners])

    def _iterate(self, functions: list[ir.Function]) -> None:
        """Works the locks of these functions out until they stay the same; those of others are left as they are."""
        stale = set(functions)
        among = frozenset(functions)
        for _ in range(_MAX_ROUNDS):
            for function in functions if stale else ():
                if function in stale:
                    stale.discard(function)
                    stale |= self._update(function) & among

    def _update(self, function: ir.Function) -> set[ir.Function]:
        """Works a function's locks out again; where they change, what it calls or hands in is stale."""
        found = self._meet(function)
        if found is not None and function in self._owed:
            found |= self._owed[function]
        if found == self._entry[function]:
            return set()
        self._entry[function] = found
        return self._handed_in_by.get(function, set()).union(
            edge.callee for edge in self._graph.callees.get(function, ())
        )

    def _let_go(self, function: ir.Function) -> Locks:
        """The locks that a function releases and never takes: whoever calls it has taken them before."""
        released = {held.path for held in self.effect(function).released}
        released -= {held.path for held in self.taken_at_any(function)} if released else set()
        found = set()
        for each in function.of(ir.LockOp) if released else ():
            lock, reads = self.real_lock(each.instruction.target)
            path = self.path(lock)
            if path in released:
                reads = reads or each.instruction.action == "runlock"
                found.add(Held(path, self.symbol(lock), READ if reads else WRITE))
        return frozenset(found)

    def _is_called_by_owner(self, function: ir.Function) -> bool:
        return any(
            edge.mode in SYNCHRONOUS and self._is_of_an_owner(edge)
            for edge in self._graph.callers.get(function, ())
        )

    def _is_root(self, function: ir.Function) -> bool:
        when = self._contexts.when(function)
        return any(
            flag & when
            and function in self._contexts.reasons[flag]
            and self._contexts.reasons[flag][function] is None
            for flag in (When.API, When.CONCURRENT, When.MAIN)
        )

    def _meet(self, function: ir.Function) -> Locks | None:
        """What all call sites hold; None while no call site is known to be reached."""
        found: Locks | None = None
        for edge in self._graph.callers[function]:
            if edge.caller.is_test and not function.is_test:
                continue
            chains = self._handed.get((edge.call, edge.callee), ())
            sites = [self._along(chain) for chain in chains] if chains else [self._site(edge)]
            for site in sites:
                if site is not None:
                    found = site if found is None else join_sets(found, site)
            if found is not None and not found:
                return NONE
        return found

    def calls(self, function: ir.Function) -> list[tuple[Edge, Locks]]:
        """The calls through which a function runs in its caller's goroutine, with the locks under which it does.

        For a function value that was handed in, the calls that did so. Calls of function values kept in fields are
        left out: they may well call another one.
        """
        self.entry(function)
        out = []
        for edge in self._graph.callers.get(function, ()):
            chains = self._handed.get((edge.call, edge.callee), ())
            if not chains and edge.mode in SYNCHRONOUS and not _is_kept(edge):
                out.append((edge, self.at(edge.caller, edge.call)))
            for chain in chains:
                if all(one.mode in SYNCHRONOUS for one in chain):
                    out.append((chain[0], self._along(chain) or NONE))
        return [(edge, locks) for edge, locks in out if not edge.caller.is_test]

    def _along(self, chain: Chain) -> Locks | None:
        """The locks under which a function value runs that is handed in and called at the end of a chain."""
        inherited = self._entry.get(chain[0].caller, NONE)
        if inherited is None:
            return None
        local, gone = self._at(chain[0].caller, chain[0].call)
        held = local | without(inherited, gone)
        if any(edge.mode not in SYNCHRONOUS for edge in chain):
            return self._taken_over(chain, held)
        for i, edge in enumerate(chain[1:], start=1):
            taken, gone = self._at(edge.caller, edge.call)
            held = without(held, frozenset(self._outwards(chain[:i], edge, lock) for lock in gone))
            held |= {self._outwards(chain[:i], edge, lock) for lock in taken}
        return held

    def _taken_over(self, chain: Chain, held: Locks) -> Locks:
        """The locks that a function releases which a goroutine runs for its starter: they are handed over to it."""
        if chain[0].mode != "go" or any(edge.mode not in SYNCHRONOUS for edge in chain[1:]):
            return NONE
        released = {lock.path for lock in self.effect(chain[-1].callee).released}
        return frozenset(lock for lock in held if lock.path in released)

    def _outwards(self, outer: Chain, edge: Edge, held: Held) -> Held:
        """A lock held at a call on a chain, in terms of its callee or of the function that the chain begins in."""
        inside = self._into_callee(edge, held)
        if inside != held:
            return inside
        for step in reversed(outer):
            further = self._parameters.into_caller(step.call, step.callee, held)
            if further is None:
                return held._replace(path="?")
            held = further
        return held

    def _site(self, edge: Edge) -> Locks | None:
        """The locks that a call site passes on, in terms of the callee's variables; None for a dead caller.

        To a goroutine those that it releases: they are handed over to it.
        """
        taken_over = {held.path for held in self.effect(edge.callee).released} if edge.mode == "go" else set()
        if edge.mode not in SYNCHRONOUS and not taken_over:
            return NONE
        inherited = self._entry.get(edge.caller, NONE)
        if inherited is None or self._is_of_an_owner(edge):
            return None
        local, gone = self._at(edge.caller, edge.call)
        if edge.mode == "defer":
            local = join_sets(local, self._exits.get(edge.caller, NONE))
        held = {self._into_callee(edge, lock) for lock in local | without(inherited, gone)}
        return frozenset(lock for lock in held if edge.mode != "go" or lock.path in taken_over)

    def _is_of_an_owner(self, edge: Edge) -> bool:
        """Whether a method is called on an object that nobody else knows yet: that needs no lock."""
        receiver = edge.call.receiver
        return receiver is not None and self._ownership.is_owned(receiver, edge.caller, edge.call.pos)

    def _into_callee(self, edge: Edge, held: Held) -> Held:
        if not edge.direct:
            return held
        for symbol, arg in arguments(edge.call, edge.callee):
            path = self._definitions.path(arg)
            if path is not None and is_prefix(path, held.path):
                return held._replace(path=symbol + held.path[len(path) :])
        return held

    def effect(self, function: ir.Function) -> Effect:
        """What a call of the function does to its caller's locks, in terms of its own variables."""
        known = self._effects.get(function)
        if known is not None:
            return known
        if self._depth > _MAX_DEPTH:
            return Effect()
        self._effects[function] = Effect()
        walk = Walk(self, function)
        self._depth += 1
        walk.run()
        self._depth -= 1
        self._local[function] = walk.held_at
        self._exits[function] = (
            frozenset([held for held in walk.exit_locks.values() if held.mode != GONE]) or NONE
        )
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
        return self._parameters.real_lock(lock)

    def symbol(self, lock: ir.Value) -> str:
        """The symbol of a lock, the same whatever instance it is reached through."""
        return self._parameters.symbol(lock)

    def holds_each(self, function: ir.Function, lock: str, pos: int) -> bool:
        """Whether a loop before a place takes that lock of every object that it goes through, to hold all of them."""
        before = [
            found
            for found in function.of(ir.LockOp)
            if found.instruction.pos < pos and not found.instruction.deferred
            if self.symbol(self.real_lock(found.instruction.target)[0]) == lock
        ]
        return bool(before) and all(
            found.instruction.action in ("lock", "rlock")
            and any(one.kind == "range" for one in found.conditions)
            for found in before
        )

    def is_slot(self, channel: ir.Value) -> bool:
        """Whether a channel serves as a lock."""
        return self._aliases.is_slot(channel)

    def assigned(self, value: ir.Value) -> ir.Value:
        """What a local is that is assigned once; any other value is itself."""
        single = self._definitions.single(value.var) if isinstance(value, ir.Ref) else None
        return single if single is not None else value

    def effect_of(self, call: ir.Call) -> Effect:
        """What a call does to the caller's locks, in terms of the caller's variables."""
        return self._calls.of(call)


def _is_kept(edge: Edge) -> bool:
    """Whether the function value that is called comes out of a field or an element."""
    callee = edge.call.callee
    return isinstance(callee, ir.Dynamic) and isinstance(callee.value, (ir.FieldOf, ir.ElemOf))
