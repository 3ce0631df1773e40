"""Locks that guard nothing: a copy of a mutex, or a mutex that every call has for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from maplint.facts import types as t
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.universe import Universe
from maplint.model.walk import occurrences


def copied_locks(
    universe: Universe, definitions: Definitions, functions: Iterable[ir.Function]
) -> dict[str, dict[str, str]]:
    """By function symbol: the access paths of such locks, and why each guards nothing."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for function in functions:
        for found in occurrences(function.body):
            if isinstance(found.instruction, ir.LockOp):
                why = _why(universe, definitions, function, found.instruction.target)
                path = definitions.path(found.instruction.target)
                if why and path is not None:
                    out[function.symbol][path] = why
    return out


def _why(universe: Universe, definitions: Definitions, function: ir.Function, lock: ir.Value) -> str:
    name = function.symbol.rpartition(".")[2]
    made = _fresh_pointer(definitions, function, lock)
    if made or lock.type is None:
        return f"the mutex is made anew by every call of {name}" if made else ""
    base = lock
    while isinstance(base, ir.FieldOf):
        if isinstance(universe.underlying(base.base.type), t.Pointer):
            return ""
        base = base.base
    if isinstance(lock.type, t.Pointer) or not isinstance(base, ir.Ref) or base.var.function != function.symbol:
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
