"""The accesses of one map that other goroutines may see, each with the locks held, as the race rules compare
them.

An access through a local alias stands where it is written. One through a parameter stands at every call that
hands the map in: that is where the lock is missing. One through a result, a channel or another field is left
out: the map escaped there, and the place where it did is what is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.callgraph import SYNCHRONOUS, CallGraph, Edge, argument
from maplint.model.chosen import chosen_with
from maplint.model.contexts import Contexts, When
from maplint.model.decided import needs_before, needs_of
from maplint.model.definitions import Definitions
from maplint.model.flows import node_of
from maplint.model.guards import are_off
from maplint.model.initialisers import initialises
from maplint.model.locks import NONE, READ, WRITE, Held, Locks, LockSets
from maplint.model.own_parts import OwnParts
from maplint.model.ownership import Ownership
from maplint.model.refills import Refills
from maplint.model.sites import WRITES, Site, Use
from maplint.model.walk import conditions_at

_START_UP = When.INIT | When.ONCE | When.TEST
_MAX_LIFTS = 4


class Access(NamedTuple):
    """One access of a map."""

    op: str
    function: ir.Function
    pos: int
    end: int
    locks: Locks
    target: ir.Value
    """The map as the function names it."""
    use: Use
    """The operation behind it, in a callee where the access stands at a call."""
    is_direct: bool = True
    """Whether the map is read from its place there, not from a local that was given it before."""
    fills_new: bool = False
    """Whether it fills a map that has been put in its place right before: nobody has kept that one yet."""
    start: Edge | None = None
    """Where the map is handed to a goroutine that accesses it: the `go` statement, at which the access then
    stands.
    """

    @property
    def is_write(self) -> bool:
        return self.op in WRITES or self.op == "reset"


class Accesses:
    """Collects the accesses of sites."""

    def __init__(
        self,
        contexts: Contexts,
        definitions: Definitions,
        locks: LockSets,
        ownership: Ownership,
        graph: CallGraph,
    ) -> None:
        self._contexts = contexts
        self._definitions = definitions
        self._locks = locks
        self._ownership = ownership
        self._own_parts = OwnParts(definitions, ownership, graph)
        self._refills = Refills(locks, ownership, graph)
        self._graph = graph

    def of(self, site: Site) -> list[Access]:
        """Every access of the site once the object is shared, in order of place."""
        found = {
            (access.function, access.pos, access.op): access
            for use in (*site.uses(), *_assignments(site))
            if _touches(use) and not use.function.is_test and not are_off(use.conditions)
            for access in self._access(site, use)
            if self._is_shared(access)
        }
        return sorted(found.values(), key=lambda access: (access.function.path, access.pos))

    def _access(self, site: Site, use: Use) -> Iterator[Access]:
        alias = self.alias(use.target, site)
        if alias is True:
            at = use.instruction.pos
            if _is_swapped_out(site, use.target, use.function, at) or _is_own_field(use):
                return
            locks = self._locks.at(use.function, use.instruction)
            direct = node_of(use.target) == site.symbol
            if not direct:
                locks |= chosen_with(self._locks, use.function, use.target, site.symbol, use.instruction)
            end, new = use.instruction.end, self._refills.fills_new(site, use, locks)
            yield Access(use.op, use.function, at, end, locks, use.target, use, direct, new)
        elif isinstance(alias, ir.Var):
            taken = self._locks.taken_at(use.function, use.instruction)
            yield from self._lifted(site, use, use.function, alias, taken, 0)

    def alias(self, value: ir.Value, site: Site) -> bool | ir.Var:
        """Whether a value is the site's map by name or local alias; the parameter where it is one; else
        False.
        """
        for _ in range(30):
            if node_of(value) == site.symbol:
                return True
            if isinstance(value, (ir.Converted, ir.Sliced)):
                value = value.operand if isinstance(value, ir.Converted) else value.base
            elif isinstance(value, ir.Ref):
                if value.var.kind in ("parameter", "receiver"):
                    return value.var
                values = self._definitions.values(value.var)
                if len(values) != 1:
                    return any(node_of(one) == site.symbol for one in values)
                value = values[0]
            else:
                return False
        return False

    def _lifted(
        self, site: Site, use: Use, function: ir.Function, param: ir.Var, taken: Locks, depth: int
    ) -> Iterator[Access]:
        """The calls that hand the map to a parameter through which it is accessed."""
        for edge in self._graph.callers.get(function, ()):
            arg = argument(edge, param)
            if arg is None or edge.caller.is_test or param.function != function.symbol:
                continue
            alias = self.alias(arg, site)
            at_once = edge.mode in SYNCHRONOUS
            held = taken | (self._locks.at(edge.caller, edge.call) if at_once else NONE)
            if _is_swapped_out(site, arg, edge.caller, edge.call.pos):
                continue
            if alias is True and not (not at_once and _is_replaced(site, edge)):
                start = None if at_once else edge
                direct = node_of(arg) == site.symbol
                yield Access(
                    use.op, edge.caller, edge.call.pos, edge.call.end, held, arg, use, direct, start=start
                )
            elif isinstance(alias, ir.Var) and depth < _MAX_LIFTS:
                inner = taken | (self._locks.taken_at(edge.caller, edge.call) if at_once else NONE)
                yield from self._lifted(site, use, edge.caller, alias, inner, depth + 1)

    def _is_shared(self, access: Access) -> bool:
        """Whether other goroutines may see the map by then."""
        if access.function.is_test or not self._contexts.when(access.function) & ~_START_UP:
            return False
        if any(_is_last(edge) for edge in self._graph.callers.get(access.function, ())):
            return False
        return not self.is_owned(access)

    def is_owned(self, access: Access) -> bool:
        """Whether the map's owner was made, or gets its lock, in the function and nobody else knows it yet."""
        if self._is_entered_under(access.target, access.function, access.locks):
            return True
        if initialises(self._definitions, access.function, access.target):
            return True
        if self._own_parts.holds(access.target, access.function, access.pos):
            return True
        if access.op == "reset" and self._own_parts.is_of_copy(access.target, access.function, access.pos):
            return True
        pos = access.pos if access.start is None else access.end
        return self._ownership.is_owned(access.target, access.function, pos)

    def _is_entered_under(self, value: ir.Value, function: ir.Function, locks: Locks) -> bool:
        """Whether an object is still under the lock under which the function has made it and shown it to others."""
        return bool(locks) and self._ownership.is_made_in(value, function)

    def at_callers(self, access: Access, guard: str, depth: int = 0) -> list[Access]:
        """The calls that lack the guard, where a helper's other callers hold it: there the lock is missing.

        For a write a lock held for reading is not enough. Calls through an interface are left out: they may well mean
        another type; and those that hand in a flag which keeps the helper from the access. The access itself, where the
        callers say nothing.
        """
        callers = [] if self._has_released(access, guard) else self._leading(access)
        lacking = [(edge, locks) for edge, locks in callers if not _suffices(locks, guard, access)]
        known = len(lacking) < len(callers) or any(
            self._is_entered_with(edge.caller, guard, access, 1) for edge, _ in lacking
        )
        if not known or depth > _MAX_LIFTS:
            return [access]
        out = []
        for edge, around in lacking:
            at = self._at_call(access, edge, around)
            if at is not None:
                gone = self._locks.released_at(edge.caller, edge.call)
                is_late = any(held.lock == guard for held in gone)
                out.extend([at] if is_late else self.at_callers(at, guard, depth + 1))
        return out

    def _leading(self, access: Access) -> list[tuple[Edge, Locks]]:
        """The calls of a function, with their locks, on which it may come to an access."""
        needs = needs_of(self._definitions, conditions_at(access.function, access.pos))
        return [
            (edge, locks)
            for edge, locks in self._locks.calls(access.function)
            if not needs or edge.callee is not access.function or needs_before(needs, edge) is not None
        ]

    def _at_call(self, access: Access, edge: Edge, around: Locks) -> Access | None:
        """The access as a call stands for it; None where it needs no lock there, or is another type's."""
        locks = (access.locks - self._locks.entry(access.function)) | around
        receiver = edge.call.receiver
        if isinstance(edge.call.callee, ir.Abstract) or not self._contexts.when(edge.caller) & ~_START_UP:
            return None
        if receiver is not None and (
            self._ownership.is_owned(
                receiver, edge.caller, edge.call.pos, self._ownership.beginning(access.target)[1]
            )
            or self._is_entered_under(receiver, edge.caller, locks)
        ):
            return None
        return Access(access.op, edge.caller, edge.call.pos, edge.call.end, locks, access.target, access.use)

    def _has_released(self, access: Access, guard: str) -> bool:
        """Whether the function has let go of a guard that its callers hold."""
        if access.function is not access.use.function:
            return False
        gone = self._locks.released_at(access.function, access.use.instruction)
        return any(held.lock == guard for held in gone)

    def is_alone(self, access: Access, held: Held) -> bool:
        """Whether a lock is held for writing at an access, or so by some of its callers at least."""
        return held.mode == WRITE or self._is_entered_with(access.function, held.lock, access, 0)

    def is_below(self, access: Access, held: Held) -> bool:
        """Whether the function names the map by way of the object that has the lock."""
        path, owner = self._definitions.path(access.target), held.path.rpartition(".")[0]
        return path is not None and bool(owner) and path.startswith(f"{owner}.")

    def _is_entered_with(self, function: ir.Function, guard: str, access: Access, depth: int) -> bool:
        """Whether some way to a function comes with the guard."""
        return depth < _MAX_LIFTS and any(
            _suffices(locks, guard, access) or self._is_entered_with(edge.caller, guard, access, depth + 1)
            for edge, locks in self._locks.calls(function)
        )

    def is_being_made(self, access: Access) -> bool:
        """Whether the function has made the map's owner and started nothing with it yet."""
        return self._ownership.is_being_made(access.target, access.function, access.pos)

    def is_made_here(self, access: Access) -> bool:
        """Whether the function has made the map's owner, which others may know by then."""
        return self._ownership.is_made_here(access.target, access.function)

    def is_given(self, access: Access) -> bool:
        """Whether the map's owner is a parameter of the function, and not its receiver."""
        base = self._ownership.base(access.target)
        return base is not None and base.kind == "parameter" and base.function == access.function.symbol

    def excludes(self, held: Held, access: Access) -> bool:
        """Whether a lock of the right kind may be the one of the accessed object.

        It is another object's where both are told apart by the function's own parameters. A lock in another
        struct than the map may be held for any number of objects.
        """
        if (
            isinstance(access.target, ir.FieldOf)
            and access.target.field.owner != held.lock.rpartition(".")[0]
        ):
            return True
        base = self._definitions.path(access.target)
        if base is None or held.path == "?":
            return True
        lock_owner, map_owner = held.path.rpartition(".")[0], base.rpartition(".")[0]
        if lock_owner == map_owner:
            return True
        plain = {var.symbol for var in (*access.function.params, *_present(access.function.receiver))}
        return not (lock_owner in plain and map_owner in plain)


