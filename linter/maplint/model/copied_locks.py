"""Locks that guard nothing: a copy of a mutex, or a mutex that every call has for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.naming import last
from maplint.model.universe import Universe


class Useless(NamedTuple):
    """A lock that guards nothing."""

    why: str
    frame: str
    """Symbol of the function of whose frame it is a local; empty for a copy."""
    since: int
    """For a local: it guards what is declared after this place, where the loop begins that makes it anew."""

    def is_for(self, map_frame: str, map_pos: int) -> bool:
        """Whether it is useless for a map that is a local of a frame too, if it is one, declared at a place
        there.
        """
        return not self.frame or self.frame != map_frame or map_pos < self.since


def copied_locks(
    universe: Universe, definitions: Definitions, functions: Iterable[ir.Function]
) -> dict[str, dict[str, Useless]]:
    """By function symbol: the access paths of such locks, and why each guards nothing."""
    functions = list(functions)
    loops = _made_in_loops(functions)
    copies = _methods_of_copies(definitions, functions)
    out: dict[str, dict[str, Useless]] = defaultdict(dict)
    for function in functions:
        for found in function.of(ir.LockOp):
            lock = found.instruction.target
            path = definitions.path(lock)
            useless = (
                _in_loop(lock, loops)
                or _of_copies(lock, function, copies)
                or _useless(universe, definitions, function, lock)
            )
            if useless is not None and path is not None:
                out[function.symbol][path] = useless
    return out


def _made_in_loops(functions: Iterable[ir.Function]) -> dict[ir.Var, int]:
    """The mutexes that a loop declares anew in each round, and where the outermost such loop begins."""
    out: dict[ir.Var, int] = {}
    for function in functions:
        for found in function.of(ir.Store):
            store = found.instruction
            if store.define and isinstance(store.target, ir.Ref):
                if isinstance(store.value, ir.Made) and found.in_loop:
                    begins = [one.pos for one in found.conditions if one.kind in ("loop", "range")]
                    out[store.target.var] = begins[-1]
    return out


def _in_loop(lock: ir.Value, loops: dict[ir.Var, int]) -> Useless | None:
    """A mutex of each round of a loop, used by a function literal that a round starts."""
    if not isinstance(lock, ir.Ref) or lock.var not in loops or isinstance(lock.type, t.Pointer):
        return None
    frame = lock.var.function
    return Useless(f"the mutex is made anew in each round of a loop of {last(frame)}", frame, loops[lock.var])


def _methods_of_copies(definitions: Definitions, functions: Iterable[ir.Function]) -> dict[str, str]:
    """By symbol: the methods that are called on a copy of a struct, and the function that makes the copy."""
    out: dict[str, str] = {}
    kept: set[ir.Var] = set()
    for function in functions:
        for found in function.of(ir.Store, ir.Call):
            instruction = found.instruction
            if isinstance(instruction, ir.Store) and isinstance(instruction.target, ir.FieldOf):
                if isinstance(instruction.target.base, ir.Ref):
                    kept.add(instruction.target.base.var)
            elif isinstance(instruction, ir.Call) and isinstance(instruction.callee, ir.Static):
                copied = _copied_struct(definitions, instruction.receiver)
                if copied is not None and copied not in kept:
                    out[instruction.callee.symbol] = copied.function
    return out


def _copied_struct(definitions: Definitions, receiver: ir.Value | None) -> ir.Var | None:
    """The local that a method is called on, where it is a copy of another variable and its fields stay
    shared.
    """
    while isinstance(receiver, ir.Converted) and receiver.how == "&":
        receiver = receiver.operand
    if not isinstance(receiver, ir.Ref) or not isinstance(receiver.var.type, t.Named):
        return None
    single = definitions.single(receiver.var)
    return receiver.var if isinstance(single, ir.Ref) and isinstance(single.var.type, t.Named) else None


def _of_copies(lock: ir.Value, function: ir.Function, copies: dict[str, str]) -> Useless | None:
    """A lock of the receiver, in a method that is called on copies of one object."""
    if function.symbol not in copies or not isinstance(lock, ir.FieldOf) or isinstance(lock.type, t.Pointer):
        return None
    if not isinstance(lock.base, ir.Ref) or lock.base.var is not function.receiver:
        return None
    return Useless(
        f"{last(copies[function.symbol])} copies the struct with its mutex, so each copy has its own", "", 0
    )


def _useless(
    universe: Universe, definitions: Definitions, function: ir.Function, lock: ir.Value
) -> Useless | None:
    why = _why(universe, definitions, function, lock)
    own = isinstance(lock, ir.Ref) and lock.var.kind == "local"
    return Useless(why, function.symbol if own else "", 0) if why else None


def _why(universe: Universe, definitions: Definitions, function: ir.Function, lock: ir.Value) -> str:
    name = last(function.symbol)
    if isinstance(universe.underlying(lock.type), t.Interface):
        return ""
    made = _fresh_pointer(definitions, function, lock)
    if made or lock.type is None:
        return f"the mutex is made anew by every call of {name}" if made else ""
    base = lock
    while isinstance(base, ir.FieldOf):
        if isinstance(universe.underlying(base.base.type), t.Pointer):
            return ""
        base = base.base
    if (
        isinstance(lock.type, t.Pointer)
        or not isinstance(base, ir.Ref)
        or base.var.function != function.symbol
    ):
        return ""
    if base.var.kind == "receiver" and base is not lock:
        return f"{name} has a value receiver, so it locks a copy of the mutex"
    if base.var.kind == "parameter":
        return f"{name} gets the mutex by value, so it locks a copy"
    if base.var.kind == "local" and base is lock:
        return f"the mutex is a local of {name}, so every call has its own"
    if base.var.kind in ("local", "range") and any(_copies(value) for value in definitions.values(base.var)):
        return f"{name} copies the struct with its mutex, and locks the copy"
    return ""


def _fresh_pointer(definitions: Definitions, function: ir.Function, lock: ir.Value) -> bool:
    """Whether the lock is a pointer to a mutex that this very function makes."""
    if not isinstance(lock, ir.Ref) or lock.var.function != function.symbol:
        return False
    value = definitions.single(lock.var)
    while isinstance(value, ir.Converted) and value.how == "&":
        value = value.operand
    return isinstance(value, ir.Composed) or (isinstance(value, ir.Made) and value.how == "new")


def _copies(value: ir.Value) -> bool:
    """Whether a struct value is taken from somewhere else rather than made here."""
    if isinstance(value, ir.Converted):
        return value.how == "*"
    return isinstance(value, (ir.Ref, ir.FieldOf, ir.ElemOf))
