"""Which fields are given a new object while the program runs, so that the one before goes, and its maps with it."""

from __future__ import annotations

from collections.abc import Iterable

from maplint.knowledge import owners
from maplint.model import ir
from maplint.model.contexts import START_UP, Contexts, When
from maplint.model.guards import is_nil_guarded
from maplint.model.holdings import struct_symbol
from maplint.model.naming import declared_name
from maplint.model.ownership import Ownership
from maplint.model.walk import Found


class Successions:
    """The functions that put a new object in the place of one that was in use, by the field they do it to."""

    def __init__(self, contexts: Contexts, ownership: Ownership, functions: Iterable[ir.Function]) -> None:
        self._contexts = contexts
        self._ownership = ownership
        self._by_field: dict[str, ir.Function] = {}
        for function in functions:
            if not function.is_test and self._runs_later(function):
                for found in function.of(ir.Store):
                    self._store(found, function)

    def replacing(self, field: str) -> ir.Function | None:
        """A function that replaces the object in a field, by the symbol of the field."""
        return self._by_field.get(field)

    def _store(self, found: Found[ir.Store], function: ir.Function) -> None:
        store = found.instruction
        target = store.target
        if isinstance(target, ir.FieldOf) and struct_symbol(target.type):
            field = target.field.symbol
            if self._is_new_here(store, function) and (
                not is_nil_guarded(found.conditions, field) or _lets_go(function, field, store.pos)
            ):
                self._by_field.setdefault(field, function)

    def _is_new_here(self, store: ir.Store, function: ir.Function) -> bool:
        """Whether a store puts an object that is new into one that was there before."""
        own = self._ownership
        is_new = own.is_new(store.value) or _is_local_object(store.value)
        if not is_new and not self._is_one_of_many(store.value, function):
            return False
        if own.is_made_here(store.target, function):
            return False
        return not own.is_owned(store.target, function, store.pos)

    def _is_one_of_many(self, value: ir.Value, function: ir.Function) -> bool:
        """Whether an object that the function is given follows others that it was given before."""
        again = bool(self._contexts.when(function) & (When.LOOP | When.CONCURRENT | When.TIMER))
        return again and isinstance(value, ir.Ref) and value.var.kind == "parameter"

    def _runs_later(self, function: ir.Function) -> bool:
        """Whether a function runs once the program is up, and by its name more than once."""
        later = self._contexts.when(function) & ~(START_UP | When.MAIN)
        return bool(later) and not owners.SET_UP.search(declared_name(function))


def _is_local_object(value: ir.Value) -> bool:
    """Whether a value is the address of a local, which each run of the function has one of."""
    return (
        isinstance(value, ir.Converted)
        and value.how == "&"
        and isinstance(value.operand, ir.Ref)
        and value.operand.var.kind == "local"
    )


def _lets_go(function: ir.Function, field: str, pos: int) -> bool:
    """Whether a function that has put an object in a field takes it out again at its end."""
    return any(
        isinstance(found.instruction.target, ir.FieldOf)
        and found.instruction.target.field.symbol == field
        and ir.is_nil(found.instruction.value)
        and found.instruction.pos > pos
        for found in function.of(ir.Store)
    )