def _suffices(locks: Locks, guard: str, access: Access) -> bool:
    """Whether the guard is held in the mode that the access needs."""
    modes = {held.mode for held in locks if held.lock == guard}
    return WRITE in modes or (READ in modes and not access.is_write)


def _assignments(site: Site) -> list[Use]:
    return [
        use for use in site.resets if isinstance(use.instruction, ir.Store) and not use.instruction.define
    ]


def _touches(use: Use) -> bool:
    """Whether the map's content is read or written there, not only its reference handed on."""
    instruction = use.instruction
    return use.op not in ("pass", "return") or (isinstance(instruction, ir.MapOp) and instruction.outside)


def _is_replaced(site: Site, edge: Edge) -> bool:
    """Whether a function that has handed its map to a goroutine goes on with another one."""
    return any(
        reset.function is edge.caller and reset.instruction.pos > edge.call.pos for reset in site.resets
    )


def _is_last(edge: Edge) -> bool:
    """Whether a function is a finalizer: nobody else has the object any more."""
    callee = edge.call.callee
    return isinstance(callee, ir.External) and callee.symbol in ("runtime.SetFinalizer", "runtime.AddCleanup")


def _is_swapped_out(site: Site, target: ir.Value, function: ir.Function, pos: int) -> bool:
    """Whether a local alias is used after its function has put another map in the site's place: it is the
    only owner.
    """
    while isinstance(target, (ir.Converted, ir.Sliced)):
        target = target.operand if isinstance(target, ir.Converted) else target.base
    if not isinstance(target, ir.Ref) or target.var.symbol == site.symbol:
        return False
    return any(
        reset.function.symbol == target.var.function
        and target.var.pos < reset.instruction.pos
        and (reset.function is not function or reset.instruction.pos < pos)
        for reset in site.resets
    )


def _is_own_field(use: Use) -> bool:
    """Whether a whole map is assigned to a field of a struct that is the function's own copy."""
    return use.op == "reset" and _own_copy(use) is not None


def _own_copy(use: Use) -> ir.Var | None:
    """The variable of the function that holds by value the struct whose field is used."""
    base = use.target
    while isinstance(base, ir.FieldOf) and not isinstance(base.base.type, t.Pointer):
        base = base.base
    if base is use.target or not isinstance(base, ir.Ref) or not is_copy(base):
        return None
    return base.var if base.var.function == use.function.symbol else None


def own_copies(site: Site) -> frozenset[ir.Var]:
    """The variables that hold a struct by value, and in it a map of its own in the place of the shared one."""
    found = (_own_copy(use) for use in site.resets)
    return frozenset(var for var in found if var is not None)


def is_copy(base: ir.Ref) -> bool:
    """Whether a struct is held by value in a variable of a function."""
    return isinstance(base.type, t.Named) and base.var.kind in ("local", "parameter", "receiver", "range")


def _present(var: ir.Var | None) -> tuple[ir.Var, ...]:
    return () if var is None else (var,)
