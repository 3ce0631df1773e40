"""Functions that give an object its lock: nobody else can be using the object yet."""

from __future__ import annotations

from maplint.facts import types as t
from maplint.facts.records import remembered
from maplint.knowledge.locks import LOCKS
from maplint.model import ir
from maplint.model.definitions import Definitions
from maplint.model.guards import is_nil_guarded


def initialises(definitions: Definitions, function: ir.Function, target: ir.Value) -> bool:
    """Whether the function makes the lock of the object that has a map, in any case where it comes to that."""
    if not isinstance(target, ir.FieldOf):
        return False
    owner = definitions.path(target.base)
    return owner is not None and any(definitions.path(made.base) == owner for made in _given_locks(function))


@remembered
def _given_locks(function: ir.Function) -> list[ir.FieldOf]:
    """The lock fields that a function gives a new lock; one that it gives where none was is left out."""
    found = []
    for each in function.of(ir.Store):
        target = each.instruction.target
        if isinstance(target, ir.FieldOf) and _is_lock(target.type) and _is_new(each.instruction.value):
            if not is_nil_guarded(each.conditions, target.field.symbol):
                found.append(target)
    return found


def _is_lock(kind: t.Type) -> bool:
    pointed = t.pointed(kind)
    return isinstance(pointed, t.Named) and pointed.symbol in LOCKS


def _is_new(value: ir.Value) -> bool:
    while isinstance(value, ir.Converted):
        value = value.operand
    return isinstance(value, (ir.Made, ir.Composed))
